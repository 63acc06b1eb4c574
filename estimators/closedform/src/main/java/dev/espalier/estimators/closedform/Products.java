package dev.espalier.estimators.closedform;

/**
 * Products of dense matrices whose rows are arrays.
 *
 * <p>Every element is summed in the order of the inner index, each term by one fused multiply-add,
 * whatever other rows are there, so a row of a product depends on that row of the left factor
 * alone, bit for bit.
 *
 * <p>The loops have one array per row and a bare index, and load everything before they store: the
 * form that the JIT compiler vectorises. That of Java 17 leaves a loop as scalars that it inlines
 * into another one, or that was short while its turns were counted. So the loop that most time goes
 * into stands twice, for narrow products and for wide ones, in a method too long to be inlined.
 */
public final class Products {

  /** The least width of a product for loops that are worth vectors. */
  private static final int WIDE = 24;

  private Products() {}

  /**
   * Adds {@code x·w} to {@code out}, for the first {@code rows} rows of {@code x} and {@code out}.
   *
   * @param w as many rows as {@code x} has columns that take part, each of {@code width} values
   */
  static void add(double[][] x, double[][] w, double[][] out, int rows, int width) {
    add(x, 0, w, w.length, out, 0, rows, width);
  }

  /**
   * Adds a product: {@code out[out0+i][j] += Σ_k x[x0+i][k]·w[k][j]}.
   *
   * <p>The wider it is, the faster: wide sums run in vectors. {@code out} must be other arrays than
   * the factors.
   *
   * @param x0 the first row of {@code x} that takes part
   * @param terms the number of terms k
   * @param out0 the first row of {@code out} that takes part
   * @param rows the number of rows i
   * @param width the number of columns j
   */
  public static void add(
      double[][] x,
      int x0,
      double[][] w,
      int terms,
      double[][] out,
      int out0,
      int rows,
      int width) {
    int i = 0;
    for (; i + 3 <= rows; i += 3) {
      double[] p = x[x0 + i];
      double[] q = x[x0 + i + 1];
      double[] r = x[x0 + i + 2];
      double[] a = out[out0 + i];
      double[] b = out[out0 + i + 1];
      double[] c = out[out0 + i + 2];
      int k = 0;
      for (; k + 3 <= terms; k += 3) {
        three(p, q, r, w, k, a, b, c, width);
      }
      for (; k < terms; k++) {
        oneByOne(p[k], w[k], a, width);
        oneByOne(q[k], w[k], b, width);
        oneByOne(r[k], w[k], c, width);
      }
    }
    for (; i < rows; i++) {
      double[] p = x[x0 + i];
      double[] a = out[out0 + i];
      int k = 0;
      for (; k + 3 <= terms; k += 3) {
        one(a, w[k], w[k + 1], w[k + 2], p[k], p[k + 1], p[k + 2], width);
      }
      for (; k < terms; k++) {
        oneByOne(p[k], w[k], a, width);
      }
    }
  }

  private static void three(
      double[] p,
      double[] q,
      double[] r,
      double[][] w,
      int k,
      double[] a,
      double[] b,
      double[] c,
      int width) {
    double[] u = w[k];
    double[] v = w[k + 1];
    double[] x = w[k + 2];
    double pu = p[k];
    double pv = p[k + 1];
    double px = p[k + 2];
    double qu = q[k];
    double qv = q[k + 1];
    double qx = q[k + 2];
    double ru = r[k];
    double rv = r[k + 1];
    double rx = r[k + 2];
    if (width < WIDE) {
      for (int j = 0; j < width; j++) {
        double f = u[j];
        double g = v[j];
        double h = x[j];
        double s = a[j];
        double t = b[j];
        double z = c[j];
        a[j] = Math.fma(px, h, Math.fma(pv, g, Math.fma(pu, f, s)));
        b[j] = Math.fma(qx, h, Math.fma(qv, g, Math.fma(qu, f, t)));
        c[j] = Math.fma(rx, h, Math.fma(rv, g, Math.fma(ru, f, z)));
      }
    } else {
      for (int j = 0; j < width; j++) {
        double f = u[j];
        double g = v[j];
        double h = x[j];
        double s = a[j];
        double t = b[j];
        double z = c[j];
        a[j] = Math.fma(px, h, Math.fma(pv, g, Math.fma(pu, f, s)));
        b[j] = Math.fma(qx, h, Math.fma(qv, g, Math.fma(qu, f, t)));
        c[j] = Math.fma(rx, h, Math.fma(rv, g, Math.fma(ru, f, z)));
      }
    }
  }

  private static void one(
      double[] a, double[] u, double[] v, double[] w, double au, double av, double aw, int width) {
    for (int j = 0; j < width; j++) {
      a[j] = Math.fma(aw, w[j], Math.fma(av, v[j], Math.fma(au, u[j], a[j])));
    }
  }

  private static void oneByOne(double factor, double[] u, double[] a, int width) {
    for (int j = 0; j < width; j++) {
      a[j] = Math.fma(factor, u[j], a[j]);
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
