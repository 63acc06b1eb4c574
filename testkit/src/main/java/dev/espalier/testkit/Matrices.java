package dev.espalier.testkit;

/** Small dense matrices by the plainest loops. */
final class Matrices {

  private Matrices() {}

  /** {@code L} with {@code L·Lᵀ = matrix}; where a pivot is 0 its column is. */
  static double[][] cholesky(double[][] matrix) {
    int n = matrix.length;
    double[][] l = new double[n][n];
    for (int j = 0; j < n; j++) {
      double pivot = matrix[j][j];
      for (int k = 0; k < j; k++) {
        pivot -= l[j][k] * l[j][k];
      }
      if (!(pivot >= -1e-9 * Math.abs(matrix[j][j]))) {
        throw new IllegalArgumentException(
            "need a matrix that is not negative, got pivot " + pivot + " in column " + j);
      }
      l[j][j] = pivot <= 1e-14 * Math.abs(matrix[j][j]) ? 0 : Math.sqrt(pivot);
      for (int i = j + 1; i < n; i++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= l[i][k] * l[j][k];
        }
        l[i][j] = l[j][j] == 0 ? 0 : sum / l[j][j];
      }
    }
    return l;
  }

  /** {@code x} with {@code L·Lᵀ·x = right}. */
  static double[] solve(double[][] l, double[] right) {
    int n = l.length;
    double[] x = right.clone();
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= l[i][k] * x[k];
      }
      x[i] /= pivot(l, i);
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        x[i] -= l[k][i] * x[k];
      }
      x[i] /= pivot(l, i);
    }
    return x;
  }

  private static double pivot(double[][] l, int i) {
    if (l[i][i] == 0) {
      throw new IllegalArgumentException("need a positive definite matrix, got a singular one");
    }
    return l[i][i];
  }

  static double[] times(double[][] matrix, double[] vector) {
    double[] product = new double[matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      product[i] = dot(matrix[i], vector);
    }
    return product;
  }

  static double[][] times(double[][] left, double[][] right) {
    double[][] product = new double[left.length][right[0].length];
    for (int i = 0; i < left.length; i++) {
      for (int j = 0; j < right[0].length; j++) {
        for (int k = 0; k < right.length; k++) {
          product[i][j] += left[i][k] * right[k][j];
        }
      }
    }
    return product;
  }

  static double[][] transposed(double[][] matrix) {
    double[][] result = new double[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix[0].length; j++) {
        result[j][i] = matrix[i][j];
      }
    }
    return result;
  }

  static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  static double[][] identity(int n) {
    double[][] result = new double[n][n];
    for (int i = 0; i < n; i++) {
      result[i][i] = 1;
    }
    return result;
  }
}
