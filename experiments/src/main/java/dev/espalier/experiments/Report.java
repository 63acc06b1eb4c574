package dev.espalier.experiments;

import dev.espalier.evaluation.TextTable;
import dev.espalier.plots.Plot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an experiment measured, beside what must come out.
 *
 * @param title one line
 * @param tables in the order of reading
 * @param plot the same as curves, if there are any
 */
public record Report(String title, List<Table> tables, Optional<Plot> plot) {

  /** Copies. */
  public Report {
    tables = List.copyOf(tables);
  }

  /** Tables without curves. */
  public Report(String title, List<Table> tables) {
    this(title, tables, Optional.empty());
  }

  /** Whether every measured value is accepted. */
  public boolean passed() {
    return tables.stream().allMatch(Table::passed);
  }

  /** The tables as aligned text, and how many values are accepted. */
  public String text() {
    StringBuilder text = new StringBuilder(title).append('\n');
    int count = 0;
    int accepted = 0;
    for (Table table : tables) {
      text.append('\n').append(table.text());
      for (Row row : table.rows) {
        count++;
        accepted += row.passed() ? 1 : 0;
      }
    }
    return text.append('\n').append(accepted + " of " + count + " values as expected\n").toString();
  }

  /** The same as nested maps and lists of strings, numbers and truth values, in order, for JSON. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("title", title);
    map.put("passed", passed());
    map.put("tables", tables.stream().map(Table::asMap).toList());
    return map;
  }

  /**
   * Values of one kind.
   *
   * @param title one line
   * @param columns what the labels of a row say, then what is measured
   * @param rows with one label less than there are columns
   */
  public record Table(String title, List<String> columns, List<Row> rows) {

    /** Copies and checks. */
    public Table {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
      for (Row row : rows) {
        if (row.labels.size() != columns.size() - 1) {
          throw new IllegalArgumentException(
              "need " + (columns.size() - 1) + " labels in every row, got " + row.labels);
        }
      }
    }

    /** Whether every measured value is accepted. */
    public boolean passed() {
      return rows.stream().allMatch(Row::passed);
    }

    /** Aligned lines under the title. */
    String text() {
      List<String> header = new ArrayList<>(columns);
      header.addAll(List.of("reference", "accepted", ""));
      TextTable lines = new TextTable(header);
      for (Row row : rows) {
        List<String> line = new ArrayList<>(row.labels);
        line.add(Accepted.number(row.measured));
        line.add(Accepted.number(row.accepted.reference()));
        line.add(row.accepted.text());
        line.add(row.passed() ? "ok" : "OFF");
        lines.row(line);
      }
      StringBuilder text = new StringBuilder(title).append('\n');
      lines.toString().lines().forEach(line -> text.append("  ").append(line).append('\n'));
      return text.toString();
    }

    private Map<String, Object> asMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("title", title);
      map.put("columns", columns);
      List<Map<String, Object>> lines = new ArrayList<>();
      for (Row row : rows) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("labels", row.labels);
        putFinite(line, "measured", row.measured);
        putFinite(line, "reference", row.accepted.reference());
        putFinite(line, "low", row.accepted.low());
        putFinite(line, "high", row.accepted.high());
        line.put("passed", row.passed());
        lines.add(line);
      }
      map.put("rows", lines);
      return map;
    }

    private static void putFinite(Map<String, Object> map, String key, double value) {
      if (Double.isFinite(value)) {
        map.put(key, value);
      }
    }
  }

  /**
   * One measured value.
   *
   * @param labels what it was measured on
   * @param measured the value
   * @param accepted where it must lie
   */
  public record Row(List<String> labels, double measured, Accepted accepted) {

    /** Copies. */
    public Row {
      labels = List.copyOf(labels);
    }

    /** Whether the value is accepted. */
    public boolean passed() {
      return accepted.contains(measured);
    }
  }
}
