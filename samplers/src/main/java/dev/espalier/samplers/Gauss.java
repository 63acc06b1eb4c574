package dev.espalier.samplers;

/** Gauss's rule with eight nodes for integrals that are weighed by {@code exp(s − h)}. */
final class Gauss {
  private static final double[] HALF_NODES = {
    0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363
  };
  private static final double[] HALF_WEIGHTS = {
    0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763
  };

  /** The number of nodes. */
  static final int NODES = 8;

  private Gauss() {}

  /** Node {@code k}, as a share of the interval. */
  static double node(int k) {
    return 0.5 + (k < 4 ? -0.5 * HALF_NODES[3 - k] : 0.5 * HALF_NODES[k - 4]);
  }

  /** The weight of node {@code k} in {@code ∫ exp(s − h)·f(s) ds} over [0, h]. */
  static double weight(int k, double h) {
    double plain = 0.5 * h * (k < 4 ? HALF_WEIGHTS[3 - k] : HALF_WEIGHTS[k - 4]);
    return plain * StrictMath.exp(h * (node(k) - 1));
  }
}
