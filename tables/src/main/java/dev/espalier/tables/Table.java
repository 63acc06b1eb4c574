package dev.espalier.tables;

import dev.espalier.api.Samples;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Typed columns of equal length, read-only. */
public final class Table {

  private final List<Column> columns;
  private final int count;
  private final String missing;
  private final List<String> notes;

  private Table(List<Column> columns, String missing, List<String> notes) {
    this.columns = List.copyOf(columns);
    this.count = columns.get(0).count();
    this.missing = missing;
    this.notes = List.copyOf(notes);
  }

  /**
   * A table of these columns.
   *
   * @throws IllegalArgumentException unless there is a column, all are equally long and no name
   *     occurs twice
   */
  public static Table of(List<Column> columns) {
    return of(columns, "", List.of());
  }

  static Table of(List<Column> columns, String missing, List<String> notes) {
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("need at least one column, got none");
    }
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      if (column.count() != columns.get(0).count()) {
        throw new IllegalArgumentException(
            "need "
                + columns.get(0).count()
                + " cells in every column, got "
                + column.count()
                + " in '"
                + column.name()
                + "'");
      }
      if (!names.add(column.name())) {
        throw new IllegalArgumentException(
            "need distinct column names, got '" + column.name() + "' twice");
      }
    }
    return new Table(columns, missing, notes);
  }

  /** The columns, in order. */
  public List<Column> columns() {
    return columns;
  }

  /** The names of the columns, in order. */
  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /**
   * The column of that name.
   *
   * @throws IllegalArgumentException if there is none, naming those that there are
   */
  public Column column(String name) {
    return columns.stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no column is named '" + name + "'; the table has " + names()));
  }

  /** The number of rows. */
  public int count() {
    return count;
  }

  /** The word that stands for a missing cell in a file; empty unless the file read had another. */
  public String missing() {
    return missing;
  }

  /** What a reader of this table should know, a sentence each. */
  public List<String> notes() {
    return notes;
  }

  /**
   * This table without the columns of these names.
   *
   * @throws IllegalArgumentException if there is no column of a name, or none is left
   */
  public Table without(Collection<String> dropped) {
    dropped.forEach(this::column);
    return of(
        columns.stream().filter(column -> !dropped.contains(column.name())).toList(),
        missing,
        notes.stream()
            .filter(
                note ->
                    dropped.stream().noneMatch(name -> note.startsWith(Csv.column(name) + ": ")))
            .toList());
  }

  /** The given rows, in the order given. */
  public Table rows(int[] rows) {
    return new Table(columns.stream().map(column -> column.rows(rows)).toList(), missing, notes);
  }

  /** Rows {@code from} to {@code to} (exclusive). */
  public Table rows(int from, int to) {
    if (from < 0 || to < from || to > count) {
      throw new IndexOutOfBoundsException(
          "need 0 <= from <= to <= " + count + ", got " + from + " and " + to);
    }
    int[] rows = new int[to - from];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = from + i;
    }
    return rows(rows);
  }

  /**
   * The numbers of the table as they are, for data that are one grid or series a row: columns of
   * numbers, of 0 and 1, and constant numbers; identifiers are left out.
   *
   * @throws IllegalArgumentException if another column has words, naming it
   */
  public Samples samples() {
    List<Column> kept =
        columns.stream().filter(column -> column.kind() != Kind.IDENTIFIER).toList();
    int width = kept.size();
    double[] values = new double[Math.multiplyExact(count, width)];
    for (int j = 0; j < width; j++) {
      Column column = kept.get(j);
      double[] ofCodes = ofCodes(column);
      for (int i = 0; i < count; i++) {
        values[i * width + j] =
            column.missing(i)
                ? Double.NaN
                : column.kind().isNumber() ? column.number(i) : ofCodes[column.code(i)];
      }
    }
    return Samples.of(width, values);
  }

  private static double[] ofCodes(Column column) {
    return column.field().categories().stream()
        .mapToDouble(
            word -> {
              if (!Numeral.form(word).isFinite()) {
                throw new IllegalArgumentException(
                    "need numbers in every column, got words such as '"
                        + Csv.shown(word)
                        + "' in '"
                        + column.name()
                        + "'. Encode the table instead");
              }
              return Double.parseDouble(word);
            })
        .toArray();
  }

  /**
   * The names of columns that could be stratified by: categorical, ordered or boolean, with 2 to 20
   * categories of at least 10 rows each.
   */
  public List<String> strata() {
    List<String> suitable = new ArrayList<>();
    for (Column column : columns) {
      if (column.kind().isChoice()
          && column.field().categories().size() <= 20
          && evenTheRarest(column) >= 10) {
        suitable.add(column.name());
      }
    }
    return suitable;
  }

  /** The rows of the rarest category; 0 if fewer than two occur. */
  private static int evenTheRarest(Column column) {
    int[] counts = new int[column.field().categories().size()];
    for (int i = 0; i < column.count(); i++) {
      if (!column.missing(i)) {
        counts[column.code(i)]++;
      }
    }
    int present = 0;
    int least = Integer.MAX_VALUE;
    for (int each : counts) {
      present += each > 0 ? 1 : 0;
      least = each > 0 ? Math.min(least, each) : least;
    }
    return present < 2 ? 0 : least;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Table that && columns.equals(that.columns);
  }

  @Override
  public int hashCode() {
    return columns.hashCode();
  }

  @Override
  public String toString() {
    return "Table[" + count + " rows, " + names() + "]";
  }
}
