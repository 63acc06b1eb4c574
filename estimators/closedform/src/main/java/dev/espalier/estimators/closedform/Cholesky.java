package dev.espalier.estimators.closedform;

import java.util.Optional;

/** The lower triangle L of a positive definite matrix {@code L·Lᵀ}. */
final class Cholesky {

  private final double[][] lower;

  private Cholesky(double[][] lower) {
    this.lower = lower;
  }

  /** Decomposes a symmetric matrix; empty if it is singular within rounding, or worse. */
  static Optional<Cholesky> of(double[][] matrix) {
    int n = matrix.length;
    double[][] lower = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = matrix[i][j] - Products.dot(lower[i], lower[j], j);
        if (j < i) {
          lower[i][j] = rest / lower[j][j];
        } else if (rest > n * 0x1p-50 * matrix[i][i]) {
          lower[i][i] = Math.sqrt(rest);
        } else {
          return Optional.empty();
        }
      }
    }
    return Optional.of(new Cholesky(lower));
  }

  /** Replaces {@code y}, a matrix of {@code width} columns, by the inverse times {@code y}. */
  void solve(double[][] y, int width) {
    for (int k = 0; k < y.length; k++) {
      for (int l = 0; l < k; l++) {
        subtract(lower[k][l], y[l], y[k], width);
      }
      divide(y[k], lower[k][k], width);
    }
    for (int k = y.length - 1; k >= 0; k--) {
      for (int l = k + 1; l < y.length; l++) {
        subtract(lower[l][k], y[l], y[k], width);
      }
      divide(y[k], lower[k][k], width);
    }
  }

  private static void subtract(double factor, double[] x, double[] out, int width) {
    for (int j = 0; j < width; j++) {
      out[j] = out[j] - factor * x[j];
    }
  }

  private static void divide(double[] x, double by, int width) {
    for (int j = 0; j < width; j++) {
      x[j] = x[j] / by;
    }
  }
}
