package dev.espalier.plugins.subspace;

/** Sums of products, each in an order of its own that nothing else changes. */
final class Vectors {

  private Vectors() {}

  /** {@code x·y}, in four interleaved partial sums. */
  static double dot(double[] x, double[] y) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int length = x.length;
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

  /** Adds {@code factor·x} to {@code out}. */
  static void add(double factor, double[] x, double[] out) {
    for (int j = 0; j < out.length; j++) {
      out[j] = out[j] + factor * x[j];
    }
  }

  /** Multiplies by a number. */
  static void scale(double factor, double[] x) {
    for (int j = 0; j < x.length; j++) {
      x[j] *= factor;
    }
  }

  /** {@code x·y} of matrices whose rows are arrays. */
  static double[][] product(double[][] x, double[][] y, int width) {
    double[][] out = new double[x.length][width];
    for (int i = 0; i < x.length; i++) {
      for (int k = 0; k < y.length; k++) {
        add(x[i][k], y[k], out[i]);
      }
    }
    return out;
  }

  /** {@code x·y}. */
  static double[] product(double[][] x, double[] y) {
    double[] out = new double[x.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = dot(x[i], y);
    }
    return out;
  }

  static double[][] transpose(double[][] matrix, int columns) {
    double[][] out = new double[columns][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < columns; j++) {
        out[j][i] = matrix[i][j];
      }
    }
    return out;
  }

  /**
   * Makes {@code vectors[k]} orthogonal to those before it and of length 1, by Gram–Schmidt with a
   * second sweep.
   *
   * @return its length orthogonal to the others before that; at 0 it is left as it is
   */
  static double orthonormalise(double[][] vectors, int k) {
    double[] vector = vectors[k];
    for (int sweep = 0; sweep < 2; sweep++) {
      for (int l = 0; l < k; l++) {
        add(-dot(vectors[l], vector), vectors[l], vector);
      }
    }
    double length = Math.sqrt(dot(vector, vector));
    if (length > 0) {
      scale(1 / length, vector);
      for (int l = 0; l < k; l++) {
        add(-dot(vectors[l], vector), vectors[l], vector);
      }
      scale(1 / Math.sqrt(dot(vector, vector)), vector);
    }
    return length;
  }
}
