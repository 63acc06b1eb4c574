package dev.espalier.tables;

import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Streams;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Makes a typed table of the rows of a file, in two passes: the first finds the kinds of the
 * columns and counts the rows, the second reads the cells of the rows that are kept.
 */
final class TableReader {

  private TableReader() {}

  /**
   * Reads a table of at most so many rows as are wanted, a uniform sample without replacement where
   * there are more; what is kept depends on the seed and the number of rows alone.
   */
  static Table read(RowSource source, Reading how) throws IOException {
    Survey survey = new Survey(source, how.schema().over(source.said()));
    source.scan(survey);
    survey.checkRows();
    Cells cells = new Cells(source, survey, how);
    source.scan(cells);
    return cells.table();
  }

  private static void checkWidth(RowSource source, List<String> cells, int width, long position) {
    if (cells.size() != width) {
      throw new InvalidDataException(
          source.place(position)
              + ": need "
              + width
              + (width == 1 ? " cell" : " cells")
              + ", as many as column names, got "
              + cells.size());
    }
  }

  private static void checkNames(RowSource source, List<String> names, long position) {
    Map<String, Integer> places = new HashMap<>();
    for (int j = 0; j < names.size(); j++) {
      if (names.get(j).isEmpty()) {
        throw new InvalidDataException(
            source.place(position)
                + ": need a name for every column, got none for column "
                + (j + 1)
                + " of "
                + names.size());
      }
      Integer before = places.put(names.get(j), j);
      if (before != null) {
        throw new InvalidDataException(
            source.place(position)
                + ": need distinct column names, got '"
                + Csv.shown(names.get(j))
                + "' for columns "
                + (before + 1)
                + " and "
                + (j + 1));
      }
    }
  }

  /** The first pass: the names, the number of rows and the kinds of the columns. */
  private static final class Survey implements RowSource.Visitor {
    private final RowSource source;
    private final Schema schema;
    private List<String> header = List.of();
    private final List<ColumnSurvey> columns = new ArrayList<>();
    private int rows;

    Survey(RowSource source, Schema schema) {
      this.source = source;
      this.schema = schema;
    }

    @Override
    public void header(List<String> names, List<RowSource.Hint> hints, long position) {
      checkNames(source, names, position);
      header = names;
      checkSchema();
      for (int j = 0; j < names.size(); j++) {
        columns.add(
            new ColumnSurvey(
                names.get(j),
                schema.rules().getOrDefault(names.get(j), Schema.Rule.NONE),
                new LinkedHashSet<>(schema.missing()),
                hints.get(j)));
      }
    }

    @Override
    public void row(List<String> cells, long position) {
      checkWidth(source, cells, header.size(), position);
      for (int j = 0; j < header.size(); j++) {
        columns.get(j).add(cells.get(j), position);
      }
      if (rows == Integer.MAX_VALUE) {
        throw new InvalidDataException(
            source.name() + ": need at most " + Integer.MAX_VALUE + " rows, got more");
      }
      rows++;
    }

    private void checkSchema() {
      schema
          .rules()
          .forEach(
              (column, rule) -> {
                // identifiers are left out anyway, and drawn rows have none
                boolean needed = rule.kind().orElse(Kind.CONTINUOUS) != Kind.IDENTIFIER;
                if (needed && !header.contains(column)) {
                  throw new InvalidDataException(
                      "need a column '"
                          + Csv.shown(column)
                          + "' in "
                          + source.name()
                          + ", as the schema says or the table to compare with has, got "
                          + Csv.shown(header));
                }
              });
    }

    void checkRows() {
      if (header.isEmpty()) {
        throw new InvalidDataException(
            source.name() + " is empty: need a line of column names and at least one row");
      }
      if (rows == 0) {
        throw new InvalidDataException(
            source.name() + " has column names but no rows: need at least one row");
      }
    }
  }

  /** The second pass: the cells of the rows that are kept. */
  private static final class Cells implements RowSource.Visitor {
    private final RowSource source;
    private final Survey survey;
    private final List<ColumnReader> readers = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final int most;
    private final RandomGenerator random;
    private int rows;
    private int kept;

    Cells(RowSource source, Survey survey, Reading how) {
      this.source = source;
      this.survey = survey;
      this.most = Math.min(survey.rows, how.mostRows());
      this.random = new Streams(how.seed()).stream("rows of a file", 0);
      if (most < survey.rows) {
        notes.add(most + " of " + survey.rows + " rows are used, chosen uniformly by the seed");
      }
      for (int j = 0; j < survey.header.size(); j++) {
        String column = survey.header.get(j);
        ColumnSurvey.Finding found =
            survey.columns.get(j).finding(source, how.csv().separator() == ';');
        Schema.Rule rule = survey.schema.rules().getOrDefault(column, Schema.Rule.NONE);
        if (found.kind() == Kind.IDENTIFIER && regenerated(rule, how)) {
          found = found.regenerated(rule);
        }
        found.note().ifPresent(notes::add);
        readers.add(new ColumnReader(source, column, found, rule, most));
      }
    }

    private static boolean regenerated(Schema.Rule rule, Reading how) {
      return rule.pattern().isPresent()
          || rule.kind().isEmpty() && how.identifiers() == Identifiers.REGENERATED;
    }

    @Override
    public void header(List<String> names, List<RowSource.Hint> hints, long position) {
      if (!names.equals(survey.header)) {
        throw changed();
      }
    }

    @Override
    public void row(List<String> cells, long position) {
      if (rows == survey.rows || cells.size() != readers.size()) {
        throw changed();
      }
      // every row in turn with the chance that makes all choices of so many rows equally likely
      boolean keep = most == survey.rows || random.nextInt(survey.rows - rows) < most - kept;
      rows++;
      for (int j = 0; j < readers.size(); j++) {
        String cell = cells.get(j);
        boolean missing = survey.columns.get(j).isMissing(cell);
        if (!keep && !missing) {
          readers.get(j).pass(cell, position);
        } else if (keep && missing) {
          readers.get(j).missing(kept);
        } else if (keep) {
          readers.get(j).add(cell, kept, position);
        }
      }
      kept += keep ? 1 : 0;
    }

    private InvalidDataException changed() {
      return new InvalidDataException(source.name() + " changed while it was read: read it again");
    }

    Table table() {
      if (rows != survey.rows) {
        throw changed();
      }
      TreeMap<String, Integer> missing = new TreeMap<>();
      survey.columns.forEach(
          column -> column.missing().forEach((word, n) -> missing.merge(word, n, Integer::sum)));
      String commonest = "";
      int most = 0;
      for (Map.Entry<String, Integer> each : missing.entrySet()) {
        if (!each.getKey().isEmpty()) {
          notes.add(each.getValue() + " cells with '" + each.getKey() + "' count as missing");
        }
        if (each.getValue() > most) {
          most = each.getValue();
          commonest = each.getKey();
        }
      }
      List<Column> columns = readers.stream().map(ColumnReader::finish).toList();
      readers.forEach(reader -> reader.note().ifPresent(notes::add));
      return Table.of(columns, commonest, notes);
    }
  }
}
