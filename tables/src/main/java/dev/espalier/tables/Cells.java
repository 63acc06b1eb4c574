package dev.espalier.tables;

/** Cells as plain numbers: the number of a column of numbers, the code of a column of words. */
final class Cells {

  private Cells() {}

  /** The cell in row {@code i}; {@link #none} if missing. */
  static double of(Column column, int i) {
    if (column.kind().isNumber()) {
      return column.number(i);
    }
    return column.kind().isCategory() ? column.code(i) : -1;
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
    if (field.kind().isNumber()) {
      return Column.numbers(field, cells);
    }
    if (field.kind() == Kind.ALL_MISSING) {
      return Column.allMissing(field.name(), cells.length);
    }
    int[] codes = new int[cells.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (int) cells[i];
    }
    return Column.codes(field, codes);
  }
}
