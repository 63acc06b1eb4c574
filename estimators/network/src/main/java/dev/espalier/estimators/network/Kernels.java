package dev.espalier.estimators.network;

import java.util.ServiceLoader;

/**
 * The plain form of the kernels, as the JVM's compiler vectorises it, and loops with no other form.
 *
 * <p>A matrix is an array of rows, and every inner loop walks several rows with one bare index: the
 * compiler of Java 17 vectorises neither offsets that differ nor bodies that store before they have
 * loaded everything. Three rows by three terms keep the most arithmetic in flight on Java 17 and 25
 * alike; {@code KernelsTest} holds the reference of each loop.
 *
 * <p>Every element of a product sums its terms in ascending order, each by one fused multiply-add,
 * whatever the block it falls into. So its bits depend on its own terms alone.
 */
final class Kernels implements MatrixKernels {

  /** The one instance. */
  static final MatrixKernels PLAIN = new Kernels();

  /** The least width of a product for loops that are worth vectors. */
  private static final int WIDE = 32;

  private Kernels() {}

  /** Found once: what runs here does not change. */
  static final class Fastest {
    static final MatrixKernels FOUND = find();

    private Fastest() {}

    private static MatrixKernels find() {
      ClassLoader own = MatrixKernels.class.getClassLoader();
      for (MatrixKernels each : ServiceLoader.load(MatrixKernels.class, own)) {
        if (each.available()) {
          return each;
        }
      }
      return PLAIN;
    }
  }

  @Override
  public boolean available() {
    return true;
  }

  @Override
  public void addProduct(
      float[][] a,
      int a0,
      float[][] b,
      int b0,
      float[][] c,
      int c0,
      int rows,
      int terms,
      int width) {
    int i = 0;
    for (; i + 3 <= rows; i += 3) {
      float[] p = a[a0 + i];
      float[] q = a[a0 + i + 1];
      float[] r = a[a0 + i + 2];
      float[] x = c[c0 + i];
      float[] y = c[c0 + i + 1];
      float[] z = c[c0 + i + 2];
      int k = 0;
      for (; k + 3 <= terms; k += 3) {
        threeByThree(false, p, q, r, k, b, b0 + k, x, y, z, width);
      }
      for (; k < terms; k++) {
        threeByOne(x, y, z, b[b0 + k], p[k], q[k], r[k], width);
      }
    }
    for (; i < rows; i++) {
      float[] p = a[a0 + i];
      float[] x = c[c0 + i];
      int k = 0;
      for (; k + 3 <= terms; k += 3) {
        oneByThree(x, b[b0 + k], b[b0 + k + 1], b[b0 + k + 2], p[k], p[k + 1], p[k + 2], width);
      }
      for (; k < terms; k++) {
        addMultiple(x, b[b0 + k], p[k], width);
      }
    }
  }

  @Override
  public void addTransposedProduct(
      float[][] a,
      int a0,
      float[][] b,
      int b0,
      float[][] c,
      int c0,
      int rows,
      int terms,
      int width) {
    int i = 0;
    for (; i + 3 <= rows; i += 3) {
      float[] x = c[c0 + i];
      float[] y = c[c0 + i + 1];
      float[] z = c[c0 + i + 2];
      int k = 0;
      for (; k + 3 <= terms; k += 3) {
        float[] u = a[a0 + k];
        threeByThree(true, u, a[a0 + k + 1], a[a0 + k + 2], i, b, b0 + k, x, y, z, width);
      }
      for (; k < terms; k++) {
        float[] u = a[a0 + k];
        threeByOne(x, y, z, b[b0 + k], u[i], u[i + 1], u[i + 2], width);
      }
    }
    for (; i < rows; i++) {
      float[] x = c[c0 + i];
      int k = 0;
      for (; k + 3 <= terms; k += 3) {
        float[] u = b[b0 + k];
        float pu = a[a0 + k][i];
        oneByThree(
            x, u, b[b0 + k + 1], b[b0 + k + 2], pu, a[a0 + k + 1][i], a[a0 + k + 2][i], width);
      }
      for (; k < terms; k++) {
        addMultiple(x, b[b0 + k], a[a0 + k][i], width);
      }
    }
  }

