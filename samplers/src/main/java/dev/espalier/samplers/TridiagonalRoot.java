package dev.espalier.samplers;

/**
 * The first column of the square root of {@code p·I + q·T} for a small symmetric tridiagonal {@code
 * T}, by Jacobi's eigenvalue method.
 */
final class TridiagonalRoot {
  private static final int SWEEPS = 60;

  private TridiagonalRoot() {}

  /**
   * Computes {@code √(p·I + q·T)·e₁}; negative eigenvalues count as 0.
   *
   * @param diagonal the first {@code n} entries count
   * @param beside the first {@code n − 1} entries count
   */
  static double[] firstColumn(double[] diagonal, double[] beside, int n, double p, double q) {
    double[][] matrix = new double[n][n];
    double[][] vectors = new double[n][n];
    for (int i = 0; i < n; i++) {
      matrix[i][i] = p + q * diagonal[i];
      vectors[i][i] = 1;
      if (i + 1 < n) {
        matrix[i][i + 1] = q * beside[i];
        matrix[i + 1][i] = q * beside[i];
      }
    }
    int sweep = 0;
    while (sweep < SWEEPS && rotate(matrix, vectors)) {
      sweep++;
    }
    double[] column = new double[n];
    for (int k = 0; k < n; k++) {
      double weight = Math.sqrt(Math.max(0, matrix[k][k])) * vectors[0][k];
      for (int i = 0; i < n; i++) {
        column[i] += weight * vectors[i][k];
      }
    }
    return column;
  }

  /** One sweep over all pairs; whether any was worth turning. */
  private static boolean rotate(double[][] matrix, double[][] vectors) {
    int n = matrix.length;
    boolean turned = false;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        double off = matrix[i][j];
        double size = Math.abs(matrix[i][i]) + Math.abs(matrix[j][j]);
        if (Math.abs(off) > 1e-16 * size) {
          turn(matrix, vectors, i, j);
          turned = true;
        }
      }
    }
    return turned;
  }

  private static void turn(double[][] matrix, double[][] vectors, int i, int j) {
    int n = matrix.length;
    double theta = (matrix[j][j] - matrix[i][i]) / (2 * matrix[i][j]);
    double sign = theta >= 0 ? 1 : -1;
    double tan = sign / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    double cos = 1 / Math.sqrt(tan * tan + 1);
    double sin = tan * cos;
    for (int k = 0; k < n; k++) {
      double left = matrix[k][i];
      double right = matrix[k][j];
      matrix[k][i] = cos * left - sin * right;
      matrix[k][j] = sin * left + cos * right;
    }
    for (int k = 0; k < n; k++) {
      double left = matrix[i][k];
      double right = matrix[j][k];
      matrix[i][k] = cos * left - sin * right;
      matrix[j][k] = sin * left + cos * right;
      left = vectors[k][i];
      right = vectors[k][j];
      vectors[k][i] = cos * left - sin * right;
      vectors[k][j] = sin * left + cos * right;
    }
    matrix[i][j] = 0;
    matrix[j][i] = 0;
  }
}
