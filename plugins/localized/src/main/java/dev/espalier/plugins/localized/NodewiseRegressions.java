package dev.espalier.plugins.localized;

import dev.espalier.api.Adjacency;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Samples;
import java.util.Arrays;

/**
 * Partial correlations of all pairs of columns given the rest, by one sparse regression a column.
 *
 * <p>Column i is regressed on the others by the scaled lasso (Sun and Zhang 2012), whose penalty
 * {@code σ·√(2·log(d)/n)} follows the deviation σ that it leaves. With slopes β and residuals e,
 * {@code (Σ e_i·e_j + β_ij·Σ e_i² + β_ji·Σ e_j²)/n} is free of the bias of the penalty to first
 * order, and −1 times it, over the deviations of both residuals, is √n times less than a standard
 * normal number if there is no partial correlation (Liu 2013, <i>Gaussian graphical model
 * estimation with false discovery rate control</i>, eq. 5).
 *
 * <p>Work is of the order of n·d² + d³ at most, less the sparser the slopes.
 */
final class NodewiseRegressions {

  static final int LEAST_ROWS = 20;
  static final int MOST_COLUMNS = 2_000;

  private static final int ROUNDS = 30;
  private static final int SWEEPS = 200;
  private static final double STILL = 1e-6;
  private static final double LEAST_VARIANCE = 1e-12;

  /** Beyond this many deviations the tail of the normal law is a continued fraction. */
  private static final double FAR = 3;

  private final int rows;
  private final double[][] partial;

  private NodewiseRegressions(int rows, double[][] partial) {
    this.rows = rows;
    this.partial = partial;
  }

  /**
   * Regresses every column on the others.
   *
   * @throws InvalidDataException if there are too few complete rows or too many columns
   */
  static NodewiseRegressions of(Samples all) {
    int d = all.columns();
    if (d > MOST_COLUMNS) {
      throw new InvalidDataException(
          "need at most "
              + MOST_COLUMNS
              + " columns to find a graph, got "
              + d
              + ". Give one, such as chain() or near(\"places.txt\", nearest=4)");
    }
    double[][] correlations = new double[d][d];
    int n = correlate(all, correlations);
    if (n < LEAST_ROWS) {
      throw new InvalidDataException(
          "need at least " + LEAST_ROWS + " complete rows to find a graph, got " + n);
    }
    double penalty = Math.sqrt(2 * StrictMath.log(Math.max(2, d)) / n);
    double[][] slopes = new double[d][];
    for (int i = 0; i < d; i++) {
      slopes[i] = regress(correlations, i, penalty);
    }
    return new NodewiseRegressions(n, corrected(correlations, slopes));
  }

  /** Fills in the correlations of the complete rows, 0 for constant columns; their number. */
  private static int correlate(Samples all, double[][] out) {
    int d = all.columns();
    double[] mean = new double[d];
    boolean[] complete = new boolean[all.count()];
    int n = 0;
    for (int i = 0; i < complete.length; i++) {
      complete[i] = !all.rows(i, i + 1).hasMissing();
      if (complete[i]) {
        n++;
        double[] row = all.row(i);
        for (int j = 0; j < d; j++) {
          mean[j] += (row[j] - mean[j]) / n;
        }
      }
    }
    for (int k = 0; k < complete.length; k++) {
      if (complete[k]) {
        double[] row = all.row(k);
        for (int i = 0; i < d; i++) {
          double above = row[i] - mean[i];
          for (int j = 0; j <= i; j++) {
            out[i][j] += above * (row[j] - mean[j]);
          }
        }
      }
    }
    double[] roots = new double[d];
    for (int i = 0; i < d; i++) {
      roots[i] = Math.sqrt(out[i][i]);
      for (int j = 0; j <= i; j++) {
        boolean varies = roots[i] > 0 && roots[j] > 0;
        out[i][j] = varies ? out[i][j] / roots[i] / roots[j] : 0;
        out[j][i] = out[i][j];
      }
    }
    return n;
  }