  /**
   * Adds three terms to three rows; the factors of a row stand beside each other in {@code f},
   * {@code g} or {@code h}, or turned, those of a term do.
   *
   * <p>The compiler of Java 17 leaves a loop as scalars that it inlines into another one, or that
   * was short while its turns were counted. So this method is too long to be inlined, and narrow
   * products have a loop of their own.
   */
  private static void threeByThree(
      boolean turned,
      float[] f,
      float[] g,
      float[] h,
      int at,
      float[][] b,
      int b0,
      float[] x,
      float[] y,
      float[] z,
      int width) {
    float[] u = b[b0];
    float[] v = b[b0 + 1];
    float[] w = b[b0 + 2];
    float pu = f[at];
    float pv = turned ? g[at] : f[at + 1];
    float pw = turned ? h[at] : f[at + 2];
    float qu = turned ? f[at + 1] : g[at];
    float qv = g[at + 1];
    float qw = turned ? h[at + 1] : g[at + 2];
    float ru = turned ? f[at + 2] : h[at];
    float rv = turned ? g[at + 2] : h[at + 1];
    float rw = h[at + 2];
    if (width < WIDE) {
      for (int j = 0; j < width; j++) {
        float l = u[j];
        float m = v[j];
        float n = w[j];
        float s = x[j];
        float t = y[j];
        float o = z[j];
        x[j] = Math.fma(pw, n, Math.fma(pv, m, Math.fma(pu, l, s)));
        y[j] = Math.fma(qw, n, Math.fma(qv, m, Math.fma(qu, l, t)));
        z[j] = Math.fma(rw, n, Math.fma(rv, m, Math.fma(ru, l, o)));
      }
    } else {
      for (int j = 0; j < width; j++) {
        float l = u[j];
        float m = v[j];
        float n = w[j];
        float s = x[j];
        float t = y[j];
        float o = z[j];
        x[j] = Math.fma(pw, n, Math.fma(pv, m, Math.fma(pu, l, s)));
        y[j] = Math.fma(qw, n, Math.fma(qv, m, Math.fma(qu, l, t)));
        z[j] = Math.fma(rw, n, Math.fma(rv, m, Math.fma(ru, l, o)));
      }
    }
  }

  private static void threeByOne(
      float[] x, float[] y, float[] z, float[] u, float pu, float qu, float ru, int width) {
    for (int j = 0; j < width; j++) {
      float f = u[j];
      float l = x[j];
      float m = y[j];
      float n = z[j];
      x[j] = Math.fma(pu, f, l);
      y[j] = Math.fma(qu, f, m);
      z[j] = Math.fma(ru, f, n);
    }
  }

  private static void oneByThree(
      float[] x, float[] u, float[] v, float[] w, float pu, float pv, float pw, int width) {
    for (int j = 0; j < width; j++) {
      x[j] = Math.fma(pw, w[j], Math.fma(pv, v[j], Math.fma(pu, u[j], x[j])));
    }
  }

  /** Adds a row: {@code x[j] += u[j]}. */
  static void add(float[] x, float[] u, int width) {
    for (int j = 0; j < width; j++) {
      x[j] += u[j];
    }
  }

  /** Adds rows {@code from} to {@code to} (exclusive) of a matrix, one after the other. */
  static void addRows(float[] x, float[][] u, int from, int to, int width) {
    int i = from;
    for (; i + 3 <= to; i += 3) {
      addThree(x, u[i], u[i + 1], u[i + 2], width);
    }
    for (; i < to; i++) {
      add(x, u[i], width);
    }
  }

  private static void addThree(float[] x, float[] u, float[] v, float[] w, int width) {
    for (int j = 0; j < width; j++) {
      x[j] = ((x[j] + u[j]) + v[j]) + w[j];
    }
  }

