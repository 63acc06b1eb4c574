package dev.espalier.tables;

import dev.espalier.api.InvalidDataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A table in long form, a line for each thing and step: (id, time, value). All lines of an id are
 * one row.
 *
 * <p>The steps are all that occur, in rising order. A line that is not there has missing cells; of
 * drawn rows every line is written. Columns that are the same in all lines of every id are columns
 * of the row; identifiers that differ between them are left out. The id is not learned: drawn rows
 * are counted from 0, unless it is an identifier that is regenerated.
 *
 * @param id the column that tells the row
 * @param step the column that tells the step: numbers, dates, times, moments or words
 */
public record LongForm(String id, String step) {

  /** Below this share of lines the steps differ too much from id to id. */
  private static final double LEAST_FILLED = 0.05;

  /** Checks that the columns differ. */
  public LongForm {
    if (id.equals(step)) {
      throw new IllegalArgumentException(
          "need different columns for id and step in a long table, got '" + id + "' for both");
    }
  }

  /**
   * Puts the lines of each id into a row.
   *
   * @throws InvalidDataException if there is no such column, an id has two lines at a step, an id
   *     or step is missing, or hardly any step is common to the ids
   */
  public Arranged of(Table lines) {
    Column ids = key(lines, id);
    Column times = key(lines, step);
    if (!times.kind().isNumber() && !times.kind().isCategory()) {
      throw new InvalidDataException(
          "need numbers, dates, moments or known words in '"
              + step
              + "', got "
              + times.kind().word()
              + "; say its kind in a schema or --types");
    }
    TreeMap<Double, Integer> steps = new TreeMap<>();
    for (int i = 0; i < lines.count(); i++) {
      steps.put(Cells.of(times, i), 0);
    }
    int next = 0;
    for (Map.Entry<Double, Integer> each : steps.entrySet()) {
      each.setValue(next++);
    }
    int[] at = new int[lines.count()];
    Arrays.setAll(at, i -> steps.get(Cells.of(times, i)));
    List<int[]> places = places(ids, times, at, steps.size());
    return arranged(lines, places, List.copyOf(steps.keySet()));
  }

  /**
   * For every id, in the order of the lines, the index of its line at each step; −1 where there is
   * none.
   *
   * @param at which of the {@code steps} each line is
   */
  static List<int[]> places(Column ids, Column times, int[] at, int steps) {
    Map<String, int[]> rows = new LinkedHashMap<>();
    for (int i = 0; i < ids.count(); i++) {
      int[] row =
          rows.computeIfAbsent(
              String.valueOf(ids.text(i)),
              each -> {
                int[] none = new int[steps];
                Arrays.fill(none, -1);
                return none;
              });
      int k = at[i];
      if (row[k] >= 0) {
        throw new InvalidDataException(
            "need one line for each "
                + ids.name()
                + " and "
                + times.name()
                + ", got two for "
                + ids.text(i)
                + " and "
                + times.text(i)
                + ", in rows "
                + (row[k] + 1)
                + " and "
                + (i + 1));
      }
      row[k] = i;
    }
    return List.copyOf(rows.values());
  }

  private Arranged arranged(Table lines, List<int[]> places, List<Double> steps) {
    double filled = lines.count() / ((double) places.size() * steps.size());
    if (filled < LEAST_FILLED) {
      throw new InvalidDataException(
          "need steps in '"
              + step
              + "' that most of the "
              + places.size()
              + " values of '"
              + id
              + "' have, got "
              + steps.size()
              + " different ones; round them, or bring the series to common steps");
    }
    List<String> notes = new ArrayList<>(lines.notes());
    notes.add(
        places.size() + " rows of " + steps.size() + " steps, from " + lines.count() + " lines");
    long gone = (long) places.size() * steps.size() - lines.count();
    if (gone > 0) {
      notes.add(gone + " lines are not there, their cells count as missing");
    }
    List<String> whole = new ArrayList<>();
    List<String> values = new ArrayList<>();
    List<String> order = new ArrayList<>();
    for (Column column : lines.columns()) {
      boolean kept = !column.field().pattern().isEmpty() || column.kind() != Kind.IDENTIFIER;
      String name = column.name();
      if (name.equals(id)) {
        order.add(id);
        if (column.kind() == Kind.IDENTIFIER && kept) {
          whole.add(id);
        }
      } else if (name.equals(step)) {
        order.add(step);
      } else if (kept) {
        boolean same = same(column, places);
        if (same || column.kind() != Kind.IDENTIFIER) {
          (same ? whole : values).add(name);
          order.add(name);
        }
      }
    }
    if (values.isEmpty()) {
      throw new InvalidDataException(
          "need a column besides '"
              + id
              + "' and '"
              + step
              + "' that differs between the lines of a row, got "
              + Csv.shown(order));
    }
    Stacked stacked =
        new Stacked(id, lines.column(step).field(), steps, values, order, Optional.empty());
    return stacked.arranged(Table.of(lines.columns(), lines.missing(), notes), whole, places);
  }

  /** Whether a column is the same in all lines of every row. */
  private static boolean same(Column column, List<int[]> places) {
    for (int[] row : places) {
      int first = -1;
      for (int line : row) {
        if (line >= 0) {
          boolean equal =
              first < 0
                  || String.valueOf(column.text(line)).equals(String.valueOf(column.text(first)));
          if (!equal) {
            return false;
          }
          first = line;
        }
      }
    }
    return true;
  }

  /** A column with a cell in every line. */
  static Column key(Table lines, String name) {
    if (!lines.names().contains(name)) {
      throw new InvalidDataException(
          "need a column '" + name + "' in a long table, got " + Csv.shown(lines.names()));
    }
    Column column = lines.column(name);
    for (int i = 0; i < column.count(); i++) {
      if (column.missing(i)) {
        throw new InvalidDataException(
            "need a cell of '" + name + "' in every line, got none in row " + (i + 1));
      }
    }
    return column;
  }
}
