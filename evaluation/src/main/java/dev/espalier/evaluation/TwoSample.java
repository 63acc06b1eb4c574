package dev.espalier.evaluation;

import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The mean of a kernel within and across two sets of rows, as unbiased U-statistics, and its
 * permutation test. The matrix of all pairs is kept: 8·(n + m)² bytes.
 */
final class TwoSample {

  private final int n;
  private final double[][] kernel;
  private final double[] sums;
  private final double all;

  private TwoSample(int n, double[][] kernel) {
    this.n = n;
    this.kernel = kernel;
    this.sums = new double[kernel.length];
    double total = 0;
    for (int i = 0; i < kernel.length; i++) {
      for (double each : kernel[i]) {
        sums[i] += each;
      }
      total += sums[i];
    }
    this.all = total;
  }

  /** Euclidean distances between all rows, those of {@code one} first. */
  static double[][] distances(Samples one, Samples other) {
    int d = one.columns();
    int total = one.count() + other.count();
    double[] rows = Arrays.copyOf(one.toArray(), total * d);
    other.copyRows(0, other.count(), rows, one.count() * d);
    double[][] distance = new double[total][total];
    for (int i = 0; i < total; i++) {
      for (int j = 0; j < i; j++) {
        distance[i][j] = euclidean(rows, i * d, rows, j * d, d);
        distance[j][i] = distance[i][j];
      }
    }
    return distance;
  }

  static double euclidean(double[] x, int i, double[] y, int j, int d) {
    double sum = 0;
    for (int k = 0; k < d; k++) {
      double gap = x[i + k] - y[j + k];
      sum += gap * gap;
    }
    return Math.sqrt(sum);
  }

  /** Minus the distance: the statistic is the energy distance. */
  static TwoSample energy(Samples one, Samples other) {
    double[][] kernel = distances(one, other);
    for (double[] row : kernel) {
      for (int j = 0; j < row.length; j++) {
        row[j] = -row[j];
      }
    }
    return new TwoSample(one.count(), kernel);
  }

  /** The Gaussian kernel of a width; the statistic is the squared MMD. */
  static TwoSample gaussian(int n, double[][] distance, double width) {
    for (int i = 0; i < distance.length; i++) {
      for (int j = 0; j < i; j++) {
        double z = distance[i][j] / width;
        distance[i][j] = StrictMath.exp(-0.5 * z * z);
        distance[j][i] = distance[i][j];
      }
      distance[i][i] = 0;
    }
    return new TwoSample(n, distance);
  }

  /** Mean within one plus mean within the other less twice the mean across. */
  double statistic() {
    int[] order = new int[kernel.length];
    Arrays.setAll(order, i -> i);
    return statistic(order, n);
  }

  /** The standard error of the statistic's first-order terms; too small if the laws are equal. */
  double error() {
    double[] one = new double[n];
    double[] other = new double[kernel.length - n];
    for (int i = 0; i < kernel.length; i++) {
      double mine = 0;
      double theirs = 0;
      for (int j = 0; j < kernel.length; j++) {
        if (i < n == j < n) {
          mine += kernel[i][j];
        } else {
          theirs += kernel[i][j];
        }
      }
      int own = i < n ? n : other.length;
      int rest = kernel.length - own;
      double term = 2 * (mine / (own - 1) - theirs / rest);
      if (i < n) {
        one[i] = term;
      } else {
        other[i - n] = term;
      }
    }
    return Math.sqrt(Energy.varianceOfMean(one) + Energy.varianceOfMean(other));
  }

  /** The statistic if the first {@code size} of {@code order} were one set. */
  private double statistic(int[] order, int size) {
    double within = 0;
    double from = 0;
    for (int i = 0; i < size; i++) {
      double[] row = kernel[order[i]];
      double sum = 0;
      for (int j = 0; j < size; j++) {
        sum += row[order[j]];
      }
      within += sum;
      from += sums[order[i]];
    }
    double p = size;
    double q = kernel.length - p;
    double across = from - within;
    double rest = all - 2 * across - within;
    return within / (p * (p - 1)) + rest / (q * (q - 1)) - 2 * across / (p * q);
  }

  /**
   * The p-value (1 + number of permutations at least as far apart)/(1 + permutations), exact for
   * rows that could be exchanged.
   */
  double permutationP(int permutations, Streams streams) {
    int size = Math.min(n, kernel.length - n);
    double observed = statistic();
    int[] order = new int[kernel.length];
    int beyond = 0;
    for (int k = 0; k < permutations; k++) {
      RandomGenerator random = streams.stream("permutation", k);
      Arrays.setAll(order, i -> i);
      Rows.shuffle(order, random);
      beyond += statistic(order, size) >= observed - 1e-12 * Math.abs(observed) ? 1 : 0;
    }
    return (1.0 + beyond) / (1.0 + permutations);
  }
}