  @Override
  public float dot(float[] u, float[] v, int width) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int j = 0;
    for (; j + 8 <= width; j += 8) {
      s0 = Math.fma(u[j], v[j], s0);
      s1 = Math.fma(u[j + 1], v[j + 1], s1);
      s2 = Math.fma(u[j + 2], v[j + 2], s2);
      s3 = Math.fma(u[j + 3], v[j + 3], s3);
      s4 = Math.fma(u[j + 4], v[j + 4], s4);
      s5 = Math.fma(u[j + 5], v[j + 5], s5);
      s6 = Math.fma(u[j + 6], v[j + 6], s6);
      s7 = Math.fma(u[j + 7], v[j + 7], s7);
    }
    for (; j < width; j++) {
      s0 = Math.fma(u[j], v[j], s0);
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  /** Multiplies by a row: {@code x[j] *= u[j]}. */
  static void multiply(float[] x, float[] u, int width) {
    for (int j = 0; j < width; j++) {
      x[j] *= u[j];
    }
  }

  /** Adds a multiple of a row: {@code x[j] += factor·u[j]}. */
  static void addMultiple(float[] x, float[] u, float factor, int width) {
    for (int j = 0; j < width; j++) {
      x[j] = Math.fma(factor, u[j], x[j]);
    }
  }

  /** Writes the transpose: {@code b[j][i] = a[i][j]}, in tiles that stay in the cache. */
  static void transpose(float[][] a, float[][] b, int rows, int columns) {
    for (int i0 = 0; i0 < rows; i0 += 16) {
      int i1 = Math.min(rows, i0 + 16);
      for (int j = 0; j < columns; j++) {
        float[] out = b[j];
        for (int i = i0; i < i1; i++) {
          out[i] = a[i][j];
        }
      }
    }
  }

  @Override
  public void silu(float[] z, float[] work, float[] value, float[] slope, int width) {
    halfClamped(z, work, width);
    tanh(work, width);
    valueAndSlope(z, work, value, slope, width);
  }

  @Override
  public void siluValue(float[] z, float[] work, float[] value, int width) {
    halfClamped(z, work, width);
    tanh(work, width);
    for (int j = 0; j < width; j++) {
      value[j] = z[j] * Math.fma(0.5f, work[j], 0.5f);
    }
  }

  private static void halfClamped(float[] z, float[] t, int width) {
    for (int j = 0; j < width; j++) {
      t[j] = Math.max(-Tanh.LIMIT, Math.min(Tanh.LIMIT, 0.5f * z[j]));
    }
  }

  private static void tanh(float[] t, int width) {
    for (int j = 0; j < width; j++) {
      float x = t[j];
      float u = x * x;
      t[j] =
          x
              * Math.fma(
                  u,
                  Math.fma(u, Math.fma(u, Math.fma(u, Tanh.P4, Tanh.P3), Tanh.P2), Tanh.P1),
                  Tanh.P0)
              / Math.fma(
                  u, Math.fma(u, Math.fma(u, Math.fma(u, Tanh.Q4, Tanh.Q3), Tanh.Q2), Tanh.Q1), 1f);
    }
  }

  private static void valueAndSlope(
      float[] z, float[] tanh, float[] value, float[] slope, int width) {
    for (int j = 0; j < width; j++) {
      float sigmoid = Math.fma(0.5f, tanh[j], 0.5f);
      float y = z[j] * sigmoid;
      value[j] = y;
      slope[j] = Math.fma(y, 1f - sigmoid, sigmoid);
    }
  }

  /** The sum of squares, in four lanes added in order. */
  static double sumOfSquares(float[] x) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int j = 0;
    for (; j + 4 <= x.length; j += 4) {
      s0 += (double) x[j] * x[j];
      s1 += (double) x[j + 1] * x[j + 1];
      s2 += (double) x[j + 2] * x[j + 2];
      s3 += (double) x[j + 3] * x[j + 3];
    }
    for (; j < x.length; j++) {
      s0 += (double) x[j] * x[j];
    }
    return (s0 + s1) + (s2 + s3);
  }

  @Override
  public void move(
      float[] gradient,
      float[] first,
      float[] second,
      float[] w,
      float[] average,
      int from,
      int to,
      Move move) {
    float shorten = move.shorten();
    float keepFirst = move.keepFirst();
    float keepSecond = move.keepSecond();
    float rate = move.rate();
    float secondScale = move.secondScale();
    float shrink = move.shrink();
    float share = move.share();
    for (int j = from; j < to; j++) {
      float g = gradient[j] * shorten;
      float m = first[j];
      float v = second[j];
      float before = w[j];
      float mean = average[j];
      float square = g * g;
      float newFirst = Math.fma(keepFirst, m - g, g);
      float newSecond = Math.fma(keepSecond, v - square, square);
      float deviation = (float) Math.sqrt(newSecond * secondScale) + 1e-8f;
      float after = Math.fma(-rate, newFirst / deviation, before * shrink);
      first[j] = newFirst;
      second[j] = newSecond;
      w[j] = after;
      average[j] = Math.fma(share, after - mean, mean);
    }
  }
}
