package dev.espalier.api;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;

/**
 * A few columns that are learned together, and those of them whose posterior mean is wanted.
 *
 * @param columns the columns of the rows that are seen, distinct, at least one
 * @param outputs those of {@code columns} that are learned, distinct, at least one
 */
public record Window(List<Integer> columns, List<Integer> outputs) implements Serializable {

  /** Checks and copies the lists. */
  public Window {
    columns = distinct("columns", columns);
    outputs = distinct("outputs", outputs);
    for (int output : outputs) {
      if (!columns.contains(output)) {
        throw new IllegalArgumentException(
            "need outputs among the columns " + columns + " of the window, got " + output);
      }
    }
  }

  /** A window that learns all of its columns. */
  public static Window of(List<Integer> columns) {
    return new Window(columns, columns);
  }

  private static List<Integer> distinct(String what, List<Integer> values) {
    if (values.isEmpty() || new HashSet<>(values).size() < values.size()) {
      throw new IllegalArgumentException(
          "need at least one of distinct " + what + " in a window, got " + values);
    }
    for (int value : values) {
      if (value < 0) {
        throw new IllegalArgumentException("need columns >= 0 in a window, got " + value);
      }
    }
    return List.copyOf(values);
  }

  /** The columns as an array, for {@link Samples#columns(int[])}. */
  public int[] columnArray() {
    return columns.stream().mapToInt(Integer::intValue).toArray();
  }
}
