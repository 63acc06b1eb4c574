package dev.espalier.tables;

import dev.espalier.api.InvalidDataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Reads the cells of one column in the second pass over a file, when its kind is known. */
final class ColumnReader {

  private final RowSource file;
  private final String name;
  private final Kind kind;
  private final Schema.Rule rule;
  private final String pattern;
  private final Notation notation;
  private final double[] numbers;
  private final int[] codes;
  private final @Nullable String[] words;
  private final Map<String, Integer> categories = new HashMap<>();
  private final int count;
  private Optional<String> note = Optional.empty();

  ColumnReader(
      RowSource file, String name, ColumnSurvey.Finding found, Schema.Rule rule, int count) {
    this.file = file;
    this.name = name;
    this.kind = found.kind();
    this.pattern = found.pattern();
    this.notation =
        kind.isNumber()
            ? Notation.of(kind, found.read().orElse(pattern))
            : Notation.finest(Kind.CONTINUOUS);
    this.rule = rule;
    this.count = count;
    this.numbers = new double[kind.isNumber() ? count : 0];
    this.codes = new int[kind.isCategory() ? count : 0];
    this.words = new @Nullable String[kind == Kind.IDENTIFIER ? count : 0];
    for (String category : rule.categories()) {
      categories.put(category, categories.size());
    }
  }

  void missing(int row) {
    if (kind.isNumber()) {
      numbers[row] = Double.NaN;
    } else if (kind.isCategory()) {
      codes[row] = -1;
    }
  }

  void add(String cell, int row, long line) {
    if (kind.isNumber()) {
      numbers[row] = number(cell, line);
    } else if (kind.isCategory()) {
      codes[row] = code(cell, line);
    } else if (kind == Kind.IDENTIFIER) {
      words[row] = cell;
    }
  }

  /** Takes note of a cell in a row that is not kept: its category exists all the same. */
  void pass(String cell, long line) {
    if (kind.isCategory()) {
      code(cell, line);
    }
  }

  private double number(String cell, long line) {
    OptionalDouble read = notation.read(cell);
    if (read.isEmpty()) {
      throw need(notation.need(cell), cell, line);
    }
    double value = read.getAsDouble();
    if (!(value >= rule.low() && value <= rule.high())) {
      String low = Double.isInfinite(rule.low()) ? "" : notation.write(rule.low());
      String high = Double.isInfinite(rule.high()) ? "" : notation.write(rule.high());
      throw need("a value in the range " + low + ".." + high + " of the schema", cell, line);
    }
    return value + 0.0;
  }

  private int code(String cell, long line) {
    Integer code = categories.get(cell);
    if (code == null) {
      if (!rule.categories().isEmpty()) {
        throw need("one of the categories " + Csv.shown(rule.categories()), cell, line);
      }
      code = categories.size();
      categories.put(cell, code);
    }
    return code;
  }

  private InvalidDataException need(String what, String cell, long line) {
    return new InvalidDataException(
        file.place(line)
            + ": need "
            + what
            + " in "
            + Csv.column(name)
            + ", got '"
            + Csv.shown(cell)
            + "'");
  }

  Column finish() {
    if (kind.isNumber()) {
      return Column.numbers(
          Field.number(name, kind, pattern).withRange(rule.low(), rule.high()), numbers);
    }
    if (kind == Kind.IDENTIFIER) {
      return identifiers();
    }
    if (kind == Kind.ALL_MISSING) {
      return Column.allMissing(name, count);
    }
    if (!rule.categories().isEmpty()) {
      return Column.codes(Field.words(name, kind, rule.categories()), codes);
    }
    List<String> sorted = sorted();
    int[] places = new int[sorted.size()];
    for (int i = 0; i < places.length; i++) {
      places[categories.get(sorted.get(i))] = i;
    }
    for (int i = 0; i < count; i++) {
      codes[i] = codes[i] < 0 ? -1 : places[codes[i]];
    }
    return Column.codes(Field.words(name, kind, sorted), codes);
  }

  private Column identifiers() {
    List<@Nullable String> list = new ArrayList<>(count);
    List<String> there = new ArrayList<>(count);
    for (String word : words) {
      list.add(word);
      if (word != null) {
        there.add(word);
      }
    }
    String form = pattern;
    if (form.equals(Notation.ANY)) {
      form = IdentifierForm.learn(there).map(IdentifierForm::text).orElse("");
      note =
          form.isEmpty()
              ? Optional.of(
                  Csv.column(name)
                      + ": identifiers without a form that half of them share, left out")
              : note;
    }
    return Column.identifiers(
        new Field(name, kind, form, List.of(), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
        list);
  }

  /** What became clear from the cells; after {@link #finish}. */
  Optional<String> note() {
    return note;
  }

  /** By code unit; so no comes before yes, false before true, off before on in reverse. */
  private List<String> sorted() {
    List<String> sorted = new ArrayList<>(categories.keySet());
    sorted.sort(null);
    if (kind == Kind.BOOLEAN && sorted.get(1).equalsIgnoreCase("on")) {
      sorted.sort((one, two) -> two.compareTo(one));
    }
    return sorted;
  }
}
