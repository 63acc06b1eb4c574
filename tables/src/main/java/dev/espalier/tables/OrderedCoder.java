package dev.espalier.tables;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A column of ordered categories as one number that thresholds cut into them.
 *
 * <p>Categories share the probabilities from 0 to 1 in their order and in proportion to their
 * counts, and a cell is the normal quantile of a uniform point in the inner {@code 1 − 2·}{@value
 * #MARGIN} of its category's share. A threshold may move within the gap between two categories, so
 * encoded data decode exactly wherever it is. A missing cell is NaN, and a flag tells of it.
 */
final class OrderedCoder implements Coder {

  static final String NAME = "ordered";

  private static final double MARGIN = 0.1;

  private final Field field;
  private final double[] ends;
  private final double[] cuts;
  private final @Nullable Flag missing;

  /**
   * Codes a column.
   *
   * @param ends the upper ends of the categories' probabilities, rising, the last being 1
   * @param cuts the thresholds between them
   */
  private OrderedCoder(Field field, double[] ends, double[] cuts, @Nullable Flag missing) {
    this.field = field;
    this.ends = ends;
    this.cuts = cuts;
    this.missing = missing;
  }

  /** The coder for these counts of the categories, at least two of them. */
  static OrderedCoder of(Field field, int[] counts, @Nullable Flag missing) {
    double[] ends = RankCoder.ends(IntStream.range(0, counts.length).toArray(), counts);
    double[] cuts = Arrays.stream(ends, 0, ends.length - 1).map(Normal::quantile).toArray();
    return new OrderedCoder(field, ends, cuts, missing);
  }

  @Override
  public Field field() {
    return field;
  }

  @Override
  public List<String> names() {
    return missing == null
        ? List.of(field.name())
        : List.of(field.name(), field.name() + " missing");
  }

  /** The probability below a category and a part of its share. */
  private double within(int code, double part) {
    double from = code == 0 ? 0 : ends[code - 1];
    return from + part * (ends[code] - from);
  }

  @Override
  public void encode(double cell, Jitter jitter, long row, double[] out, int at) {
    boolean gone = cell < 0;
    double part = MARGIN + (1 - 2 * MARGIN) * jitter.at(0, row);
    out[at] = gone ? Double.NaN : Normal.quantile(within((int) cell, part));
    if (missing != null) {
      out[at + 1] = Flag.encode(gone, jitter.at(1, row));
    }
  }

  @Override
  public double decode(double[] in, int at) {
    return saysMissing(in, at) ? -1 : fill(in, at);
  }

  @Override
  public double fill(double[] in, int at) {
    int found = Arrays.binarySearch(cuts, in[at]);
    return found >= 0 ? found : -found - 1;
  }

  @Override
  public boolean saysMissing(double[] in, int at) {
    return missing != null && missing.decode(in[at + 1]);
  }

  @Override
  public void know(double cell, int at, Known known) {
    int code = (int) cell;
    known.between(
        at,
        code == 0 ? Double.NEGATIVE_INFINITY : cuts[code - 1],
        code == cuts.length ? Double.POSITIVE_INFINITY : cuts[code]);
    knowPresent(at, known);
  }

  @Override
  public void knowPresent(int at, Known known) {
    if (missing != null) {
      known.column(at + 1, Flag.encode(false, 0.5));
    }
  }

  @Override
  public Coder calibrated(double[][] lanes) {
    Flag flag = missing == null ? null : missing.calibrated(lanes[1]);
    double[] sorted =
        IntStream.range(0, lanes[0].length)
            .filter(i -> flag == null || !flag.decode(lanes[1][i]))
            .mapToDouble(i -> lanes[0][i])
            .sorted()
            .toArray();
    double[] moved = cuts.clone();
    for (int k = 0; k < moved.length && sorted.length > 0; k++) {
      int below = (int) Math.rint(ends[k] * sorted.length);
      double at =
          below == 0
              ? sorted[0]
              : below == sorted.length
                  ? sorted[below - 1]
                  : sorted[below - 1] / 2 + sorted[below] / 2;
      double[] gap = gap(k);
      moved[k] = Math.max(gap[0], Math.min(gap[1], at));
    }
    return new OrderedCoder(field, ends, moved, flag);
  }

  /** Where a threshold may lie: a little within the gap that no encoded cell enters. */
  private double[] gap(int k) {
    return new double[] {
      Normal.quantile(within(k, 1 - MARGIN * 0.9)), Normal.quantile(within(k + 1, MARGIN * 0.9))
    };
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode node = Json.object().put("coder", NAME);
    node.set("ends", Json.numbers(ends));
    node.set("cuts", Json.numbers(cuts));
    if (missing != null) {
      node.set("missing", missing.toJson());
    }
    return node;
  }

  static OrderedCoder read(Json.Part part, Field field) {
    part.only("coder", "ends", "cuts", "missing");
    double[] ends = part.get("ends").numbers();
    double[] cuts = part.get("cuts").numbers();
    int categories = field.categories().size();
    boolean sound =
        field.kind() == Kind.ORDERED
            && categories > 1
            && ends.length == categories
            && cuts.length == categories - 1
            && ends[categories - 1] == 1;
    for (int k = 0; sound && k < categories; k++) {
      sound =
          ends[k] > (k == 0 ? 0 : ends[k - 1])
              && (k == 0 || k == categories - 1 || cuts[k] >= cuts[k - 1]);
    }
    if (!sound) {
      throw part.need(
          "rising shares up to 1 and thresholds between them for '" + field.name() + "'");
    }
    return new OrderedCoder(
        field, ends, cuts, part.has("missing") ? Flag.read(part.get("missing")) : null);
  }
}
