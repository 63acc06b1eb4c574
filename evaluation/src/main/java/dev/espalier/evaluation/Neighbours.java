package dev.espalier.evaluation;

import dev.espalier.api.Samples;
import java.util.Arrays;

/** What the nearest rows say, all distances being L1. Times grow with n·m·d, memory with n + m. */
public final class Neighbours {

  private Neighbours() {}

  /**
   * The share of real rows whose nearest drawn row is strictly closer than the real row's own k-th
   * nearest other real row (Naeem and others 2020): 1 if every region of the real rows is reached.
   *
   * @param k at least 1 and below the number of real rows; 2 in the tables of ForestDiffusion
   * @throws IllegalArgumentException if the columns differ or k is out of range
   * @throws dev.espalier.api.InvalidDataException if a set has too few rows or a missing cell
   */
  public static double coverage(Samples real, Samples drawn, int k) {
    Rows.requirePair(real, drawn, 1);
    int n = real.count();
    if (!(k >= 1 && k < n)) {
      throw new IllegalArgumentException(
          "need k from 1 to " + (n - 1) + ", the number of other real rows, got " + k);
    }
    int d = real.columns();
    double[] x = real.toArray();
    double[] toDrawn = nearest(real, drawn);
    double[] least = new double[k];
    int covered = 0;
    for (int i = 0; i < n; i++) {
      Arrays.fill(least, Double.POSITIVE_INFINITY);
      for (int j = 0; j < n; j++) {
        if (j != i) {
          insert(least, l1(x, i * d, x, j * d, d));
        }
      }
      covered += toDrawn[i] < least[k - 1] ? 1 : 0;
    }
    return covered / (double) n;
  }

  /** Keeps the least values seen, in rising order. */
  private static void insert(double[] least, double value) {
    int at = least.length - 1;
    if (value < least[at]) {
      for (; at > 0 && least[at - 1] > value; at--) {
        least[at] = least[at - 1];
      }
      least[at] = value;
    }
  }

  /** For every row of {@code from} the distance to the nearest row of {@code to}. */
  static double[] nearest(Samples from, Samples to) {
    int d = from.columns();
    double[] x = from.toArray();
    double[] y = to.toArray();
    double[] nearest = new double[from.count()];
    for (int i = 0; i < nearest.length; i++) {
      double least = Double.POSITIVE_INFINITY;
      for (int j = 0; j < to.count(); j++) {
        least = Math.min(least, l1(x, i * d, y, j * d, d));
      }
      nearest[i] = least;
    }
    return nearest;
  }

  private static double l1(double[] x, int i, double[] y, int j, int d) {
    double sum = 0;
    for (int k = 0; k < d; k++) {
      sum += Math.abs(x[i + k] - y[j + k]);
    }
    return sum;
  }

  /**
   * The share of drawn rows that are nearer to the training rows than to as many held-out rows, a
   * tie counting half; one half if the model generalises, 1 if it copies. The standard error is
   * that of a share.
   *
   * <p>Both sets should have the same size; the larger set has a nearer neighbour by its size
   * alone.
   *
   * @throws IllegalArgumentException if the columns differ
   * @throws dev.espalier.api.InvalidDataException if a set has no row or a missing cell
   */
  public static Estimate nearerToTraining(Samples train, Samples heldOut, Samples drawn) {
    Rows.requirePair(train, drawn, 1);
    Rows.requirePair(heldOut, drawn, 1);
    double[] toTrain = nearest(drawn, train);
    double[] toHeldOut = nearest(drawn, heldOut);
    double nearer = 0;
    for (int i = 0; i < toTrain.length; i++) {
      nearer += toTrain[i] < toHeldOut[i] ? 1 : toTrain[i] == toHeldOut[i] ? 0.5 : 0;
    }
    double share = nearer / toTrain.length;
    return new Estimate(share, Math.sqrt(share * (1 - share) / toTrain.length));
  }

  /**
   * The protection from overfitting: {@code min(1, 2·(1 − share nearer to the training rows))}, 1
   * at best and 0 for copies.
   *
   * @throws IllegalArgumentException if the columns differ
   * @throws dev.espalier.api.InvalidDataException if a set has no row or a missing cell
   */
  public static Estimate protection(Samples train, Samples heldOut, Samples drawn) {
    Estimate share = nearerToTraining(train, heldOut, drawn);
    return new Estimate(Math.min(1, 2 * (1 - share.value())), 2 * share.error());
  }

  /**
   * The median distance of drawn rows to their nearest training row, divided by that to their
   * nearest held-out row; near 1 if the model generalises, towards 0 if it copies. Where both
   * medians are 0 the ratio is 1.
   *
   * @throws IllegalArgumentException if the columns differ
   * @throws dev.espalier.api.InvalidDataException if a set has no row or a missing cell
   */
  public static double ratio(Samples train, Samples heldOut, Samples drawn) {
    Rows.requirePair(train, drawn, 1);
    Rows.requirePair(heldOut, drawn, 1);
    double toTrain = median(nearest(drawn, train));
    double toHeldOut = median(nearest(drawn, heldOut));
    return toTrain == toHeldOut ? 1 : toTrain / Math.max(toHeldOut, Double.MIN_NORMAL);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : 0.5 * (sorted[half - 1] + sorted[half]);
  }

  /**
   * The share of drawn rows that copy no training row; a row is a copy when every column lies
   * within 1 % of the training row's value. Compare in the original units, because a share of a
   * value depends on where 0 is.
   *
   * @throws IllegalArgumentException if the columns differ
   * @throws dev.espalier.api.InvalidDataException if a set has no row or a missing cell
   */
  public static double newRowShare(Samples train, Samples drawn) {
    Rows.requirePair(train, drawn, 1);
    int d = train.columns();
    double[] x = drawn.toArray();
    double[] y = train.toArray();
    int fresh = 0;
    for (int i = 0; i < drawn.count(); i++) {
      boolean copied = false;
      for (int j = 0; j < train.count() && !copied; j++) {
        copied = copies(x, i * d, y, j * d, d);
      }
      fresh += copied ? 0 : 1;
    }
    return fresh / (double) drawn.count();
  }

  private static boolean copies(double[] x, int i, double[] y, int j, int d) {
    for (int k = 0; k < d; k++) {
      if (!(Math.abs(x[i + k] - y[j + k]) <= 0.01 * Math.abs(y[j + k]))) {
        return false;
      }
    }
    return true;
  }
}
