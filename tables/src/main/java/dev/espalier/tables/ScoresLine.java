package dev.espalier.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Numbers mapped by their ranks to a standard normal law (normal scores).
 *
 * <p>A value that occurs m times of n takes the interval of probabilities from {@code (c + ½)/n} to
 * {@code (c + m − ½)/n}, with c values below it; tied values spread over it, so that a value that
 * piles up keeps its probability. Between values the map is a line, so it is invertible everywhere
 * inside the range. At most {@value #MOST} values are kept as knots.
 */
final class ScoresLine implements NumberLine {

  static final String NAME = "normal-scores";

  private static final int MOST = 2048;

  private final Notation notation;
  private final Bounds bounds;
  private final double[] values;
  private final double[] from;
  private final double[] to;
  private final double[] left;
  private final double[] right;

  private ScoresLine(
      Notation notation, Bounds bounds, double[] values, double[] from, double[] to) {
    this.notation = notation;
    this.bounds = bounds;
    this.values = values;
    this.from = from;
    this.to = to;
    this.left = Arrays.stream(from).map(Normal::quantile).toArray();
    this.right = Arrays.stream(to).map(Normal::quantile).toArray();
  }

  /** The line of these numbers, sorted, without missing ones, not all equal. */
  static ScoresLine of(Field field, double[] sorted, EncoderOptions.Limits limits) {
    int n = sorted.length;
    int[] ends = new int[n];
    int distinct = 0;
    for (int i = 0; i < n; i++) {
      if (i == n - 1 || sorted[i] != sorted[i + 1]) {
        ends[distinct++] = i + 1;
      }
    }
    List<double[]> knots = new ArrayList<>();
    long last = -1;
    for (int i = 0; i < distinct; i++) {
      int below = i == 0 ? 0 : ends[i - 1];
      long part = distinct <= MOST ? i : (long) i * (MOST - 1) / (distinct - 1);
      boolean pile = ends[i] - below > n / 256 + 1;
      if (part != last || pile || i == distinct - 1) {
        knots.add(new double[] {sorted[below], (below + 0.5) / n, (ends[i] - 0.5) / n});
        last = part;
      }
    }
    return new ScoresLine(
        field.notation(),
        Bounds.of(field, sorted, limits),
        part(knots, 0),
        part(knots, 1),
        part(knots, 2));
  }

  private static double[] part(List<double[]> knots, int which) {
    return knots.stream().mapToDouble(knot -> knot[which]).toArray();
  }

  @Override
  public double encode(double value, double u) {
    int at = Arrays.binarySearch(values, value);
    if (at >= 0) {
      return from[at] == to[at]
          ? left[at]
          : Math.max(
              left[at], Math.min(right[at], Normal.quantile(from[at] + u * (to[at] - from[at]))));
    }
    int next = -at - 1;
    if (next == 0) {
      return left[0] + (value / slope() - values[0] / slope());
    }
    if (next == values.length) {
      return right[next - 1] + (value / slope() - values[next - 1] / slope());
    }
    double below = values[next - 1];
    double gap = values[next] / 2 - below / 2;
    return right[next - 1] + (value / 2 - below / 2) / gap * (left[next] - right[next - 1]);
  }

  /** The mean slope of values over scores, for what lies beyond the knots. */
  private double slope() {
    int end = values.length - 1;
    return values[end] / (right[end] - left[0]) - values[0] / (right[end] - left[0]);
  }

  @Override
  public double decode(double z) {
    return bounds.clamped(notation.snap(bounds.clamped(raw(z))));
  }

  @Override
  public double[] ends() {
    double most = 40;
    return new double[] {-most, most};
  }

  @Override
  public double lowest() {
    return Double.NEGATIVE_INFINITY;
  }

  @Override
  public double highest() {
    return Double.POSITIVE_INFINITY;
  }

  private double raw(double z) {
    int end = values.length - 1;
    if (z <= left[0]) {
      return values[0] + (z - left[0]) * slope();
    }
    if (z >= right[end]) {
      return values[end] + (z - right[end]) * slope();
    }
    int at = Arrays.binarySearch(left, z);
    int low = at >= 0 ? at : -at - 2;
    if (z <= right[low]) {
      return values[low];
    }
    double share = (z - right[low]) / (left[low + 1] - right[low]);
    return values[low] * (1 - share) + values[low + 1] * share;
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode node = Json.object().put("map", NAME);
    node.set("values", Json.numbers(values));
    node.set("from", Json.numbers(from));
    node.set("to", Json.numbers(to));
    node.set("bounds", bounds.toJson());
    return node;
  }

  static ScoresLine read(Json.Part part, Field field) {
    part.only("map", "values", "from", "to", "bounds");
    double[] values = part.get("values").numbers();
    double[] from = part.get("from").numbers();
    double[] to = part.get("to").numbers();
    boolean sound =
        values.length >= 2 && from.length == values.length && to.length == values.length;
    for (int i = 0; sound && i < values.length; i++) {
      sound =
          from[i] > 0
              && to[i] >= from[i]
              && to[i] < 1
              && (i == 0 || values[i] > values[i - 1] && from[i] > to[i - 1]);
    }
    if (!sound) {
      throw part.need("rising values with rising probabilities between 0 and 1");
    }
    return new ScoresLine(field.notation(), Bounds.read(part.get("bounds")), values, from, to);
  }
}
