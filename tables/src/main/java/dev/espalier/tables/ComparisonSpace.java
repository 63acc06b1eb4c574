package dev.espalier.tables;

import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A space of plain numbers in which tables of the same columns compare, whatever made them.
 *
 * <p>The unit of distance, in every column alike, is one standard deviation of a number in the
 * table that the space was fitted to, or one other category. A number becomes one coordinate, minus
 * the mean and divided by the standard deviation; if numbers were missing in the fitted table there
 * is one coordinate more, and a missing one is 0 and then 1 there. A category, missing being one,
 * becomes 1/√2 on its own coordinate, so that two different ones are a distance of 1 apart
 * (Euclidean); all beyond the {@value #MOST} most frequent share one coordinate, as do unknown
 * ones. There is no jitter and no random number. Identifiers and columns that do not vary are left
 * out.
 */
public final class ComparisonSpace {

  private static final int MOST = 64;
  private static final double HALF = Math.sqrt(0.5);

  private final List<Axis> axes;
  private final int width;

  /** One column: where its coordinates begin and what they are. */
  private record Axis(
      Field field, int at, double mean, double sd, Map<String, Integer> coordinates, int width) {}

  private ComparisonSpace(List<Axis> axes, int width) {
    this.axes = List.copyOf(axes);
    this.width = width;
  }

  /**
   * Fits the space to a table, usually the training rows.
   *
   * @throws InvalidDataException if no column varies
   */
  public static ComparisonSpace fit(Table table) {
    List<Axis> axes = new ArrayList<>();
    int at = 0;
    for (Column column : table.columns()) {
      Axis axis = column.kind().isNumber() ? numbers(column, at) : words(column, at);
      if (axis.width > 0) {
        axes.add(axis);
        at += axis.width;
      }
    }
    if (at == 0) {
      throw new InvalidDataException(
          "need at least one column that varies, got none among "
              + Csv.shown(table.names())
              + "; constant columns and identifiers do not count");
    }
    return new ComparisonSpace(axes, at);
  }

  private static Axis numbers(Column column, int at) {
    double scale = 0;
    int there = 0;
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < column.count(); i++) {
      if (!column.missing(i)) {
        there++;
        scale = Math.max(scale, Math.abs(column.number(i)));
        least = Math.min(least, column.number(i));
        greatest = Math.max(greatest, column.number(i));
      }
    }
    boolean gaps = there > 0 && there < column.count();
    if (there == 0 || least == greatest) {
      return new Axis(column.field(), at, 0, 0, Map.of(), gaps ? 1 : 0);
    }
    double sum = 0;
    for (int i = 0; i < column.count(); i++) {
      sum += column.missing(i) ? 0 : column.number(i) / scale;
    }
    double mean = sum / there;
    double squares = 0;
    for (int i = 0; i < column.count(); i++) {
      double deviation = column.missing(i) ? 0 : column.number(i) / scale - mean;
      squares += deviation * deviation;
    }
    double sd = Math.sqrt(squares / there);
    return new Axis(
        column.field(),
        at,
        mean * scale,
        Math.max(sd * scale, Double.MIN_NORMAL),
        Map.of(),
        gaps ? 2 : 1);
  }

  private static Axis words(Column column, int at) {
    Map<String, Integer> counts = new HashMap<>();
    if (column.kind().isCategory()) {
      for (int i = 0; i < column.count(); i++) {
        counts.merge(key(column, i), 1, Integer::sum);
      }
    }
    if (counts.size() < 2) {
      return new Axis(column.field(), at, 0, 0, Map.of(), 0);
    }
    List<String> frequent = new ArrayList<>(counts.keySet());
    frequent.sort(
        (one, two) ->
            counts.get(one).equals(counts.get(two))
                ? one.compareTo(two)
                : Integer.compare(counts.get(two), counts.get(one)));
    Map<String, Integer> coordinates = new HashMap<>();
    for (String word : frequent.subList(0, Math.min(MOST, frequent.size()))) {
      coordinates.put(word, coordinates.size());
    }
    return new Axis(column.field(), at, 0, 0, coordinates, coordinates.size() + 1);
  }

  /** A word for a cell that is distinct for missing ones. */
  private static String key(Column column, int i) {
    return column.missing(i) ? "" : "=" + column.text(i);
  }

  /** The number of coordinates. */
  public int columns() {
    return width;
  }

  /**
   * The rows of a table in this space, complete.
   *
   * @throws IllegalArgumentException if the table lacks a column or has numbers where the fitted
   *     one had words
   */
  public Samples samples(Table table) {
    int n = table.count();
    double[] out = new double[Math.multiplyExact(n, width)];
    for (Axis axis : axes) {
      Column column = table.column(axis.field.name());
      boolean empty = column.kind() == Kind.ALL_MISSING;
      if (!empty && column.kind().isNumber() != axis.field.kind().isNumber()) {
        throw new IllegalArgumentException(
            "need "
                + axis.field.kind().word()
                + " cells in '"
                + column.name()
                + "', got "
                + column.kind().word()
                + ". Read both tables with one schema");
      }
      for (int i = 0; i < n; i++) {
        int at = i * width + axis.at;
        if (axis.coordinates.isEmpty()) {
          number(axis, column, i, out, at);
        } else {
          int last = axis.width - 1;
          out[at + axis.coordinates.getOrDefault(key(column, i), last)] = HALF;
        }
      }
    }
    return Samples.of(width, out);
  }

  private static void number(Axis axis, Column column, int i, double[] out, int at) {
    boolean gone = column.missing(i);
    if (axis.sd > 0 && !gone) {
      double z = (column.number(i) - axis.mean) / axis.sd;
      out[at] = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, z));
    }
    int flag = axis.sd > 0 ? 1 : 0;
    if (gone && axis.width > flag) {
      out[at + flag] = 1;
    }
  }

  @Override
  public String toString() {
    return "ComparisonSpace"
        + Arrays.toString(axes.stream().map(axis -> axis.field.name()).toArray());
  }
}
