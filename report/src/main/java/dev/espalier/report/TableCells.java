package dev.espalier.report;

import dev.espalier.evaluation.Cells;
import dev.espalier.tables.Column;
import dev.espalier.tables.Kind;
import dev.espalier.tables.Table;
import java.util.ArrayList;
import java.util.List;

/** Tables as the cells that metrics look at. */
final class TableCells {

  private TableCells() {}

  /**
   * The columns of {@code like} that vary there and are in the table: words of categories, numbers
   * of everything that lies on a line, dates as days. Identifiers are left out.
   *
   * @throws IllegalArgumentException if a column has numbers in one table and words in the other
   */
  public static Cells of(Table table, Table like) {
    Cells.Builder builder = Cells.builder(table.count());
    for (Column column : like.columns()) {
      Kind kind = column.kind();
      if (kind.isChoice() || kind.isNumber()) {
        add(builder, table.column(column.name()), kind);
      }
    }
    return builder.build();
  }

  private static void add(Cells.Builder builder, Column column, Kind kind) {
    boolean empty = column.kind() == Kind.ALL_MISSING;
    boolean words = column.kind().isCategory();
    if (!empty && (words == kind.isNumber() || !words && !column.kind().isNumber())) {
      throw new IllegalArgumentException(
          "need " + kind.word() + " cells in '" + column.name() + "', got " + column.kind().word());
    }
    if (kind.isNumber()) {
      builder.numbers(column.name(), numbers(column));
    } else {
      int[] codes = new int[column.count()];
      for (int i = 0; i < codes.length; i++) {
        codes[i] = column.missing(i) ? -1 : column.code(i);
      }
      builder.words(column.name(), column.field().categories(), codes);
    }
  }

  /** The numbers of a column, NaN where one is missing. */
  static double[] numbers(Column column) {
    double[] numbers = new double[column.count()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = column.missing(i) ? Double.NaN : column.number(i);
    }
    return numbers;
  }

  /** The columns that a classifier could predict: the categories, of at most ten words. */
  public static List<String> targets(Table table) {
    List<String> names = new ArrayList<>();
    for (Column column : table.columns()) {
      if (column.kind().isChoice() && column.field().categories().size() <= 10) {
        names.add(column.name());
      }
    }
    return List.copyOf(names);
  }
}
