package dev.espalier.evaluation;

import dev.espalier.api.Samples;
import java.util.Arrays;

/**
 * Whether drawn rows lie where real rows lie, and everywhere there, by balls around rows. Distances
 * are Euclidean; times grow with (n + m)²·d.
 */
public final class Manifolds {

  private static final int LEVELS = 30;

  private Manifolds() {}

  /**
   * Density and coverage, precision and recall (Kynkäänniemi and others 2019, Naeem and others
   * 2020).
   *
   * @param precision the share of drawn rows within the k-th neighbour's distance of some real row
   * @param recall the share of real rows within the k-th neighbour's distance of some drawn row
   * @param density the mean number of real balls that a drawn row lies in, divided by k; 1 is right
   * @param coverage the share of real rows with a drawn row in their ball
   */
  public record Balls(double precision, double recall, double density, double coverage) {}

  /**
   * Measures with balls that reach to the k-th neighbour of the same set, itself not counted; a
   * ball is closed.
   *
   * @param k at least 1 and below the number of rows of both sets
   * @throws IllegalArgumentException if the columns differ or k is out of range
   * @throws dev.espalier.api.InvalidDataException if a set has a missing cell
   */
  public static Balls balls(Samples real, Samples drawn, int k) {
    Rows.requirePair(real, drawn, 2);
    int most = Math.min(real.count(), drawn.count()) - 1;
    if (!(k >= 1 && k <= most)) {
      throw new IllegalArgumentException("need k from 1 to " + most + ", got " + k);
    }
    double[] realRadius = radii(real, k);
    double[] drawnRadius = radii(drawn, k);
    int d = real.columns();
    double[] x = real.toArray();
    double[] y = drawn.toArray();
    boolean[] recalled = new boolean[real.count()];
    boolean[] covered = new boolean[real.count()];
    double precise = 0;
    double inBalls = 0;
    for (int j = 0; j < drawn.count(); j++) {
      boolean inside = false;
      for (int i = 0; i < real.count(); i++) {
        double distance = TwoSample.euclidean(x, i * d, y, j * d, d);
        if (distance <= realRadius[i]) {
          inside = true;
          covered[i] = true;
          inBalls++;
        }
        recalled[i] |= distance <= drawnRadius[j];
      }
      precise += inside ? 1 : 0;
    }
    double m = drawn.count();
    return new Balls(precise / m, share(recalled), inBalls / m / k, share(covered));
  }

  private static double share(boolean[] flags) {
    int count = 0;
    for (boolean each : flags) {
      count += each ? 1 : 0;
    }
    return count / (double) flags.length;
  }

  private static double[] radii(Samples rows, int k) {
    int d = rows.columns();
    double[] x = rows.toArray();
    double[] radii = new double[rows.count()];
    double[] all = new double[rows.count() - 1];
    for (int i = 0; i < radii.length; i++) {
      int at = 0;
      for (int j = 0; j < rows.count(); j++) {
        if (j != i) {
          all[at++] = TwoSample.euclidean(x, i * d, x, j * d, d);
        }
      }
      Arrays.sort(all);
      radii[i] = all[k - 1];
    }
    return radii;
  }

  /**
   * α-precision, β-recall and authenticity (Alaa and others 2022), on the columns as they come,
   * that is without the learned embedding of the paper.
   *
   * @param precision 1 − Σ|α − P(α)|/Σα over 30 levels α, P(α) being the share of drawn rows within
   *     the α-quantile of the distances of real rows to their mean; 1 is best
   * @param recall the same with the share of real rows whose nearest drawn row is closer than their
   *     nearest real one and among the α of drawn rows nearest to the drawn mean
   * @param authenticity the share of drawn rows that are farther from their nearest real row than
   *     that row is from its nearest other real row; one half or more unless rows are copied
   */
  public record Typical(double precision, double recall, double authenticity) {}

  /**
   * Measures by quantiles of distances to the mean.
   *
   * @throws IllegalArgumentException if the columns differ
   * @throws dev.espalier.api.InvalidDataException if a set has fewer than 2 rows or a missing cell
   */
  public static Typical typical(Samples real, Samples drawn) {
    Rows.requirePair(real, drawn, 2);
    double[] center = mean(real);
    double[] realOut = distances(real, center);
    double[] drawnOut = distances(drawn, center);
    double[] drawnFromOwn = distances(drawn, mean(drawn));
    double[] sortedReal = sorted(realOut);
    double[] sortedDrawn = sorted(drawnFromOwn);
    int[] nearestDrawn = nearest(real, drawn);
    int[] nearestReal = nearest(drawn, real);
    double[] own = radii(real, 1);
    double gapPrecision = 0;
    double gapRecall = 0;
    double total = 0;
    for (int level = 1; level <= LEVELS; level++) {
      double alpha = level / (double) LEVELS;
      double radius = quantile(sortedReal, alpha);
      double drawnRadius = quantile(sortedDrawn, alpha);
      double inside = 0;
      for (double each : drawnOut) {
        inside += each <= radius ? 1.0 / drawnOut.length : 0;
      }
      double reached = 0;
      for (int i = 0; i < own.length; i++) {
        int j = nearestDrawn[i];
        boolean near = distance(real, i, drawn, j) <= own[i] && drawnFromOwn[j] <= drawnRadius;
        reached += near ? 1.0 / own.length : 0;
      }
      gapPrecision += Math.abs(alpha - inside);
      gapRecall += Math.abs(alpha - reached);
      total += alpha;
    }
    double authentic = 0;
    for (int j = 0; j < nearestReal.length; j++) {
      int i = nearestReal[j];
      authentic += distance(real, i, drawn, j) > own[i] ? 1.0 / nearestReal.length : 0;
    }
    return new Typical(1 - gapPrecision / total, 1 - gapRecall / total, authentic);
  }

  private static double[] mean(Samples rows) {
    double[] mean = new double[rows.columns()];
    for (int j = 0; j < mean.length; j++) {
      mean[j] = Energy.mean(rows.column(j));
    }
    return mean;
  }

  private static double[] distances(Samples rows, double[] to) {
    int d = rows.columns();
    double[] x = rows.toArray();
    double[] distances = new double[rows.count()];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = TwoSample.euclidean(x, i * d, to, 0, d);
    }
    return distances;
  }

  private static double distance(Samples one, int i, Samples other, int j) {
    return TwoSample.euclidean(one.row(i), 0, other.row(j), 0, one.columns());
  }

  private static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  /** The least value that a share of at least alpha does not exceed. */
  static double quantile(double[] sorted, double alpha) {
    int rank = (int) StrictMath.ceil(alpha * sorted.length - 1e-9);
    return sorted[Math.max(1, Math.min(sorted.length, rank)) - 1];
  }

  private static int[] nearest(Samples from, Samples to) {
    int d = from.columns();
    double[] x = from.toArray();
    double[] y = to.toArray();
    int[] nearest = new int[from.count()];
    for (int i = 0; i < nearest.length; i++) {
      double least = Double.POSITIVE_INFINITY;
      for (int j = 0; j < to.count(); j++) {
        double distance = TwoSample.euclidean(x, i * d, y, j * d, d);
        if (distance < least) {
          least = distance;
          nearest[i] = j;
        }
      }
    }
    return nearest;
  }
}
