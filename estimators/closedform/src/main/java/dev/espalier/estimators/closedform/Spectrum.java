package dev.espalier.estimators.closedform;

import dev.espalier.api.NoiseLevel;

/** Variances of independent directions at a noise level. */
final class Spectrum {

  private Spectrum() {}

  /**
   * Writes, for every variance λ, the inverse {@code 1/(a²λ + b)}, the gain {@code aλ/(a²λ + b)}
   * and whether the direction has no variance at this level (1 or 0; then the other two are 0).
   *
   * @return {@code Σ log(a²λ + b)} over the others
   */
  static double at(
      NoiseLevel level, double[] variances, double[] inverse, double[] gain, double[] outside) {
    double a = level.a();
    double b = level.b();
    double sum = 0;
    for (int j = 0; j < variances.length; j++) {
      double total = a * a * variances[j] + b;
      boolean positive = total > 0;
      inverse[j] = positive ? 1 / total : 0;
      gain[j] = !positive ? 0 : b == 0 ? 1 / a : a * variances[j] / total;
      outside[j] = positive ? 0 : 1;
      sum += positive ? StrictMath.log(total) : 0;
    }
    return sum;
  }
}
