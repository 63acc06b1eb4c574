package dev.espalier.tables;

import tools.jackson.databind.node.ObjectNode;

/**
 * Numbers minus their mean, divided by their standard deviation.
 *
 * <p>Values on a grid stand for the interval around them, of which one point is taken
 * (dequantisation), so that their law is a density and rounding brings them back. Everything is
 * computed in steps of the grid, or in shares of the range, from the least value on, so that
 * neither tiny nor huge numbers lose digits.
 */
final class StandardLine implements NumberLine {

  static final String NAME = "standardised";

  /** A grid so fine against its range that its values are as good as a continuum. */
  private static final double FINE = 0x1p40;

  private static final double INTERVAL = 1 - 0x1p-10;

  private final Notation notation;
  private final Bounds bounds;
  private final double origin;
  private final double scale;
  private final double mean;
  private final double sd;
  private final boolean dequantised;

  private StandardLine(
      Notation notation, Bounds bounds, double origin, double scale, double[] meanAndSd) {
    this.notation = notation;
    this.bounds = bounds;
    this.origin = origin;
    this.scale = scale;
    this.mean = meanAndSd[0];
    this.sd = meanAndSd[1];
    this.dequantised = notation.unit() > 0 && (bounds.high() - bounds.low()) / scale < FINE;
  }

  /** The line of these numbers, sorted, without missing ones, not all equal. */
  static StandardLine of(Field field, double[] sorted, EncoderOptions.Limits limits) {
    Notation notation = field.notation();
    double origin = sorted[0];
    double last = sorted[sorted.length - 1];
    double range = last - origin;
    double scale = notation.unit() > 0 ? notation.unit() : range;
    scale = Double.isInfinite(scale) ? Double.MAX_VALUE : scale;
    double sum = 0;
    for (double value : sorted) {
      sum += share(value, origin, scale);
    }
    double mean = sum / sorted.length;
    double squares = 0;
    for (double value : sorted) {
      double deviation = share(value, origin, scale) - mean;
      squares += deviation * deviation;
    }
    boolean grid = notation.unit() > 0;
    double sd = Math.sqrt(squares / sorted.length + (grid ? INTERVAL * INTERVAL / 12 : 0));
    Bounds bounds = Bounds.of(field, sorted, limits);
    return new StandardLine(notation, bounds, origin, scale, new double[] {mean, sd});
  }

  /** {@code (value − origin)/scale}, also where the difference overflows. */
  private static double share(double value, double origin, double scale) {
    double difference = value - origin;
    return Double.isInfinite(difference) ? value / scale - origin / scale : difference / scale;
  }

  @Override
  public double encode(double value, double u) {
    double y = share(value, origin, scale);
    if (notation.unit() == 0) {
      return (y - mean) / sd;
    }
    double step = Math.rint(y);
    double z = (step + (dequantised ? INTERVAL * (u - 0.5) : 0) - mean) / sd;
    double read = Math.rint(z * sd + mean);
    for (int tries = 0; tries < 8 && read != step; tries++) {
      z = read < step ? Math.nextUp(z) : Math.nextDown(z);
      read = Math.rint(z * sd + mean);
    }
    return z;
  }

  @Override
  public double decode(double z) {
    double y = z * sd + mean;
    double margin = notation.unit() / 2;
    double value = at(y);
    boolean within = value >= bounds.low() - margin && value <= bounds.high() + margin;
    double kept = within && margin > 0 ? at(Math.rint(y)) : bounds.inside(value, margin);
    return bounds.clamped(notation.snap(kept));
  }

  /** The point of a number on the scale, off the grid too. */
  private double point(double value) {
    return (share(value, origin, scale) - mean) / sd;
  }

  @Override
  public double[] ends() {
    double margin = notation.unit() / 2;
    double from = point(bounds.low() - margin);
    double to = point(bounds.high() + margin);
    double most = 1e6;
    return new double[] {Math.max(-most, from), Math.min(most, to)};
  }

  @Override
  public double lowest() {
    return bounds.atLow() ? Double.NEGATIVE_INFINITY : ends()[0];
  }

  @Override
  public double highest() {
    return bounds.atHigh() ? Double.POSITIVE_INFINITY : ends()[1];
  }

  /** How much a number changes along the scale. */
  double slope() {
    return scale * sd;
  }

  /** The number at the origin of the scale. */
  double offset() {
    return origin + scale * mean;
  }

  /** {@code origin + y·scale}, kept finite. */
  private double at(double y) {
    double value =
        scale == Double.MAX_VALUE ? 2 * (origin / 2 + y * (scale / 2)) : origin + y * scale;
    return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode node =
        Json.object()
            .put("map", NAME)
            .put("origin", Decimals.exact(origin))
            .put("scale", Decimals.exact(scale))
            .put("mean", Decimals.exact(mean))
            .put("sd", Decimals.exact(sd));
    node.set("bounds", bounds.toJson());
    return node;
  }

  static StandardLine read(Json.Part part, Field field) {
    part.only("map", "origin", "scale", "mean", "sd", "bounds");
    double[] meanAndSd = {part.get("mean").number(), part.get("sd").number()};
    double scale = part.get("scale").number();
    if (!(scale > 0 && meanAndSd[1] > 0)) {
      throw part.need("a scale and a standard deviation above 0");
    }
    return new StandardLine(
        field.notation(),
        Bounds.read(part.get("bounds")),
        part.get("origin").number(),
        scale,
        meanAndSd);
  }
}
