package dev.espalier.evaluation;

import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Distances between sets of rows by optimal transport. */
public final class Wasserstein {

  private static final long LIMIT = 64_000_000;

  private Wasserstein() {}

  /**
   * The exact 1-Wasserstein distance of the two sets of rows with the L1 distance as ground cost
   * and equal weights within each set; the sets may differ in size.
   *
   * <p>The optimal plan is found by the network simplex method with whole-number flows; costs are
   * rounded to 2⁻⁴⁴ of the greatest, and the value sums the unrounded costs of the plan, so its
   * relative error to the greatest cost is below 2⁻⁴². Memory is 16·n·m bytes at the peak; 2000 ×
   * 2000 rows take seconds, and the time grows a little faster than with n·m. In one column the
   * sorted values are matched instead, in n·log n.
   *
   * @throws IllegalArgumentException if the columns differ or n·m exceeds 64 million; compare
   *     random parts of the rows then
   * @throws dev.espalier.api.InvalidDataException if a set has no row or a missing cell
   */
  public static double exact(Samples one, Samples other) {
    Rows.requirePair(one, other, 1);
    if (one.columns() == 1) {
      return sorted(one.column(0), other.column(0), 1);
    }
    int n = one.count();
    int m = other.count();
    if ((long) n * m > LIMIT) {
      throw new IllegalArgumentException(
          "need at most "
              + LIMIT
              + " pairs of rows for an exact plan, got "
              + n
              + " x "
              + m
              + "; compare random parts of them");
    }
    double[] costs = costs(one, other);
    Transport transport = new Transport(n, m, costs);
    double[] sum = new double[1];
    transport.plan((i, j, share) -> sum[0] += share * costs[i * m + j]);
    return sum[0];
  }

  static double[] costs(Samples one, Samples other) {
    int d = one.columns();
    int m = other.count();
    double[] x = one.toArray();
    double[] y = other.toArray();
    double[] costs = new double[one.count() * m];
    for (int i = 0; i < one.count(); i++) {
      for (int j = 0; j < m; j++) {
        double sum = 0;
        for (int k = 0; k < d; k++) {
          sum += Math.abs(x[i * d + k] - y[j * d + k]);
        }
        costs[i * m + j] = sum;
      }
    }
    return costs;
  }

  /**
   * The sliced 2-Wasserstein distance: the root of the mean over random directions of the squared
   * distance of the projections (Bonneel and others 2015).
   *
   * <p>The standard error is that of the random directions. Time grows with projections·(n + m)·(d
   * + log(n + m)).
   *
   * @param projections at least 2
   * @param seed of the directions
   * @throws IllegalArgumentException if the columns differ
   * @throws dev.espalier.api.InvalidDataException if a set has no row or a missing cell
   */
  public static Estimate sliced(Samples one, Samples other, int projections, long seed) {
    Rows.requirePair(one, other, 1);
    if (projections < 2) {
      throw new IllegalArgumentException("need at least 2 projections, got " + projections);
    }
    Streams streams = new Streams(seed);
    int d = one.columns();
    double[] x = one.toArray();
    double[] y = other.toArray();
    double[] squares = new double[projections];
    for (int k = 0; k < projections; k++) {
      double[] direction = direction(streams.stream("direction", k), d);
      squares[k] = sorted(projected(x, direction), projected(y, direction), 2);
    }
    double value = Math.sqrt(Energy.mean(squares));
    double error = Math.sqrt(Energy.varianceOfMean(squares));
    return new Estimate(value, value == 0 ? 0 : error / (2 * value));
  }

  private static double[] direction(RandomGenerator random, int d) {
    double[] direction = new double[d];
    double norm = 0;
    for (int j = 0; j < d; j++) {
      direction[j] = random.nextGaussian();
      norm += direction[j] * direction[j];
    }
    for (int j = 0; j < d; j++) {
      direction[j] /= Math.sqrt(norm);
    }
    return direction;
  }

  private static double[] projected(double[] rows, double[] direction) {
    int d = direction.length;
    double[] values = new double[rows.length / d];
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < d; j++) {
        values[i] += rows[i * d + j] * direction[j];
      }
    }
    return values;
  }

  /**
   * The integral over u of |F⁻¹(u) − G⁻¹(u)| to the power of 1 or 2, by a walk over both sorted
   * arrays in units of 1/(n·m).
   */
  static double sorted(double[] one, double[] other, int power) {
    double[] x = one.clone();
    double[] y = other.clone();
    Arrays.sort(x);
    Arrays.sort(y);
    long total = (long) x.length * y.length;
    long at = 0;
    int i = 0;
    int j = 0;
    double sum = 0;
    while (at < total) {
      long to = Math.min((i + 1L) * y.length, (j + 1L) * x.length);
      double gap = Math.abs(x[i] - y[j]);
      sum += (to - at) * (power == 1 ? gap : gap * gap);
      at = to;
      i += to == (i + 1L) * y.length ? 1 : 0;
      j += to == (j + 1L) * x.length ? 1 : 0;
    }
    return sum / total;
  }
}
