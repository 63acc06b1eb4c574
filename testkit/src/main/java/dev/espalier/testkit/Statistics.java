package dev.espalier.testkit;

import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Tests of hypotheses about samples; each gives its evidence, to be judged by a {@link Trial}.
 *
 * <p>At a false-alarm rate of 1e-6 the tests of mean and variance reject beyond 4.89 standard
 * errors and the Kolmogorov–Smirnov test beyond 2.69/√n.
 */
public final class Statistics {

  private static final int PERMUTATIONS = 499;

  private Statistics() {}

  /**
   * The mean of the law is {@code expected}: z-test with the standard error of the sample.
   *
   * @param values at least 30, whose law has a variance
   */
  public static Evidence mean(String what, double[] values, double expected) {
    double mean = mean(need(values));
    double error = Math.sqrt(variance(values, mean) / values.length);
    return normal(what + " has mean " + expected, (mean - expected) / error, values.length);
  }

  /**
   * The mean of the law lies within {@code slack} of {@code expected}: z-test for the excess.
   *
   * @param slack at least 0, a bias that is allowed
   */
  public static Evidence mean(String what, double[] values, double expected, double slack) {
    double mean = mean(need(values));
    double error = Math.sqrt(variance(values, mean) / values.length);
    double excess = Math.max(0, Math.abs(mean - expected) - slack);
    return normal(
        what + " has a mean within " + slack + " of " + expected, excess / error, values.length);
  }

  /**
   * The variance of the law is {@code expected}: z-test with the standard error from the fourth
   * moment of the sample.
   */
  public static Evidence variance(String what, double[] values, double expected) {
    return mean(what + ", squared about its mean,", squares(values), expected);
  }

  /** The variance of the law lies within {@code slack} of {@code expected}. */
  public static Evidence variance(String what, double[] values, double expected, double slack) {
    return mean(what + ", squared about its mean,", squares(values), expected, slack);
  }

