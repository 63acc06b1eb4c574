package dev.espalier.tables;

/**
 * Cells as plain numbers: the number of a column of numbers, the code of a column of words, and of
 * identifiers only whether they are there.
 */
final class Cells {

  private Cells() {}

  /** The cell in row {@code i}; {@link #none} if missing. */
  static double of(Column column, int i) {
    if (column.kind().isNumber()) {
      return column.number(i);
    }
    if (column.kind() == Kind.IDENTIFIER) {
      return column.missing(i) ? -1 : 0;
    }
    return column.kind().isCategory() ? column.code(i) : -1;
  }

  /** The cell of a field in a row of a table; identifiers need not be in the table. */
  static double of(Table table, Field field, int row) {
    boolean absent = field.kind() == Kind.IDENTIFIER && !table.names().contains(field.name());
    return absent ? 0 : of(table.column(field.name()), row);
  }

  /** What stands for a missing cell. */
  static double none(Field field) {
    return field.kind().isNumber() ? Double.NaN : -1;
  }

  static boolean missing(Field field, double cell) {
    return field.kind().isNumber() ? Double.isNaN(cell) : cell < 0;
  }

  /** A column of these cells. */
  static Column column(Field field, double[] cells) {
    return Column.of(field, cells);
  }
}
