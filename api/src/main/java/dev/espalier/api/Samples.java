package dev.espalier.api;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Rows of numbers, read-only: n rows × d columns of {@code double}, row-major, with optional labels
 * beside them.
 *
 * <p>{@code NaN} marks a missing cell; infinite values are refused. Memory is 8·n·d bytes; {@link
 * #rows(int, int)} is a view, every other selection copies.
 */
public final class Samples implements Serializable {
  private static final long serialVersionUID = 1;

  private final int count;
  private final int columns;
  private final int offset;
  private final double[] values;
  private final List<Labels> labels;

  private Samples(int count, int columns, int offset, double[] values, List<Labels> labels) {
    this.count = count;
    this.columns = columns;
    this.offset = offset;
    this.values = values;
    this.labels = labels;
  }

  /** Samples from row-major values, which are copied. */
  public static Samples of(int columns, double[] values) {
    return owning(columns, values.clone());
  }

  /** Samples from rows of equal length, at least one. */
  public static Samples of(double[][] rows) {
    if (rows.length == 0) {
      throw new IllegalArgumentException("need at least one row, got none");
    }
    int columns = rows[0].length;
    double[] values = new double[Math.multiplyExact(rows.length, columns)];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw new IllegalArgumentException(
            "need " + columns + " values in every row, got " + rows[i].length + " in row " + i);
      }
      System.arraycopy(rows[i], 0, values, i * columns, columns);
    }
    return owning(columns, values);
  }

  /** Row blocks laid one below the other; labels must agree in name and categories. */
  public static Samples concatenate(List<Samples> blocks) {
    Samples first = blocks.get(0);
    int total = 0;
    for (Samples block : blocks) {
      if (block.columns != first.columns) {
        throw new IllegalArgumentException(
            "need " + first.columns + " columns in every block, got " + block.columns);
      }
      total = Math.addExact(total, block.count);
    }
    double[] all = new double[Math.multiplyExact(total, first.columns)];
    int position = 0;
    for (Samples block : blocks) {
      block.copyRows(0, block.count, all, position);
      position += block.count * block.columns;
    }
    List<Labels> joined = new ArrayList<>();
    for (Labels labels : first.labels) {
      int[] codes = new int[total];
      int row = 0;
      for (Samples block : blocks) {
        Labels part = block.label(labels.name()).orElse(null);
        if (part == null || !part.categories().equals(labels.categories())) {
          throw new IllegalArgumentException(
              "need the label '" + labels.name() + "' with the same categories in every block");
        }
        for (int i = 0; i < block.count; i++) {
          codes[row++] = part.code(i);
        }
      }
      joined.add(Labels.of(labels.name(), labels.categories(), codes));
    }
    return new Samples(total, first.columns, 0, all, List.copyOf(joined));
  }

  private static Samples owning(int columns, double[] values) {
    if (!(columns >= 1 && values.length % columns == 0)) {
      throw new IllegalArgumentException(
          "need a multiple of columns >= 1 values, got "
              + values.length
              + " values for "
              + columns
              + " columns");
    }
    for (int i = 0; i < values.length; i++) {
      if (Double.isInfinite(values[i])) {
        throw new IllegalArgumentException(
            "need finite values or NaN for missing, got "
                + values[i]
                + " in row "
                + i / columns
                + ", column "
                + i % columns);
      }
    }
    return new Samples(values.length / columns, columns, 0, values, List.of());
  }

  /** The number of rows n. */
  public int count() {
    return count;
  }

  /** The number of columns d. */
  public int columns() {
    return columns;
  }

  /** The value in row {@code i} and column {@code j}; {@code NaN} if missing. */
  public double get(int i, int j) {
    if (i < 0 || i >= count || j < 0 || j >= columns) {
      throw new IndexOutOfBoundsException(
          "need row below " + count + " and column below " + columns + ", got " + i + " and " + j);
    }
    return values[offset + i * columns + j];
  }

  /**
   * Copies rows {@code from} to {@code to} (exclusive) into {@code out}, starting at {@code at}.
   */
  public void copyRows(int from, int to, double[] out, int at) {
    if (from < 0 || to < from || to > count) {
      throw new IndexOutOfBoundsException(
          "need 0 <= from <= to <= " + count + ", got " + from + " and " + to);
    }
    System.arraycopy(values, offset + from * columns, out, at, (to - from) * columns);
  }

  /** A copy of row {@code i}. */
  public double[] row(int i) {
    double[] row = new double[columns];
    copyRows(i, i + 1, row, 0);
    return row;
  }

  /** A copy of column {@code j}. */
  public double[] column(int j) {
    double[] column = new double[count];
    for (int i = 0; i < count; i++) {
      column[i] = get(i, j);
    }
    return column;
  }

  /** A copy of all values, row-major. */
  public double[] toArray() {
    return Arrays.copyOfRange(values, offset, offset + count * columns);
  }

  /** A view of rows {@code from} to {@code to} (exclusive), with their labels. */
  public Samples rows(int from, int to) {
    if (from < 0 || to < from || to > count) {
      throw new IndexOutOfBoundsException(
          "need 0 <= from <= to <= " + count + ", got " + from + " and " + to);
    }
    int[] chosen = new int[labels.isEmpty() ? 0 : to - from];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = from + i;
    }
    return new Samples(to - from, columns, offset + from * columns, values, labelsOf(chosen));
  }

  /** The given rows, in the order given, with their labels. */
  public Samples rows(int[] rows) {
    double[] chosen = new double[Math.multiplyExact(rows.length, columns)];
    for (int i = 0; i < rows.length; i++) {
      copyRows(rows[i], rows[i] + 1, chosen, i * columns);
    }
    return new Samples(rows.length, columns, 0, chosen, labelsOf(rows));
  }

  /** The given columns, in the order given, with all labels. */
  public Samples columns(int[] chosen) {
    double[] kept = new double[Math.multiplyExact(count, chosen.length)];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < chosen.length; j++) {
        kept[i * chosen.length + j] = get(i, chosen[j]);
      }
    }
    return owning(chosen.length, kept).withLabels(labels);
  }

  private List<Labels> labelsOf(int[] rows) {
    return labels.stream().map(each -> each.rows(rows)).toList();
  }

  /** Whether any cell is missing. */
  public boolean hasMissing() {
    for (int i = offset; i < offset + count * columns; i++) {
      if (Double.isNaN(values[i])) {
        return true;
      }
    }
    return false;
  }

  /** The labels beside the numbers, maybe none. */
  public List<Labels> labels() {
    return labels;
  }

  /** The labels of one name. */
  public Optional<Labels> label(String name) {
    return labels.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** The same numbers with these labels instead, one entry a row in each. */
  public Samples withLabels(List<Labels> labels) {
    for (Labels each : labels) {
      if (each.count() != count) {
        throw new IllegalArgumentException(
            "need " + count + " labels '" + each.name() + "', one a row, got " + each.count());
      }
    }
    return new Samples(count, columns, offset, values, List.copyOf(labels));
  }

  /** Ships a view without the rest of its array. */
  private Object writeReplace() {
    return values.length == count * columns
        ? this
        : new Samples(count, columns, 0, toArray(), labels);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Samples that
        && count == that.count
        && columns == that.columns
        && labels.equals(that.labels)
        && Arrays.equals(
            values,
            offset,
            offset + count * columns,
            that.values,
            that.offset,
            that.offset + count * columns);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(toArray()) + columns;
  }

  @Override
  public String toString() {
    return "Samples["
        + count
        + " rows, "
        + columns
        + " columns"
        + (labels.isEmpty() ? "" : ", labels " + labels.stream().map(Labels::name).toList())
        + "]";
  }
}
