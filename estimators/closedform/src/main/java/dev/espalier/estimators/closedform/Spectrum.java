package dev.espalier.estimators.closedform;

import dev.espalier.api.NoiseLevel;

/** Variances of independent directions at a noise level. */
final class Spectrum {

  private static final double LOG_TWO = 0.6931471805599453;

  private Spectrum() {}

  /**
   * Writes, for every variance λ, the inverse {@code 1/(a²λ + b)}, the gain {@code aλ/(a²λ + b)}
   * and whether the direction has no variance at this level (1 or 0; then the other two are 0).
   *
   * @return {@code Σ log(a²λ + b)} over the others, by one logarithm of their product, whose power
   *     of two is counted apart
   */
  static double at(
      NoiseLevel level, double[] variances, double[] inverse, double[] gain, double[] outside) {
    double a = level.a();
    double b = level.b();
    double product = 1;
    long exponent = 0;
    for (int j = 0; j < variances.length; j++) {
      double total = a * a * variances[j] + b;
      if (total > 0) {
        inverse[j] = 1 / total;
        gain[j] = b == 0 ? 1 / a : a * variances[j] * inverse[j];
        outside[j] = 0;
        int power = Math.getExponent(total);
        product *= Math.scalb(total, -power);
        exponent += power;
        if (product > 0x1p500) {
          product *= 0x1p-500;
          exponent += 500;
        }
      } else {
        inverse[j] = 0;
        gain[j] = 0;
        outside[j] = 1;
      }
    }
    return StrictMath.log(product) + exponent * LOG_TWO;
  }
}
