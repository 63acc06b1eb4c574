package dev.espalier.tables;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * A table with its blanks filled.
 *
 * @param rows all draws of the first row, then all of the second, and so on; columns as the model
 *     has them, cells that were there as they were
 * @param draws of every row
 * @param answers how rows with blanks were conditioned, such as {@code exactly}, and how many
 */
public record Completion(Table rows, int draws, SortedMap<String, Integer> answers) {

  /**
   * The table that was filled with its columns in their order, those that the model does not have
   * as they were.
   *
   * <p>With more than one draw every row is there once a draw, after a first column {@code draw}
   * that counts from 1.
   */
  public Table over(Table table) {
    Map<String, Column> filled = new HashMap<>();
    rows.columns().forEach(column -> filled.put(column.name(), column));
    int count = table.count() * draws;
    int[] places = IntStream.range(0, count).map(i -> i / draws).toArray();
    List<Column> columns = new ArrayList<>();
    if (draws > 1) {
      double[] counted = IntStream.range(0, count).mapToDouble(i -> i % draws + 1).toArray();
      Field field = Field.number(counter(table.names()), Kind.INTEGER, "0");
      columns.add(Column.numbers(field, counted));
    }
    for (Column column : table.columns()) {
      Column own = filled.get(column.name());
      columns.add(own == null ? column.rows(places) : own);
    }
    return Table.of(columns, table.missing(), List.of());
  }

  /** The name of the column that counts draws, which none of these has. */
  static String counter(List<String> names) {
    String counter = "draw";
    while (names.contains(counter)) {
      counter += "_";
    }
    return counter;
  }
}
