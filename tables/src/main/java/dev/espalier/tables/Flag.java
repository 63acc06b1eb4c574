package dev.espalier.tables;

import java.util.Arrays;
import tools.jackson.databind.node.ObjectNode;

/**
 * A yes or no as a number: 1 or 0 plus a jitter below {@value #JITTER}, read back by a threshold.
 *
 * <p>The jitter keeps the law of the numbers from collapsing onto two points. The threshold may be
 * moved to where drawn numbers lie above it as often as the data say yes; it stays between the two
 * jittered values, so encoded data decode exactly wherever it is.
 */
final class Flag {

  static final double JITTER = 0.25;

  private static final double NEAREST = 0.27;

  private final double share;
  private final double threshold;

  private Flag(double share, double threshold) {
    this.share = share;
    this.threshold = threshold;
  }

  /** A flag that says yes in this share of the rows. */
  static Flag of(double share) {
    return new Flag(share, 0.5);
  }

  static Flag read(Json.Part part) {
    part.only("share", "threshold");
    Flag flag = new Flag(part.get("share").number(), part.get("threshold").number());
    boolean sound =
        flag.share >= 0
            && flag.share <= 1
            && flag.threshold >= NEAREST
            && flag.threshold <= 1 - NEAREST;
    if (!sound) {
      throw part.need("a share from 0 to 1 and a threshold close to 0.5");
    }
    return flag;
  }

  /**
   * The number for a yes or no.
   *
   * @param u uniform in (0, 1)
   */
  static double encode(boolean yes, double u) {
    return (yes ? 1 : 0) + 2 * JITTER * (u - 0.5);
  }

  boolean decode(double value) {
    return value > threshold;
  }

  /** This flag with the threshold that drawn numbers exceed in the share of the data. */
  Flag calibrated(double[] drawn) {
    double[] sorted = drawn.clone();
    Arrays.sort(sorted);
    int below = (int) Math.rint((1 - share) * sorted.length);
    double at =
        below == 0 ? 0 : below == sorted.length ? 1 : sorted[below - 1] / 2 + sorted[below] / 2;
    return new Flag(share, Math.max(NEAREST, Math.min(1 - NEAREST, at)));
  }

  ObjectNode toJson() {
    return Json.object()
        .put("share", Decimals.exact(share))
        .put("threshold", Decimals.exact(threshold));
  }
}
