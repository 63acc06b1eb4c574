package dev.espalier.tables;

import tools.jackson.databind.node.ObjectNode;

/**
 * The values that a column of numbers may take when decoded.
 *
 * <p>What lies beyond an end is folded back, so that no mass piles up there, unless the data
 * themselves pile up at that end.
 *
 * @param low finite
 * @param high finite, at least {@code low}
 * @param atLow whether the data pile up at the low end
 * @param atHigh whether they do at the high end
 */
record Bounds(double low, double high, boolean atLow, boolean atHigh) {

  private static final double PILE = 0.02;

  /** The bounds for these numbers, sorted and without missing ones. */
  static Bounds of(Field field, double[] sorted, EncoderOptions.Limits limits) {
    double least = sorted[0];
    double greatest = sorted[sorted.length - 1];
    boolean free = limits == EncoderOptions.Limits.FREE;
    double low = free ? field.notation().least() : least;
    double high = free ? field.notation().greatest() : greatest;
    if (!Double.isInfinite(field.low())) {
      low = free ? field.low() : Math.max(low, field.low());
    }
    if (!Double.isInfinite(field.high())) {
      high = free ? field.high() : Math.min(high, field.high());
    }
    int atLow = 0;
    int atHigh = 0;
    for (double value : sorted) {
      atLow += value == low ? 1 : 0;
      atHigh += value == high ? 1 : 0;
    }
    return new Bounds(low, high, piles(atLow, sorted.length), piles(atHigh, sorted.length));
  }

  private static boolean piles(int count, int all) {
    return count >= 2 && count >= PILE * all;
  }

  /**
   * The value brought inside.
   *
   * @param margin how far beyond an end a value still rounds to it
   */
  double inside(double value, double margin) {
    double inside = value;
    for (int times = 0; times < 4; times++) {
      if (inside < low - margin) {
        inside = atLow ? low : 2 * (low - margin) - inside;
      } else if (inside > high + margin) {
        inside = atHigh ? high : 2 * (high + margin) - inside;
      }
    }
    return clamped(inside);
  }

  double clamped(double value) {
    return Math.max(low, Math.min(high, value));
  }

  static Bounds read(Json.Part part) {
    part.only("low", "high", "atLow", "atHigh");
    Bounds bounds =
        new Bounds(
            part.get("low").number(),
            part.get("high").number(),
            part.get("atLow").truth(),
            part.get("atHigh").truth());
    if (!(bounds.low <= bounds.high)) {
      throw part.need("low <= high");
    }
    return bounds;
  }

  ObjectNode toJson() {
    return Json.object()
        .put("low", Decimals.exact(low))
        .put("high", Decimals.exact(high))
        .put("atLow", atLow)
        .put("atHigh", atHigh);
  }
}
