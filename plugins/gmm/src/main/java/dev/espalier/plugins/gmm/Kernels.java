package dev.espalier.plugins.gmm;

/**
 * The inner loops, each over separate arrays with one bare index, so that the compiler vectorises
 * them. Every output element is summed in a fixed order by fused multiply-adds.
 */
final class Kernels {

  private Kernels() {}

  /** Three outputs from three inputs: {@code y_p += Σ_q w[p][at + q]·x_q}. */
  static void product(
      int n, double[][] y, int at, double[][] x, int from, double[][] w, int first) {
    double[] y0 = y[at];
    double[] y1 = y[at + 1];
    double[] y2 = y[at + 2];
    double[] w0 = w[first];
    double[] w1 = w[first + 1];
    double[] w2 = w[first + 2];
    product(
        n,
        y0,
        y1,
        y2,
        x[from],
        x[from + 1],
        x[from + 2],
        w0[from],
        w0[from + 1],
        w0[from + 2],
        w1[from],
        w1[from + 1],
        w1[from + 2],
        w2[from],
        w2[from + 1],
        w2[from + 2]);
  }

  private static void product(
      int n,
      double[] y0,
      double[] y1,
      double[] y2,
      double[] x0,
      double[] x1,
      double[] x2,
      double a0,
      double a1,
      double a2,
      double b0,
      double b1,
      double b2,
      double c0,
      double c1,
      double c2) {
    for (int i = 0; i < n; i++) {
      y0[i] = Math.fma(a2, x2[i], Math.fma(a1, x1[i], Math.fma(a0, x0[i], y0[i])));
      y1[i] = Math.fma(b2, x2[i], Math.fma(b1, x1[i], Math.fma(b0, x0[i], y1[i])));
      y2[i] = Math.fma(c2, x2[i], Math.fma(c1, x1[i], Math.fma(c0, x0[i], y2[i])));
    }
  }

  /** {@code out += Σ_p (y_p − m_p)²} over three arrays. */
  static void squares(
      int n, double[] out, double[] y0, double[] y1, double[] y2, double m0, double m1, double m2) {
    for (int i = 0; i < n; i++) {
      double e0 = y0[i] - m0;
      double e1 = y1[i] - m1;
      double e2 = y2[i] - m2;
      out[i] = Math.fma(e2, e2, Math.fma(e1, e1, Math.fma(e0, e0, out[i])));
    }
  }

  /** {@code out += v·(y − m)²}. */
  static void square(int n, double[] out, double[] y, double m, double v) {
    for (int i = 0; i < n; i++) {
      double e = y[i] - m;
      out[i] = Math.fma(v * e, e, out[i]);
    }
  }

  /** {@code out += r0·f0 + … + r3·f3}. */
  static void add4(
      int n,
      double[] out,
      double r0,
      double[] f0,
      double r1,
      double[] f1,
      double r2,
      double[] f2,
      double r3,
      double[] f3) {
    for (int i = 0; i < n; i++) {
      out[i] =
          Math.fma(
              r3, f3[i], Math.fma(r2, f2[i], Math.fma(r1, f1[i], Math.fma(r0, f0[i], out[i]))));
    }
  }

  /** {@code out += r·f}. */
  static void add(int n, double[] out, double r, double[] f) {
    for (int i = 0; i < n; i++) {
      out[i] = Math.fma(r, f[i], out[i]);
    }
  }

  /** {@code best = max(best, x)}. */
  static void max(int n, double[] best, double[] x) {
    for (int i = 0; i < n; i++) {
      best[i] = Math.max(best[i], x[i]);
    }
  }
}
