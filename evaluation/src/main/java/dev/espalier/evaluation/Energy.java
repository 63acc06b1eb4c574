package dev.espalier.evaluation;

import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;

/**
 * The energy distance {@code 2·E|X − Y| − E|X − X'| − E|Y − Y'|} with Euclidean norms (Székely and
 * Rizzo 2013): 0 for equal laws and positive for any others.
 */
public final class Energy {

  private Energy() {}

  /**
   * The unbiased estimate, which may be a little negative for equal laws, with the standard error
   * of its first-order terms.
   *
   * <p>For equal laws those terms vanish and the error says too little: judge equality by {@link
   * #permutationP}. Time grows with (n + m)²·d, memory with n + m.
   *
   * @throws IllegalArgumentException if the columns differ
   * @throws InvalidDataException if a set has fewer than 2 rows or a missing cell
   */
  public static Estimate distance(Samples one, Samples other) {
    Rows.requirePair(one, other, 2);
    double[] toOther = meanDistances(one, other);
    double[] toOne = meanDistances(other, one);
    double[] inOne = meanDistances(one);
    double[] inOther = meanDistances(other);
    double value = 2 * mean(toOther) - mean(inOne) - mean(inOther);
    double error =
        Math.sqrt(
            varianceOfMean(combined(2, toOther, -2, inOne))
                + varianceOfMean(combined(2, toOne, -2, inOther)));
    return new Estimate(value, error);
  }

  /** For every row the mean distance to the rows of the other set. */
  static double[] meanDistances(Samples from, Samples to) {
    int d = from.columns();
    double[] x = from.toArray();
    double[] y = to.toArray();
    double[] means = new double[from.count()];
    for (int i = 0; i < means.length; i++) {
      double sum = 0;
      for (int j = 0; j < to.count(); j++) {
        sum += TwoSample.euclidean(x, i * d, y, j * d, d);
      }
      means[i] = sum / to.count();
    }
    return means;
  }

  /** For every row the mean distance to the other rows. */
  static double[] meanDistances(Samples rows) {
    double[] means = meanDistances(rows, rows);
    for (int i = 0; i < means.length; i++) {
      means[i] *= rows.count() / (rows.count() - 1.0);
    }
    return means;
  }

  static double[] combined(double a, double[] x, double b, double[] y) {
    double[] sum = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      sum[i] = a * x[i] + b * y[i];
    }
    return sum;
  }

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  static double varianceOfMean(double[] values) {
    return variance(values) / values.length;
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum / (values.length - 1.0);
  }

  /** The standard deviation of numbers around their mean. */
  static double deviation(double[] values) {
    return Math.sqrt(variance(values));
  }

  /**
   * The chance of so great an energy distance between random halves of all these rows: small if the
   * laws differ, uniform on its steps of 1/(permutations + 1) if they do not.
   *
   * <p>Memory is 8·(n + m)² bytes, time grows with (n + m)²·(d + permutations).
   *
   * @param permutations at least 1
   * @param seed of the permutations
   * @throws IllegalArgumentException if the columns differ or there are more than 8000 rows
   * @throws InvalidDataException if a set has fewer than 2 rows or a missing cell
   */
  public static double permutationP(Samples one, Samples other, int permutations, long seed) {
    Rows.requirePair(one, other, 2);
    Rows.requirePermutable(one, other, permutations);
    return TwoSample.energy(one, other).permutationP(permutations, new Streams(seed));
  }
}
