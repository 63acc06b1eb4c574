package dev.espalier.filtering;

/** The lower factor of a symmetric positive definite matrix. */
final class Cholesky {
  private static final double TINY = 1e-12;

  private final double[][] lower;

  private Cholesky(double[][] lower) {
    this.lower = lower;
  }

  /**
   * Factors a matrix.
   *
   * @param name what the matrix is, for the message
   * @throws IllegalArgumentException if it is not positive definite
   */
  static Cholesky of(double[][] matrix, String name) {
    int n = matrix.length;
    double[][] lower = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0.5 * (matrix[i][j] + matrix[j][i]);
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        if (i == j && !(sum > TINY * matrix[i][i])) {
          throw new IllegalArgumentException(
              "need a positive definite " + name + ", got pivot " + sum + " at row " + i);
        }
        lower[i][j] = i == j ? Math.sqrt(sum) : sum / lower[j][j];
      }
    }
    return new Cholesky(lower);
  }

  /** Replaces a vector by the factor times it. */
  void times(double[] vector) {
    for (int i = vector.length - 1; i >= 0; i--) {
      double sum = 0;
      for (int j = 0; j <= i; j++) {
        sum += lower[i][j] * vector[j];
      }
      vector[i] = sum;
    }
  }

  /** Replaces a vector by the inverse of the factor times it. */
  void halfSolve(double[] vector) {
    for (int i = 0; i < vector.length; i++) {
      for (int j = 0; j < i; j++) {
        vector[i] -= lower[i][j] * vector[j];
      }
      vector[i] /= lower[i][i];
    }
  }

  /** Replaces a vector by the inverse of the matrix times it. */
  void solve(double[] vector) {
    halfSolve(vector);
    for (int i = vector.length - 1; i >= 0; i--) {
      for (int j = i + 1; j < vector.length; j++) {
        vector[i] -= lower[j][i] * vector[j];
      }
      vector[i] /= lower[i][i];
    }
  }
}
