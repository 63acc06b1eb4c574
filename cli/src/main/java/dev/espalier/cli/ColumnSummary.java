package dev.espalier.cli;

import dev.espalier.evaluation.TextTable;
import dev.espalier.tables.Arrangement;
import dev.espalier.tables.Column;
import dev.espalier.tables.Field;
import dev.espalier.tables.Kind;
import dev.espalier.tables.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Every column of real rows beside that of drawn ones, in a few numbers. */
record ColumnSummary(List<Row> rows) {

  private static final int SHOWN = 4;

  /** One column on both sides. */
  record Row(Field field, Side real, Side drawn) {
    String name() {
      return field.name();
    }

    Kind kind() {
      return field.kind();
    }

    /** A mean or deviation as the cells are written, a percentage as such. */
    String number(double moment) {
      return field.pattern().endsWith("%")
          ? TextTable.number(100 * moment) + " %"
          : TextTable.number(moment);
    }
  }

  /** One side of one column: shares of categories, or moments and range; and the missing share. */
  record Side(List<Share> shares, List<Double> moments, List<String> range, double missing) {}

  /** How often a category occurs among the cells that are there. */
  record Share(String category, double share) {}

  /** The columns of lines that rows make, but for those that tell the row and the step. */
  static ColumnSummary of(Arrangement arrangement, Table realRows, Table drawnRows) {
    Table real = arrangement.lines(realRows, 0);
    List<Row> rows = new ArrayList<>();
    for (Column column : arrangement.lines(drawnRows, 0).columns()) {
      boolean tells = arrangement.places().contains(column.name());
      if (tells || !real.names().contains(column.name())) {
        continue;
      }
      rows.add(new Row(column.field(), side(real.column(column.name())), side(column)));
    }
    return new ColumnSummary(rows);
  }

  private static Side side(Column column) {
    int there = column.count() - column.missing();
    double missing = column.count() == 0 ? 0 : (double) column.missing() / column.count();
    if (column.kind().isCategory()) {
      return new Side(shares(column, there), List.of(), List.of(), missing);
    }
    if (!column.kind().isNumber() || there == 0) {
      return new Side(List.of(), List.of(), List.of(), missing);
    }
    int low = -1;
    int high = -1;
    double sum = 0;
    for (int i = 0; i < column.count(); i++) {
      if (!column.missing(i)) {
        sum += column.number(i);
        low = low < 0 || column.number(i) < column.number(low) ? i : low;
        high = high < 0 || column.number(i) > column.number(high) ? i : high;
      }
    }
    double mean = sum / there;
    double squares = 0;
    for (int i = 0; i < column.count(); i++) {
      if (!column.missing(i)) {
        squares += (column.number(i) - mean) * (column.number(i) - mean);
      }
    }
    return new Side(
        List.of(),
        List.of(mean, Math.sqrt(squares / there)),
        List.of(String.valueOf(column.text(low)), String.valueOf(column.text(high))),
        missing);
  }

  private static List<Share> shares(Column column, int there) {
    int[] counts = new int[column.field().categories().size()];
    for (int i = 0; i < column.count(); i++) {
      if (!column.missing(i)) {
        counts[column.code(i)]++;
      }
    }
    return IntStream.range(0, counts.length)
        .filter(code -> counts[code] > 0)
        .mapToObj(
            code -> new Share(column.field().categories().get(code), (double) counts[code] / there))
        .sorted(Comparator.comparingDouble(Share::share).reversed().thenComparing(Share::category))
        .toList();
  }

  String text() {
    TextTable text = new TextTable(List.of("column", "kind", "real", "synthetic"));
    for (Row row : rows) {
      text.row(
          List.of(row.name(), row.kind().word(), words(row, row.real()), words(row, row.drawn())));
    }
    return text.toString();
  }

  /** The side in words, categories in the order of the real ones. */
  private static String words(Row row, Side side) {
    List<String> order = row.real().shares().stream().map(Share::category).toList();
    List<String> words = new ArrayList<>();
    if (!side.moments().isEmpty()) {
      words.add(
          row.kind().isTemporal()
              ? side.range().get(0) + " to " + side.range().get(1)
              : row.number(side.moments().get(0))
                  + " ± "
                  + row.number(side.moments().get(1))
                  + " ("
                  + side.range().get(0)
                  + " to "
                  + side.range().get(1)
                  + ")");
    }
    if (!side.shares().isEmpty()) {
      words.add(
          side.shares().stream()
                  .sorted(Comparator.comparingInt(share -> order.indexOf(share.category())))
                  .limit(SHOWN)
                  .map(share -> share.category() + " " + percent(share.share()))
                  .collect(Collectors.joining(", "))
              + (side.shares().size() > SHOWN ? ", …" : ""));
    }
    if (side.missing() > 0) {
      words.add("blank " + percent(side.missing()));
    }
    return String.join("; ", words);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, share < 0.0995 ? "%.1f %%" : "%.0f %%", 100 * share);
  }

  void json(ArrayNode into) {
    for (Row row : rows) {
      ObjectNode entry = into.addObject().put("column", row.name()).put("kind", row.kind().word());
      json(row.real(), entry.putObject("real"));
      json(row.drawn(), entry.putObject("synthetic"));
    }
  }

  private static void json(Side side, ObjectNode into) {
    into.put("missing", side.missing());
    if (!side.moments().isEmpty()) {
      into.put("mean", side.moments().get(0)).put("deviation", side.moments().get(1));
      into.put("least", side.range().get(0)).put("greatest", side.range().get(1));
    }
    if (!side.shares().isEmpty()) {
      ObjectNode shares = into.putObject("shares");
      side.shares().forEach(share -> shares.put(share.category(), share.share()));
    }
  }
}
