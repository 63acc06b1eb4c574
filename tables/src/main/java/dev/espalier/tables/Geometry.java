package dev.espalier.tables;

import java.util.List;

/**
 * Where columns of a table lie, so that near ones are neighbours and are drawn beside one another.
 *
 * <p>Every kind names its columns in its own order; a table may have others beside them.
 */
public sealed interface Geometry {

  /** The columns that have a place, in the order of the places. */
  List<String> columns();

  /**
   * The cells of a grid, row by row.
   *
   * @param columns as many as cells
   * @param rows of the grid, at least 1
   * @param width columns of the grid, at least 1
   */
  record Grid(List<String> columns, int rows, int width) implements Geometry {
    /** Checks the count. */
    public Grid {
      columns = List.copyOf(columns);
      if (!(rows >= 1 && width >= 1 && (long) rows * width == columns.size())) {
        throw new IllegalArgumentException(
            "need "
                + (long) rows * width
                + " columns for the cells of a grid of "
                + rows
                + " x "
                + width
                + ", got "
                + columns.size());
      }
    }
  }

  /**
   * The steps of one or several series of equal length, series by series.
   *
   * @param columns as many as series times steps
   * @param series how many of them, at least 1
   */
  record Series(List<String> columns, int series) implements Geometry {
    /** Checks the count. */
    public Series {
      columns = List.copyOf(columns);
      if (!(series >= 1 && !columns.isEmpty() && columns.size() % series == 0)) {
        throw new IllegalArgumentException(
            "need columns for " + series + " series of equal length, got " + columns.size());
      }
    }

    /** How many steps each series has. */
    public int steps() {
      return columns.size() / series;
    }
  }

  /**
   * Places in the plane or in space.
   *
   * @param columns one a place
   * @param at the coordinates of each place, all of one or more finite numbers
   */
  record Places(List<String> columns, List<List<Double>> at) implements Geometry {
    /** Checks the counts. */
    public Places {
      columns = List.copyOf(columns);
      at = at.stream().map(List::copyOf).toList();
      boolean even =
          !at.isEmpty()
              && at.stream()
                  .allMatch(each -> !each.isEmpty() && each.stream().allMatch(Double::isFinite))
              && at.stream().mapToInt(List::size).distinct().count() == 1;
      if (!even || at.size() != columns.size()) {
        throw new IllegalArgumentException(
            "need coordinates of equal length for "
                + columns.size()
                + " columns, got "
                + at.size());
      }
    }
  }
}