  private static double[] squares(double[] values) {
    double mean = mean(need(values));
    double scale = values.length / (values.length - 1.0);
    double[] squares = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      squares[i] = scale * (values[i] - mean) * (values[i] - mean);
    }
    return squares;
  }

  /**
   * The values come from the continuous law with this distribution function: Kolmogorov–Smirnov
   * test, by Massart's bound {@code p ≤ 2·exp(−2·n·D²)}, which holds for every n.
   */
  public static Evidence distribution(String what, double[] values, DoubleUnaryOperator cdf) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double n = sorted.length;
    double distance = 0;
    for (int i = 0; i < sorted.length; i++) {
      double f = cdf.applyAsDouble(sorted[i]);
      distance = Math.max(distance, Math.max(f - i / n, (i + 1) / n - f));
    }
    double p = Math.min(1, 2 * StrictMath.exp(-2 * n * distance * distance));
    return new Evidence(what + " has the stated distribution", distance, sorted.length, p);
  }

  /**
   * The counts come from the multinomial law with these probabilities: chi-square test.
   *
   * @param probabilities with sum 1; a cell of probability 0 must be empty, any other should expect
   *     5 or more
   */
  public static Evidence frequencies(String what, long[] counts, double[] probabilities) {
    if (counts.length != probabilities.length) {
      throw new IllegalArgumentException(
          "need as many probabilities as counts, got "
              + probabilities.length
              + " and "
              + counts.length);
    }
    long total = Arrays.stream(counts).sum();
    double statistic = 0;
    int cells = 0;
    for (int k = 0; k < counts.length; k++) {
      double expected = total * probabilities[k];
      if (expected > 0) {
        statistic += (counts[k] - expected) * (counts[k] - expected) / expected;
        cells++;
      } else if (counts[k] > 0) {
        return new Evidence(what + " avoids cell " + k, counts[k], total, 0);
      }
    }
    double p = cells > 1 ? upperGamma(0.5 * (cells - 1), 0.5 * statistic) : 1;
    return new Evidence(what + " has the stated frequencies", statistic, total, p);
  }

  /**
   * Both sets of rows come from one law: energy distance (Székely and Rizzo) with 499 permutations.
   *
   * <p>The share of permutations at least as far apart is the evidence where it is 10 or more of
   * them; beyond, the tail of the Pearson III law with the mean, variance and skewness of the
   * permutations, so that small false-alarm rates can be asked. Time and memory grow with (n + m)²;
   * a thousand rows take about a second.
   *
   * @param seed of the permutations
   */
  public static Evidence sameLaw(String what, Samples one, Samples other, long seed) {
    int n = one.count();
    int total = n + other.count();
    if (n < 2 || other.count() < 2 || total > 6000 || one.columns() != other.columns()) {
      throw new IllegalArgumentException(
          "need two sets of 2 rows or more in the same columns, at most 6000 together, got "
              + one
              + " and "
              + other);
    }
    double[][] distance = distances(Samples.of(one.columns(), join(one, other)));
    double[] sums = new double[total];
    double all = 0;
    for (int i = 0; i < total; i++) {
      for (double each : distance[i]) {
        sums[i] += each;
      }
      all += sums[i];
    }
    int[] order = new int[total];
    Arrays.setAll(order, i -> i);
    double observed = energy(distance, sums, all, order, n);
    double[] permuted = new double[PERMUTATIONS];
    RandomGenerator random = new Streams(seed).stream("permutations", 0);
    int beyond = 0;
    for (int k = 0; k < PERMUTATIONS; k++) {
      for (int i = total - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int swapped = order[i];
        order[i] = order[j];
        order[j] = swapped;
      }
      permuted[k] = energy(distance, sums, all, order, n);
      beyond += permuted[k] >= observed ? 1 : 0;
    }
    double p = beyond >= 10 ? (beyond + 1.0) / (PERMUTATIONS + 1) : pearsonTail(permuted, observed);
    return new Evidence(what + " come from one law", observed, total, p);
  }

  private static double[] join(Samples one, Samples other) {
    double[] joined = Arrays.copyOf(one.toArray(), (one.count() + other.count()) * one.columns());
    other.copyRows(0, other.count(), joined, one.count() * one.columns());
    return joined;
  }

  private static double[][] distances(Samples rows) {
    int n = rows.count();
    double[][] distance = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double sum = 0;
        for (int k = 0; k < rows.columns(); k++) {
          double difference = rows.get(i, k) - rows.get(j, k);
          sum += difference * difference;
        }
        distance[i][j] = Math.sqrt(sum);
        distance[j][i] = distance[i][j];
      }
    }
    return distance;
  }

  /** Twice the mean distance across, less the mean distances within, pairs with oneself left in. */
  private static double energy(double[][] distance, double[] sums, double all, int[] order, int n) {
    double within = 0;
    double from = 0;
    for (int i = 0; i < n; i++) {
      double[] row = distance[order[i]];
      for (int j = 0; j < n; j++) {
        within += row[order[j]];
      }
      from += sums[order[i]];
    }
    double m = order.length - n;
    double across = from - within;
    double rest = all - 2 * across - within;
    return 2 * across / (n * m) - within / ((double) n * n) - rest / (m * m);
  }

  private static double pearsonTail(double[] values, double observed) {
    double mean = mean(values);
    double deviation = Math.sqrt(variance(values, mean));
    double third = 0;
    for (double value : values) {
      double z = (value - mean) / deviation;
      third += z * z * z;
    }
    double skewness = third / values.length;
    double z = (observed - mean) / deviation;
    if (skewness < 1e-3) {
      return 0.5 * upperGamma(0.5, 0.5 * z * z);
    }
    double shape = 4 / (skewness * skewness);
    return upperGamma(shape, Math.max(0, shape + 2 * z / skewness));
  }

  private static double[] need(double[] values) {
    if (values.length < 30) {
      throw new IllegalArgumentException("need at least 30 values, got " + values.length);
    }
    return values;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double variance(double[] values, double mean) {
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum / (values.length - 1);
  }

  /** Two-sided; a constant sample at its expected value agrees, at any other it does not. */
  private static Evidence normal(String hypothesis, double z, int size) {
    double p = Double.isNaN(z) ? 1 : Double.isInfinite(z) ? 0 : upperGamma(0.5, 0.5 * z * z);
    return new Evidence(hypothesis, z, size, p);
  }

  /** The distribution function of the standard normal law. */
  public static double normalCdf(double x) {
    double half = 0.5 * upperGamma(0.5, 0.5 * x * x);
    return x < 0 ? half : 1 - half;
  }

  /**
   * The upper regularised incomplete gamma function Q(s, x), by its series for small {@code x} and
   * Lentz's continued fraction for large (Abramowitz and Stegun, 6.5.29 and 6.5.31).
   */
  static double upperGamma(double s, double x) {
    if (x <= 0) {
      return 1;
    }
    double front = StrictMath.exp(s * StrictMath.log(x) - x - logGamma(s));
    if (x < s + 1) {
      double term = 1 / s;
      double sum = term;
      for (int k = 1; term > 1e-17 * sum; k++) {
        term *= x / (s + k);
        sum += term;
      }
      return Math.min(1, Math.max(0, 1 - front * sum));
    }
    double tiny = 1e-300;
    double b = x + 1 - s;
    double c = 1 / tiny;
    double d = 1 / b;
    double h = d;
    double delta = 0;
    for (int k = 1; Math.abs(delta - 1) > 1e-15 && k < 100_000; k++) {
      double a = -k * (k - s);
      b += 2;
      d = 1 / nonzero(a * d + b, tiny);
      c = nonzero(b + a / c, tiny);
      delta = c * d;
      h *= delta;
    }
    return Math.min(1, Math.max(0, front * h));
  }

  private static double nonzero(double value, double tiny) {
    return Math.abs(value) < tiny ? tiny : value;
  }

  /** Stirling's series after shifting the argument beyond 15; 14 digits. */
  private static double logGamma(double x) {
    double shift = 0;
    double y = x;
    while (y < 15) {
      shift += StrictMath.log(y);
      y++;
    }
    double i = 1 / y;
    double i2 = i * i;
    double series =
        i * (1.0 / 12 - i2 * (1.0 / 360 - i2 * (1.0 / 1260 - i2 * (1.0 / 1680 - i2 / 1188))));
    return (y - 0.5) * StrictMath.log(y) - y + 0.5 * StrictMath.log(2 * Math.PI) + series - shift;
  }
}
