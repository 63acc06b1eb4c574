package dev.espalier.tables;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Labels;
import dev.espalier.api.Observation;
import dev.espalier.api.Samples;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The invertible map of a table's rows to rows of numbers, fitted to one table.
 *
 * <p>Column by column: numbers are standardised or mapped to normal scores, a missing one becoming
 * NaN with a flag beside it; whole numbers, dates, times and moments are spread over the interval
 * that rounds to them; ordered categories become one number with thresholds; two categories become
 * one flag, up to {@value #MOST_FLAGS} one flag each, with missing as one more; of more categories
 * the frequent ones become a flag each and the others one flag together and one number; constant
 * and all-missing columns become nothing and are restored; identifiers are left out, or become
 * nothing and are written anew. A flag is 1 or 0 plus a uniform jitter of ±¼. Random numbers depend
 * on the seed, the column's name and the row's index alone.
 *
 * <p>Decoding brings every encoded cell back exactly, but for identifiers, which it brings back as
 * fresh words; a continuous column of pattern {@code any} is off by rounding, at most 1e-12 of its
 * range. Any finite row decodes to cells of the columns' kinds: known categories, numbers on the
 * column's grid and within its limits.
 */
public final class Encoder implements Serializable {
  private static final long serialVersionUID = 1;

  static final int MOST_FLAGS = 32;

  /** The newest format of {@link #toJson}; format 1 has no number in it. */
  private static final int FORMAT = 2;

  private final List<Part> parts;
  private final int width;
  private final List<String> left;
  private final String missing;

  /**
   * One column of the table.
   *
   * @param coder of the cells; unused in a label
   * @param label the categories and maybe a last one for missing; null if this is no label
   */
  private record Part(Coder coder, int at, @Nullable List<String> label) {}

  private Encoder(List<Part> parts, List<String> left, String missing) {
    this.parts = List.copyOf(parts);
    int sum = 0;
    for (Part part : parts) {
      sum += part.label == null ? part.coder.width() : 0;
    }
    this.width = sum;
    this.left = List.copyOf(left);
    this.missing = missing;
  }

  /**
   * Fits an encoder to a table.
   *
   * @throws InvalidDataException if no column but labels varies
   * @throws IllegalArgumentException if a label names no categorical or boolean column
   */
  public static Encoder fit(Table table, EncoderOptions options) {
    for (String label : options.labels()) {
      Kind kind = table.column(label).kind();
      if (!kind.isCategory()) {
        throw new IllegalArgumentException(
            "need a categorical or boolean column as label, got '"
                + label
                + "', which is "
                + kind.word());
      }
    }
    List<Part> parts = new ArrayList<>();
    List<String> left = new ArrayList<>();
    int at = 0;
    for (Column column : table.columns()) {
      if (column.kind() == Kind.IDENTIFIER && column.field().pattern().isEmpty()) {
        left.add(column.name());
        continue;
      }
      boolean label = options.labels().contains(column.name());
      Coder coder = label ? new FixedCoder(column.field(), -1, null) : coder(column, options);
      parts.add(new Part(coder, at, label ? label(column, options) : null));
      at += label ? 0 : coder.width();
    }
    if (at == 0) {
      throw new InvalidDataException(
          "need at least one column that varies, got none"
              + (options.labels().isEmpty() ? "" : " besides the labels " + options.labels())
              + " among "
              + Csv.shown(table.names())
              + " in "
              + table.count()
              + (table.count() == 1 ? " row" : " rows"));
    }
    return new Encoder(parts, left, table.missing());
  }

  private static List<String> label(Column column, EncoderOptions options) {
    List<String> words = new ArrayList<>(column.field().categories());
    if (column.missing() > 0 && options.blanks() == EncoderOptions.Blanks.DRAWN) {
      String word = "missing";
      while (words.contains(word)) {
        word = "(" + word + ")";
      }
      words.add(word);
    }
    return words;
  }

  private static Coder coder(Column column, EncoderOptions options) {
    Field field = column.field();
    int gone = column.missing();
    int there = column.count() - gone;
    boolean drawn = options.blanks() == EncoderOptions.Blanks.DRAWN;
    boolean told = drawn && gone > 0 && there > 0;
    Flag flag = told ? Flag.of(gone / (double) column.count()) : null;
    if (field.kind() == Kind.IDENTIFIER) {
      boolean gaps = drawn && gone > 0;
      return FreshCoder.of(column, gaps ? Flag.of(gone / (double) column.count()) : null);
    }
    if (field.kind().isNumber()) {
      double[] sorted = sorted(column, there);
      if (sorted.length == 0 || sorted[0] == sorted[sorted.length - 1]) {
        return new FixedCoder(field, sorted.length == 0 ? Double.NaN : sorted[0], flag);
      }
      NumberLine line =
          options.numbers() == EncoderOptions.Numbers.STANDARDISED
              ? StandardLine.of(field, sorted, options.limits())
              : ScoresLine.of(field, sorted, options.limits());
      return new NumberCoder(field, line, flag);
    }
    int categories = field.categories().size();
    int[] counts = new int[categories + 1];
    for (int i = 0; i < column.count() && categories > 0; i++) {
      counts[column.code(i) < 0 ? categories : column.code(i)]++;
    }
    if (categories < 2 || there == 0) {
      return new FixedCoder(field, there == 0 ? -1 : 0, flag);
    }
    if (field.kind() == Kind.ORDERED) {
      return OrderedCoder.of(field, Arrays.copyOf(counts, categories), flag);
    }
    double all = drawn ? column.count() : there;
    if (categories == 2 && (gone == 0 || !drawn)) {
      return new FlagCoder(field, Flag.of(counts[1] / all));
    }
    counts[categories] = drawn ? gone : 0;
    if (categories > MOST_FLAGS) {
      return CappedCoder.of(field, counts, MOST_FLAGS).orElseGet(() -> RankCoder.of(field, counts));
    }
    double[] shares = new double[counts[categories] > 0 ? categories + 1 : categories];
    Arrays.setAll(shares, k -> counts[k] / all);
    return new WordsCoder(field, shares, new double[shares.length]);
  }

  private static double[] sorted(Column column, int there) {
    double[] sorted = new double[there];
    int next = 0;
    for (int i = 0; i < column.count(); i++) {
      if (!column.missing(i)) {
        sorted[next++] = column.number(i) + 0.0;
      }
    }
    Arrays.sort(sorted);
    return sorted;
  }

  /** The number of numbers in an encoded row. */
  public int columns() {
    return width;
  }

  /** A name for each number of an encoded row, such as {@code year}, {@code sex=male}. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (Part part : parts) {
      if (part.label == null) {
        names.addAll(part.coder.names());
      }
    }
    return names;
  }

  /**
   * How many numbers of an encoded row stand for each of {@link #fields()}, which follow one
   * another in that order; 0 for a label, for what is constant and for identifiers.
   */
  public List<Integer> widths() {
    return parts.stream().map(part -> part.label == null ? part.coder.width() : 0).toList();
  }

  /** The types of the columns that decoding gives: all but identifiers left out, in order. */
  public List<Field> fields() {
    return parts.stream().map(part -> part.coder.field()).toList();
  }

  /** The columns that travel as labels. */
  public List<String> labels() {
    return parts.stream()
        .filter(part -> part.label != null)
        .map(part -> part.coder.field().name())
        .toList();
  }

  /** What a reader should know of the encoding, a sentence each. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (String name : left) {
      notes.add("column '" + name + "': an identifier, left out");
    }
    for (Part part : parts) {
      if (part.label == null) {
        part.coder.note().ifPresent(notes::add);
      }
    }
    return notes;
  }

  /**
   * The rows of a table of these columns as numbers, with the labels beside them.
   *
   * @param seed of the jitter
   * @throws IllegalArgumentException if the table lacks a column, or has it with another type
   */
  public Samples encode(Table table, long seed) {
    int n = table.count();
    double[] out = new double[Math.multiplyExact(n, width)];
    List<Labels> labels = new ArrayList<>();
    check(table);
    for (Part part : parts) {
      Field field = part.coder.field();
      if (part.label != null) {
        labels.add(labelsOf(part, table.column(field.name())));
        continue;
      }
      Jitter jitter = new Jitter(seed, field.name(), part.coder.width());
      for (int i = 0; i < n; i++) {
        part.coder.encode(Cells.of(table, field, i), jitter, i, out, i * width + part.at);
      }
    }
    return Samples.of(width, out).withLabels(labels);
  }

  /** Fails if a table lacks a column, or has it with another type. */
  void check(Table table) {
    for (Part part : parts) {
      Field field = part.coder.field();
      if (field.kind() == Kind.IDENTIFIER) {
        continue; // they are written anew, and need not be there
      }
      Column column = table.column(field.name());
      if (column.kind() != field.kind()
          || !column.field().categories().equals(field.categories())) {
        throw new IllegalArgumentException(
            "need the column '"
                + field.name()
                + "' of the type that was fitted, "
                + field
                + ", got "
                + column.field());
      }
    }
  }

  private static Labels labelsOf(Part part, Column column) {
    List<String> words = part.label;
    int none = column.field().categories().size();
    int[] codes = new int[column.count()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = column.code(i) < 0 ? none : column.code(i);
      if (codes[i] >= words.size()) {
        throw new IllegalArgumentException(
            "need no missing cells in the label '"
                + column.name()
                + "', as in the table that was fitted, got one in row "
                + i);
      }
    }
    return Labels.of(column.name(), words, codes);
  }

  /**
   * The table of encoded rows, or of rows 0, 1, … of a draw with seed 0.
   *
   * @throws IllegalArgumentException if there are not as many columns as encoded rows have, a label
   *     is not there, or a cell is missing where only its flag may say so
   */
  public Table decode(Samples rows) {
    return decode(rows, DrawRequest.Rows.range(0, rows.count()), 0);
  }

  /**
   * The table of drawn rows.
   *
   * @param drawn which rows they are, for identifiers
   * @param seed of the draw, for identifiers
   */
  Table decode(Samples rows, DrawRequest.Rows drawn, long seed) {
    return decode(rows, Coder::decode, drawn, seed);
  }

  /** The table of drawn rows without missing cells, even where the rows say that some are. */
  Table fill(Samples rows) {
    return decode(rows, Coder::fill, DrawRequest.Rows.range(0, rows.count()), 0);
  }

  private interface Decoding {
    double cell(Coder coder, double[] in, int at);
  }

  private Table decode(Samples rows, Decoding decoding, DrawRequest.Rows drawn, long seed) {
    if (rows.columns() != width) {
      throw new IllegalArgumentException(
          "need rows of " + width + " numbers to decode, got " + rows.columns());
    }
    int n = rows.count();
    double[] in = rows.toArray();
    List<Column> columns = new ArrayList<>();
    for (Part part : parts) {
      Field field = part.coder.field();
      double[] cells = new double[n];
      if (part.label != null) {
        decodeLabel(part, rows, cells);
      } else {
        for (int i = 0; i < n; i++) {
          checkWhole(part, in, i);
          cells[i] = decoding.cell(part.coder, in, i * width + part.at);
        }
      }
      columns.add(part.coder.column(cells, drawn, seed));
    }
    return Table.of(columns, missing, List.of());
  }

  /** Fails if a number is missing, unless it is that of a cell whose flag says so. */
  private void checkWhole(Part part, double[] in, int i) {
    int from = i * width + part.at;
    boolean told = part.coder.saysMissing(in, from);
    for (int j = from; j < from + part.coder.width(); j++) {
      if (Double.isNaN(in[j]) && !(told && j == from)) {
        throw new IllegalArgumentException(
            "need complete rows to decode, got a missing number for '"
                + part.coder.names().get(j - from)
                + "' in row "
                + i);
      }
    }
  }

  private static void decodeLabel(Part part, Samples rows, double[] cells) {
    Field field = part.coder.field();
    Labels labels =
        rows.label(field.name())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "need the label '"
                            + field.name()
                            + "' beside the rows, got "
                            + rows
                            + ". Stratify by it, or do not make it a label"));
    int[] codes = new int[labels.categories().size()];
    for (int k = 0; k < codes.length; k++) {
      codes[k] = part.label.indexOf(labels.categories().get(k));
      if (codes[k] < 0) {
        throw new IllegalArgumentException(
            "need a category of '" + field.name() + "', got '" + labels.categories().get(k) + "'");
      }
    }
    for (int i = 0; i < cells.length; i++) {
      int code = codes[labels.code(i)];
      cells[i] = code == field.categories().size() ? -1 : code;
    }
  }

  /**
   * What conditions say of encoded rows: labels, columns, sums and then ranges.
   *
   * <p>A number on a grid stands for the middle of its interval, a category for flags of 0 and 1.
   *
   * @throws IllegalArgumentException if a column is unknown or has no such cell, or conditions
   *     contradict one another
   */
  public List<Observation> observations(List<Condition> conditions) {
    Known known = new Known();
    Map<String, Double> cells = cells(conditions);
    cells.forEach((name, cell) -> know(part(name), cell, known));
    Map<String, double[]> ranges = ranges(conditions);
    ranges.forEach((name, ends) -> within(part(name), ends, cells.get(name), known));
    for (Condition each : conditions) {
      if (each instanceof Condition.Sum sum) {
        known.sum(sum(sum, known));
      }
    }
    return known.observations();
  }

  /** The cells that conditions say are known, by column; numbers or codes. */
  Map<String, Double> cells(List<Condition> conditions) {
    Map<String, Double> cells = new LinkedHashMap<>();
    for (Condition each : conditions) {
      if (each instanceof Condition.Is is) {
        known(cells, is.column(), cell(part(is.column()).coder.field(), is.cell()));
      } else if (each instanceof Condition.Within within && within.low() == within.high()) {
        Field field = number(within.column());
        double snapped = field.notation().snap(within.low());
        if (field.kind() != Kind.CONTINUOUS && snapped != within.low()) {
          throw new IllegalArgumentException(
              "need a cell that the "
                  + field.kind().word()
                  + " column '"
                  + field.name()
                  + "' can have, got "
                  + (field.kind() == Kind.INTEGER
                      ? ConditionWords.number(within.low(), field.notation())
                      : "a number between two"));
        }
        known(cells, within.column(), within.low());
      }
    }
    return cells;
  }

  private static void known(Map<String, Double> cells, String column, double cell) {
    Double before = cells.put(column, cell);
    if (before != null && before != cell) {
      throw new IllegalArgumentException(
          "this has probability zero: the column '" + column + "' is given two different cells");
    }
  }

  private static Map<String, double[]> ranges(List<Condition> conditions) {
    Map<String, double[]> ranges = new LinkedHashMap<>();
    for (Condition each : conditions) {
      if (each instanceof Condition.Within within && within.low() < within.high()) {
        double[] ends = {within.low(), within.high()};
        double[] before = ranges.getOrDefault(within.column(), ends);
        ends[0] = Math.max(ends[0], before[0]);
        ends[1] = Math.min(ends[1], before[1]);
        if (!(ends[0] <= ends[1])) {
          throw new IllegalArgumentException(
              "this has probability zero: the ranges of '" + within.column() + "' do not overlap");
        }
        ranges.put(within.column(), ends);
      }
    }
    return ranges;
  }

  /** A cell of a field as a number or code. */
  private static double cell(Field field, String cell) {
    if (field.kind().isCategory()) {
      int code = field.categories().indexOf(cell);
      if (code < 0) {
        throw new IllegalArgumentException(
            "need a category of '"
                + field.name()
                + "', one of "
                + Csv.shown(field.categories())
                + ", got '"
                + cell
                + "'");
      }
      return code;
    }
    double value = ConditionText.number(field, cell).orElse(Double.NaN);
    boolean whole = field.kind() == Kind.CONTINUOUS || value == field.notation().snap(value);
    if (Double.isNaN(value) || !whole) {
      throw new IllegalArgumentException(
          "need a cell of the "
              + field.kind().word()
              + " column '"
              + field.name()
              + "', got '"
              + cell
              + "'");
    }
    return value;
  }

  /** The part that a condition names; identifiers are no part of the law. */
  private Part part(String column) {
    boolean identifier = left.contains(column);
    for (Part part : parts) {
      if (part.coder.field().name().equals(column)) {
        identifier = part.coder.field().kind() == Kind.IDENTIFIER;
        if (!identifier) {
          return part;
        }
      }
    }
    throw new IllegalArgumentException(
        identifier
            ? "the column '" + column + "' is an identifier, which the model did not learn"
            : "no column is named '"
                + column
                + "'; the model has "
                + fields().stream().map(Field::name).toList());
  }

  private Field number(String column) {
    Field field = part(column).coder.field();
    if (!field.kind().isNumber()) {
      throw new IllegalArgumentException(
          "need a column of numbers for a range or sum, got '"
              + column
              + "', which is "
              + field.kind().word());
    }
    return field;
  }

  private static void know(Part part, double cell, Known known) {
    if (part.label != null) {
      known.label(part.coder.field().name(), part.label.get((int) cell));
    } else {
      part.coder.know(cell, part.at, known);
    }
  }

  private void within(Part part, double[] ends, @Nullable Double cell, Known known) {
    Field field = number(part.coder.field().name());
    double only = cell != null ? cell : part.coder instanceof FixedCoder f ? f.cell() : Double.NaN;
    if (!Double.isNaN(only) || part.coder instanceof FixedCoder) {
      if (!(only >= ends[0] && only <= ends[1])) {
        throw new IllegalArgumentException(
            "this has probability zero: the column '"
                + field.name()
                + "' is "
                + (Double.isNaN(only) ? "empty" : field.notation().write(only))
                + ", outside of the range");
      }
      part.coder.knowPresent(part.at, known);
      return;
    }
    double[] found =
        ((NumberCoder) part.coder)
            .line()
            .interval(ends[0], ends[1])
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "this has probability zero: no row that the model draws has "
                            + ConditionWords.of(
                                new Condition.Within(field.name(), ends[0], ends[1]), field)));
    known.between(part.at, found[0], found[1]);
    part.coder.knowPresent(part.at, known);
  }

  private Observation sum(Condition.Sum sum, Known known) {
    double[] weights = new double[width];
    double offset = 0;
    boolean some = false;
    for (Map.Entry<String, Double> each : sum.weights().entrySet()) {
      number(each.getKey());
      Part part = part(each.getKey());
      if (part.coder instanceof FixedCoder fixed) {
        offset += each.getValue() * fixed.cell();
        continue;
      }
      if (!(((NumberCoder) part.coder).line() instanceof StandardLine line)) {
        throw new IllegalArgumentException(
            "need standardised numbers for a sum, got normal scores in '" + each.getKey() + "'");
      }
      weights[part.at] = each.getValue() * line.slope();
      offset += each.getValue() * line.offset();
      part.coder.knowPresent(part.at, known);
      some = true;
    }
    if (!some || !Double.isFinite(offset)) {
      throw new IllegalArgumentException("need a sum of columns that vary, got " + sum);
    }
    return sum.low() == sum.high()
        ? Observation.sum(weights, sum.low() - offset)
        : Observation.between(weights, sum.low() - offset, sum.high() - offset);
  }

  /** What the cells of a row that are there say, and that the others are there too. */
  List<Observation> observations(Table table, int row) {
    Known known = new Known();
    for (Part part : parts) {
      Field field = part.coder.field();
      double cell = Cells.of(table, field, row);
      if (Cells.missing(field, cell)) {
        part.coder.knowPresent(part.at, known);
      } else if (part.coder instanceof FixedCoder && part.label == null) {
        part.coder.knowPresent(part.at, known);
      } else {
        know(part, cell, known);
      }
    }
    return known.observations();
  }

  /** The labels that have a word for missing, with their categories. */
  Map<String, List<String>> labelsThatMayBeMissing() {
    Map<String, List<String>> found = new LinkedHashMap<>();
    for (Part part : parts) {
      Field field = part.coder.field();
      if (part.label != null && part.label.size() > field.categories().size()) {
        found.put(field.name(), field.categories());
      }
    }
    return found;
  }

  /**
   * This encoder with thresholds such that drawn rows decode to categories and to missing cells as
   * often as the data have them. Encoded rows decode as before.
   *
   * @param drawn rows from a law fitted to encoded rows; a few thousand do
   */
  public Encoder calibrated(Samples drawn) {
    List<Part> moved = new ArrayList<>();
    for (Part part : parts) {
      int lanes = part.label == null ? part.coder.width() : 0;
      if (lanes == 0 || drawn.count() == 0) {
        moved.add(part);
        continue;
      }
      double[][] values = new double[lanes][];
      for (int k = 0; k < lanes; k++) {
        values[k] = drawn.column(part.at + k);
      }
      moved.add(new Part(part.coder.calibrated(values), part.at, part.label));
    }
    return new Encoder(moved, left, missing);
  }

  /** The lowest format that can say everything, so that older programs read what they can. */
  private int format() {
    for (Part part : parts) {
      Kind kind = part.coder.field().kind();
      boolean newer =
          kind == Kind.TIME
              || kind == Kind.TIMESTAMP
              || kind == Kind.ORDERED
              || kind == Kind.IDENTIFIER
              || part.coder instanceof CappedCoder;
      if (newer) {
        return FORMAT;
      }
    }
    return 1;
  }

  /** Everything as JSON text, the same on every machine. */
  String toJson() {
    ObjectNode root = Json.object();
    if (format() > 1) {
      root.put("format", format());
    }
    root.put("missing", missing);
    root.set("identifiers", Json.words(left));
    ArrayNode columns = root.putArray("columns");
    for (Part part : parts) {
      Field field = part.coder.field();
      ObjectNode node = columns.addObject();
      node.put("name", field.name()).put("kind", field.kind().word());
      if (field.kind().isNumber()) {
        node.put("pattern", field.pattern());
        if (!Double.isInfinite(field.low())) {
          node.put("low", Decimals.exact(field.low()));
        }
        if (!Double.isInfinite(field.high())) {
          node.put("high", Decimals.exact(field.high()));
        }
      } else if (field.kind() == Kind.IDENTIFIER) {
        node.put("pattern", field.pattern());
      } else {
        node.set("categories", Json.words(field.categories()));
      }
      if (part.label != null) {
        node.set("label", Json.words(part.label));
      } else {
        node.set("encoding", part.coder.toJson());
      }
    }
    return Json.compact(root);
  }

  /**
   * Restores what {@link #toJson} wrote.
   *
   * @throws InvalidDataException naming what does not fit
   */
  static Encoder fromJson(String where, String json) {
    Json.Part root = Json.parse(where, json);
    double format = root.has("format") ? root.get("format").number() : 1;
    if (!(format >= 1 && format <= FORMAT && format == Math.rint(format))) {
      throw root.get("format")
          .need(
              "a format of tables from 1 to " + FORMAT + ", which this version of Espalier reads");
    }
    root.only("format", "missing", "identifiers", "columns");
    List<Part> parts = new ArrayList<>();
    int at = 0;
    for (Json.Part node : root.get("columns").list(part -> part)) {
      node.only("name", "kind", "pattern", "low", "high", "categories", "label", "encoding");
      Field field = field(node);
      if (node.has("label")) {
        List<String> label = node.get("label").list(Json.Part::text);
        int known = field.categories().size();
        boolean fits =
            known > 0
                && (label.size() == known || label.size() == known + 1)
                && label.subList(0, known).equals(field.categories())
                && label.stream().distinct().count() == label.size();
        if (!fits || !field.kind().isCategory()) {
          throw node.get("label").need("the categories, and maybe a word for missing");
        }
        parts.add(new Part(new FixedCoder(field, -1, null), at, label));
      } else {
        Coder coder = Coder.read(node.get("encoding"), field);
        parts.add(new Part(coder, at, null));
        at += coder.width();
      }
    }
    if (at == 0) {
      throw root.get("columns").need("at least one column that varies");
    }
    return new Encoder(
        parts, root.get("identifiers").list(Json.Part::text), root.get("missing").text());
  }

  private static Field field(Json.Part node) {
    Kind kind =
        Kind.of(node.get("kind").text())
            .orElseThrow(() -> node.get("kind").need("a kind of columns"));
    boolean written = kind.isNumber() || kind == Kind.IDENTIFIER;
    try {
      return new Field(
          node.get("name").text(),
          kind,
          written ? node.get("pattern").text() : "",
          written ? List.of() : node.get("categories").list(Json.Part::text),
          node.has("low") ? node.get("low").number() : Double.NEGATIVE_INFINITY,
          node.has("high") ? node.get("high").number() : Double.POSITIVE_INFINITY);
    } catch (IllegalArgumentException e) {
      throw new InvalidDataException(node.where() + ": " + e.getMessage(), e);
    }
  }

  /** An encoder travels as what a model file has of it. */
  private record Travelling(String json) implements Serializable {
    private Object readResolve() {
      return fromJson("the table's encoding", json);
    }
  }

  private Object writeReplace() {
    return new Travelling(toJson());
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("need the form that travels");
  }
}
