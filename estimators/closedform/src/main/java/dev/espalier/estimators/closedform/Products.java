package dev.espalier.estimators.closedform;

/**
 * Products of dense matrices whose rows are arrays.
 *
 * <p>Every element is summed in the order of the inner index, whatever other rows are there, so a
 * row of a product depends on that row of the left factor alone, bit for bit. The loops keep one
 * array per row and a bare index, the form that the JIT compiler vectorises, and round once a term
 * ({@link Math#fma}): the same bits everywhere, and three times as fast on Java 17.
 */
final class Products {

  private Products() {}

  /**
   * Adds {@code x·w} to {@code out}, for the first {@code rows} rows of {@code x} and {@code out}.
   *
   * @param w as many rows as {@code x} has columns that take part, each of {@code width} values
   */
  static void add(double[][] x, double[][] w, double[][] out, int rows, int width) {
    int inner = w.length;
    int k = 0;
    for (; k + 2 < inner; k += 3) {
      double[] w0 = w[k];
      double[] w1 = w[k + 1];
      double[] w2 = w[k + 2];
      int i = 0;
      for (; i + 2 < rows; i += 3) {
        threeByThree(
            x[i], x[i + 1], x[i + 2], k, w0, w1, w2, out[i], out[i + 1], out[i + 2], width);
      }
      for (; i < rows; i++) {
        oneByThree(x[i], k, w0, w1, w2, out[i], width);
      }
    }
    for (; k < inner; k++) {
      for (int i = 0; i < rows; i++) {
        oneByOne(x[i][k], w[k], out[i], width);
      }
    }
  }

  private static void threeByThree(
      double[] x0,
      double[] x1,
      double[] x2,
      int k,
      double[] w0,
      double[] w1,
      double[] w2,
      double[] out0,
      double[] out1,
      double[] out2,
      int width) {
    double x00 = x0[k];
    double x01 = x0[k + 1];
    double x02 = x0[k + 2];
    double x10 = x1[k];
    double x11 = x1[k + 1];
    double x12 = x1[k + 2];
    double x20 = x2[k];
    double x21 = x2[k + 1];
    double x22 = x2[k + 2];
    for (int j = 0; j < width; j++) {
      double a = w0[j];
      double b = w1[j];
      double c = w2[j];
      out0[j] = Math.fma(x02, c, Math.fma(x01, b, Math.fma(x00, a, out0[j])));
      out1[j] = Math.fma(x12, c, Math.fma(x11, b, Math.fma(x10, a, out1[j])));
      out2[j] = Math.fma(x22, c, Math.fma(x21, b, Math.fma(x20, a, out2[j])));
    }
  }

  private static void oneByThree(
      double[] x, int k, double[] w0, double[] w1, double[] w2, double[] out, int width) {
    double x0 = x[k];
    double x1 = x[k + 1];
    double x2 = x[k + 2];
    for (int j = 0; j < width; j++) {
      out[j] = Math.fma(x2, w2[j], Math.fma(x1, w1[j], Math.fma(x0, w0[j], out[j])));
    }
  }

  private static void oneByOne(double x, double[] w, double[] out, int width) {
    for (int j = 0; j < width; j++) {
      out[j] = Math.fma(x, w[j], out[j]);
    }
  }

  /** {@code Σ w_j x_j²}, in four interleaved partial sums. */
  static double weightedSquare(double[] x, double[] w, int length) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int j = 0;
    for (; j + 3 < length; j += 4) {
      s0 += x[j] * x[j] * w[j];
      s1 += x[j + 1] * x[j + 1] * w[j + 1];
      s2 += x[j + 2] * x[j + 2] * w[j + 2];
      s3 += x[j + 3] * x[j + 3] * w[j + 3];
    }
    for (; j < length; j++) {
      s0 += x[j] * x[j] * w[j];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** {@code Σ x_j y_j}, in four interleaved partial sums. */
  static double dot(double[] x, double[] y, int length) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int j = 0;
    for (; j + 3 < length; j += 4) {
      s0 += x[j] * y[j];
      s1 += x[j + 1] * y[j + 1];
      s2 += x[j + 2] * y[j + 2];
      s3 += x[j + 3] * y[j + 3];
    }
    for (; j < length; j++) {
      s0 += x[j] * y[j];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** The transposed matrix. */
  static double[][] transpose(double[][] matrix, int columns) {
    double[][] transposed = new double[columns][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < columns; j++) {
        transposed[j][i] = matrix[i][j];
      }
    }
    return transposed;
  }

  /** {@code x·w}. */
  static double[][] of(double[][] x, double[][] w, int width) {
    double[][] out = new double[x.length][width];
    add(x, w, out, x.length, width);
    return out;
  }

  /** A copy of a matrix. */
  static double[][] copy(double[][] matrix) {
    double[][] copy = new double[matrix.length][];
    for (int i = 0; i < matrix.length; i++) {
      copy[i] = matrix[i].clone();
    }
    return copy;
  }
}
