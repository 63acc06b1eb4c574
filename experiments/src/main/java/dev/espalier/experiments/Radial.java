package dev.espalier.experiments;

/** Lengths of normal vectors, and what they tell of laws in many dimensions. */
final class Radial {
  private static final int POINTS = 4000;

  private Radial() {}

  /** {@code log Γ(d/2)} for whole {@code d ≥ 1}, by the recursion of Γ. */
  static double logGammaOfHalf(int d) {
    double sum = d % 2 == 0 ? 0 : 0.5 * StrictMath.log(Math.PI);
    for (int k = d % 2 == 0 ? 2 : 1; k < d; k += 2) {
      sum += StrictMath.log(0.5 * k);
    }
    return sum;
  }

  /** The logarithm of the surface of the unit sphere in {@code d} dimensions. */
  static double logSphere(int d) {
    return StrictMath.log(2) + 0.5 * d * StrictMath.log(Math.PI) - logGammaOfHalf(d);
  }

  /**
   * Total variation between {@code N(0, s·I)} and {@code N(0, ratio·s·I)} in {@code d} dimensions:
   * the probability of the lengths between zero or infinity and where the densities cross.
   */
  static double ofScales(double ratio, int d) {
    if (ratio == 1) {
      return 0;
    }
    double square = d * ratio * StrictMath.log(ratio) / (ratio - 1);
    double one = Math.sqrt(square);
    double other = Math.sqrt(square / ratio);
    double step = (one - other) / POINTS;
    double sum = 0;
    for (int k = 0; k <= POINTS; k++) {
      double weight = k == 0 || k == POINTS ? 1 : k % 2 == 1 ? 4 : 2;
      sum += weight * lengthDensity(other + k * step, d);
    }
    return Math.abs(sum * step / 3);
  }

  /** The density of the length of a standard normal vector. */
  private static double lengthDensity(double length, int d) {
    double log =
        logSphere(d)
            - 0.5 * d * StrictMath.log(2 * Math.PI)
            + (d - 1) * StrictMath.log(length)
            - 0.5 * length * length;
    return StrictMath.exp(log);
  }
}
