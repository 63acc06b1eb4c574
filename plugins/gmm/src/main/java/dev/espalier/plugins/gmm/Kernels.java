package dev.espalier.plugins.gmm;

/**
 * The inner loops, each over separate arrays with one bare index, so that the compiler vectorises
 * them. Every output element is summed in a fixed order by fused multiply-adds.
 */
final class Kernels {

  private static final double LOG2_E = 1.4426950408889634;

  /** The logarithm of 2 in two parts, the first with 33 bits, so that its multiples are exact. */
  private static final double LN2_HIGH = 0.6931471803691238;

  private static final double LN2_LOW = 1.9082149292705877e-10;

  /** Adding and subtracting this rounds to whole numbers. */
  private static final double ROUND = 0x1.8p52;

  /** Powers of two: {@code 2⁻ⁿ}. */
  private static final double[] POWERS = powers();

  private Kernels() {}

  private static double[] powers() {
    double[] powers = new double[64];
    for (int n = 0; n < powers.length; n++) {
      powers[n] = Math.scalb(1.0, -n);
    }
    return powers;
  }

  /**
   * Overwrites {@code x}, at most 0, with its exponential, and with 0 below −40; within 2 units in
   * the last place.
   *
   * <p>With x = n·log 2 + r the exponential of r, |r| ≤ log(2)/2, is its Taylor polynomial of
   * degree 13, whose rest is below 5e-18.
   *
   * @param power scratch
   */
  static void exp(int n, double[] x, double[] power) {
    for (int i = 0; i < n; i++) {
      double bounded = Math.max(x[i], -41);
      double k = Math.fma(bounded, LOG2_E, ROUND) - ROUND;
      double r = Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, bounded));
      // 0 below -40, without a branch, which the compiler would not make vectors of.
      double kept = Math.max(0, Math.min(1, Math.fma(bounded + 40, 1e16, 1)));
      double p = 1.6059043836821613e-10;
      p = Math.fma(p, r, 2.08767569878681e-9);
      p = Math.fma(p, r, 2.505210838544172e-8);
      p = Math.fma(p, r, 2.755731922398589e-7);
      p = Math.fma(p, r, 2.7557319223985893e-6);
      p = Math.fma(p, r, 2.48015873015873e-5);
      p = Math.fma(p, r, 1.984126984126984e-4);
      p = Math.fma(p, r, 0.001388888888888889);
      p = Math.fma(p, r, 0.008333333333333333);
      p = Math.fma(p, r, 0.041666666666666664);
      p = Math.fma(p, r, 0.16666666666666666);
      p = Math.fma(p, r, 0.5);
      p = Math.fma(p, r, 1);
      power[i] = k;
      x[i] = kept * Math.fma(p, r, 1);
    }
    for (int i = 0; i < n; i++) {
      x[i] *= POWERS[(int) -power[i]];
    }
  }

  /** {@code out += v·(y − m)²}. */
  static void square(int n, double[] out, double[] y, double m, double v) {
    for (int i = 0; i < n; i++) {
      double e = y[i] - m;
      out[i] = Math.fma(v * e, e, out[i]);
    }
  }

  /** {@code out += x² + y² + z²}. */
  static void squares(int n, double[] out, double[] x, double[] y, double[] z) {
    for (int i = 0; i < n; i++) {
      out[i] = Math.fma(z[i], z[i], Math.fma(y[i], y[i], Math.fma(x[i], x[i], out[i])));
    }
  }

  /** {@code out += r·f}. */
  static void add(int n, double[] out, double r, double[] f) {
    for (int i = 0; i < n; i++) {
      out[i] = Math.fma(r, f[i], out[i]);
    }
  }

  /** {@code x −= y}. */
  static void subtract(int n, double[] x, double[] y) {
    for (int i = 0; i < n; i++) {
      x[i] -= y[i];
    }
  }

  /** {@code x *= y}. */
  static void multiply(int n, double[] x, double[] y) {
    for (int i = 0; i < n; i++) {
      x[i] *= y[i];
    }
  }

  /** {@code best = max(best, x)}. */
  static void max(int n, double[] best, double[] x) {
    for (int i = 0; i < n; i++) {
      best[i] = Math.max(best[i], x[i]);
    }
  }
}