  /** The slopes of column i on the others by coordinate descent, penalty and deviation in turn. */
  private static double[] regress(double[][] correlations, int i, double penalty) {
    int d = correlations.length;
    double[] slopes = new double[d];
    double[] left = correlations[i].clone();
    double deviation = 1;
    for (int round = 0; round < ROUNDS; round++) {
      double change = 1;
      for (int sweep = 0; sweep < SWEEPS && change > STILL; sweep++) {
        change = 0;
        for (int j = 0; j < d; j++) {
          double full = left[j] + slopes[j];
          double size = Math.abs(full) - deviation * penalty;
          double slope = size > 0 && j != i ? Math.copySign(size, full) : 0;
          double by = slope - slopes[j];
          if (by != 0) {
            double[] row = correlations[j];
            for (int k = 0; k < d; k++) {
              left[k] -= by * row[k];
            }
            slopes[j] = slope;
            change = Math.max(change, Math.abs(by));
          }
        }
      }
      double variance = 1;
      for (int j = 0; j < d; j++) {
        variance -= slopes[j] * (correlations[i][j] + left[j]);
      }
      double before = deviation;
      deviation = Math.sqrt(Math.max(LEAST_VARIANCE, variance));
      if (Math.abs(deviation - before) <= 1e-4 * before) {
        return slopes;
      }
    }
    return slopes;
  }

  private static double[][] corrected(double[][] correlations, double[][] slopes) {
    int d = slopes.length;
    double[][] left = new double[d][];
    for (int i = 0; i < d; i++) {
      left[i] = correlations[i].clone();
      for (int j = 0; j < d; j++) {
        if (slopes[i][j] != 0) {
          for (int k = 0; k < d; k++) {
            left[i][k] -= slopes[i][j] * correlations[j][k];
          }
        }
      }
    }
    double[] variances = new double[d];
    for (int i = 0; i < d; i++) {
      variances[i] = Math.max(LEAST_VARIANCE, product(left[i], slopes[i], i));
    }
    double[][] partial = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < i; j++) {
        double sum = product(left[i], slopes[j], j);
        sum += variances[i] * slopes[i][j] + variances[j] * slopes[j][i];
        boolean varies = correlations[i][i] > 0 && correlations[j][j] > 0;
        partial[i][j] = varies ? sum / Math.sqrt(variances[i] * variances[j]) : 0;
        partial[j][i] = partial[i][j];
      }
    }
    return partial;
  }

  /** The mean product of two residuals: what i leaves, times column j less what explains it. */
  private static double product(double[] left, double[] slopes, int j) {
    double sum = left[j];
    for (int k = 0; k < slopes.length; k++) {
      if (slopes[k] != 0) {
        sum -= slopes[k] * left[k];
      }
    }
    return sum;
  }

  /** The number of rows that took part. */
  int rows() {
    return rows;
  }

  /** The partial correlation of two columns given the others; 0 where one is constant. */
  double partial(int i, int j) {
    return partial[i][j];
  }

  /** The pairs that are partially correlated, by the step-up rule of Benjamini and Hochberg. */
  Adjacency graph(double rate) {
    int d = partial.length;
    double[] sizes = new double[d * (d - 1) / 2];
    int at = 0;
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < i; j++) {
        sizes[at++] = Math.abs(partial[i][j]);
      }
    }
    Arrays.sort(sizes);
    int kept = sizes.length;
    while (kept > 0
        && !(tails(sizes[sizes.length - kept] * Math.sqrt(rows)) * sizes.length <= rate * kept)) {
      kept--;
    }
    double least = kept == 0 ? Double.POSITIVE_INFINITY : sizes[sizes.length - kept];
    int[] pairs = new int[2 * sizes.length];
    int ends = 0;
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < i; j++) {
        if (Math.abs(partial[i][j]) >= least) {
          pairs[ends++] = j;
          pairs[ends++] = i;
        }
      }
    }
    return Adjacency.of(d, Arrays.copyOf(pairs, ends));
  }

  /** The chance that a standard normal number is farther from 0 than z, to ten digits. */
  static double tails(double z) {
    double density = StrictMath.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
    if (z < FAR) {
      double term = z;
      double sum = z;
      for (int k = 1; k < 60; k++) {
        term *= z * z / (2 * k + 1);
        sum += term;
      }
      return 1 - 2 * density * sum;
    }
    double fraction = z;
    for (int k = 60; k >= 1; k--) {
      fraction = z + k / fraction;
    }
    return 2 * density / fraction;
  }
}
