package dev.espalier.evaluation;

import dev.espalier.api.Samples;

/** Differences of the second-order structure and of the tails of two sets of rows. */
public final class Dependence {

  private static final double[] TAILS = {0.01, 0.05, 0.95, 0.99};

  private Dependence() {}

  /**
   * The relative error of the precision matrix, {@code ‖P − Q‖/‖P‖} in the Frobenius norm, P and Q
   * being the inverses of the covariances of real and drawn rows in deviations of the real ones,
   * with a ridge on their diagonals. It sees which columns depend on which given all others.
   *
   * @param ridge positive; in units of a column's variance
   * @throws IllegalArgumentException if the columns differ or the ridge is not positive
   * @throws dev.espalier.api.InvalidDataException if a set has fewer than 2 rows or a missing cell
   */
  public static double precisionError(Samples real, Samples drawn, double ridge) {
    Rows.requirePair(real, drawn, 2);
    if (!(ridge > 0)) {
      throw new IllegalArgumentException("need a ridge > 0, got " + ridge);
    }
    Scaling scaling = Scaling.standard(real);
    double[][] p = inverse(covariance(scaling.apply(real), ridge));
    double[][] q = inverse(covariance(scaling.apply(drawn), ridge));
    double difference = 0;
    double size = 0;
    for (int i = 0; i < p.length; i++) {
      for (int j = 0; j < p.length; j++) {
        difference += (p[i][j] - q[i][j]) * (p[i][j] - q[i][j]);
        size += p[i][j] * p[i][j];
      }
    }
    return Math.sqrt(difference / size);
  }

  private static double[][] covariance(Samples rows, double ridge) {
    int d = rows.columns();
    int n = rows.count();
    double[][] columns = new double[d][];
    for (int j = 0; j < d; j++) {
      columns[j] = rows.column(j);
      double mean = Energy.mean(columns[j]);
      for (int i = 0; i < n; i++) {
        columns[j][i] -= mean;
      }
    }
    double[][] covariance = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
          sum += columns[i][k] * columns[j][k];
        }
        covariance[i][j] = sum / n + (i == j ? ridge : 0);
        covariance[j][i] = covariance[i][j];
      }
    }
    return covariance;
  }

  /** The inverse of a positive definite matrix, by elimination without pivots. */
  static double[][] inverse(double[][] matrix) {
    int d = matrix.length;
    double[][] left = new double[d][];
    double[][] right = new double[d][d];
    for (int i = 0; i < d; i++) {
      left[i] = matrix[i].clone();
      right[i][i] = 1;
    }
    for (int k = 0; k < d; k++) {
      double pivot = left[k][k];
      for (int j = 0; j < d; j++) {
        left[k][j] /= pivot;
        right[k][j] /= pivot;
      }
      for (int i = 0; i < d; i++) {
        double factor = left[i][k];
        if (i != k && factor != 0) {
          for (int j = 0; j < d; j++) {
            left[i][j] -= factor * left[k][j];
            right[i][j] -= factor * right[k][j];
          }
        }
      }
    }
    return right;
  }

  /**
   * The mean absolute difference of the 1 %, 5 %, 95 % and 99 % quantiles over all columns, in
   * deviations of the real rows. A quantile is the least value that so large a share does not
   * exceed.
   *
   * @throws IllegalArgumentException if the columns differ
   * @throws dev.espalier.api.InvalidDataException if a set has no row or a missing cell
   */
  public static double tailError(Samples real, Samples drawn) {
    Rows.requirePair(real, drawn, 1);
    Scaling scaling = Scaling.standard(real);
    double sum = 0;
    for (int j = 0; j < real.columns(); j++) {
      double[] x = real.column(j);
      double[] y = drawn.column(j);
      java.util.Arrays.sort(x);
      java.util.Arrays.sort(y);
      for (double tail : TAILS) {
        double gap = Manifolds.quantile(x, tail) - Manifolds.quantile(y, tail);
        sum += Math.abs(gap) / scaling.scales().get(j);
      }
    }
    return sum / real.columns() / TAILS.length;
  }
}
