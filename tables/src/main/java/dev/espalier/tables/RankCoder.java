package dev.espalier.tables;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A column of many categories as one number with a standard normal law.
 *
 * <p>Categories in order of frequency, and missing last, share the probabilities from 0 to 1 in
 * proportion to their counts, and a cell is the normal quantile of a uniform point in its
 * category's share. Frequencies stay; what the category tells of other columns is kept in part
 * only.
 */
final class RankCoder implements Coder {

  static final String NAME = "ranks";

  private final Field field;
  private final int[] order;
  private final double[] ends;
  private final double[] cuts;
  private final int[] places;

  /**
   * Codes a column.
   *
   * @param order codes in the order of their intervals, missing as the number of categories
   * @param ends the upper ends of their intervals of probability, the last being 1
   */
  private RankCoder(Field field, int[] order, double[] ends) {
    this.field = field;
    this.order = order;
    this.ends = ends;
    this.cuts = new double[order.length - 1];
    this.places = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      places[order[i]] = i;
      if (i < cuts.length) {
        cuts[i] = Normal.quantile(ends[i]);
      }
    }
  }

  /** The coder for these counts of the categories and of missing cells, which come last. */
  static RankCoder of(Field field, int[] counts) {
    int categories = field.categories().size();
    int used = counts[categories] > 0 ? categories + 1 : categories;
    Integer[] sorted = new Integer[used];
    Arrays.setAll(sorted, i -> i);
    Arrays.sort(
        sorted,
        (one, two) ->
            one == categories || two == categories
                ? Integer.compare(one, two)
                : Integer.compare(counts[two], counts[one]));
    int[] order = Arrays.stream(sorted).mapToInt(Integer::intValue).toArray();
    return new RankCoder(field, order, ends(order, counts));
  }

  /** The upper ends of shares in proportion to counts, half a cell at least, in an order. */
  static double[] ends(int[] order, int[] counts) {
    double total = 0;
    for (int code : order) {
      total += Math.max(0.5, counts[code]);
    }
    double[] ends = new double[order.length];
    double below = 0;
    for (int i = 0; i < order.length; i++) {
      below += Math.max(0.5, counts[order[i]]);
      ends[i] = below / total;
    }
    ends[order.length - 1] = 1;
    return ends;
  }

  @Override
  public Field field() {
    return field;
  }

  @Override
  public List<String> names() {
    return List.of(field.name());
  }

  @Override
  public void encode(double cell, Jitter jitter, long row, double[] out, int at) {
    int categories = field.categories().size();
    if (cell < 0 && order.length == categories) {
      out[at] = Double.NaN;
      return;
    }
    int place = places[cell < 0 ? categories : (int) cell];
    double from = place == 0 ? 0 : ends[place - 1];
    double u = 0.001 + 0.998 * jitter.at(0, row);
    out[at] = Normal.quantile(from + u * (ends[place] - from));
  }

  @Override
  public double decode(double[] in, int at) {
    int found = Arrays.binarySearch(cuts, in[at]);
    int code = order[found >= 0 ? found : -found - 1];
    return code == field.categories().size() ? -1 : code;
  }

  @Override
  public double fill(double[] in, int at) {
    double cell = decode(in, at);
    return cell < 0 ? order[order.length - 2] : cell;
  }

  @Override
  public void know(double cell, int at, Known known) {
    int place = places[(int) cell];
    known.between(
        at,
        place == 0 ? Double.NEGATIVE_INFINITY : cuts[place - 1],
        place == cuts.length ? Double.POSITIVE_INFINITY : cuts[place]);
  }

  @Override
  public void knowPresent(int at, Known known) {
    if (order.length > field.categories().size()) {
      known.between(at, Double.NEGATIVE_INFINITY, cuts[cuts.length - 1]);
    }
  }

  @Override
  public Optional<String> note() {
    return Optional.of(
        "column '"
            + field.name()
            + "': "
            + field.categories().size()
            + " categories, encoded as one number in order of frequency; what they tell of other"
            + " columns is kept in part");
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode node = Json.object().put("coder", NAME);
    node.set("order", Json.numbers(Arrays.stream(order).asDoubleStream().toArray()));
    node.set("ends", Json.numbers(ends));
    return node;
  }

  static RankCoder read(Json.Part part, Field field) {
    part.only("coder", "order", "ends");
    double[] order = part.get("order").numbers();
    double[] ends = part.get("ends").numbers();
    int categories = field.categories().size();
    boolean sound =
        categories > 1
            && (order.length == categories || order.length == categories + 1)
            && ends.length == order.length
            && ends[ends.length - 1] == 1;
    boolean[] seen = new boolean[order.length];
    for (int i = 0; sound && i < order.length; i++) {
      sound =
          order[i] == Math.rint(order[i])
              && order[i] >= 0
              && order[i] < order.length
              && !seen[(int) order[i]]
              && ends[i] > (i == 0 ? 0 : ends[i - 1]);
      if (sound) {
        seen[(int) order[i]] = true;
      }
    }
    if (!sound) {
      throw part.need("every category of '" + field.name() + "' once, with rising shares up to 1");
    }
    return new RankCoder(field, Arrays.stream(order).mapToInt(each -> (int) each).toArray(), ends);
  }
}
