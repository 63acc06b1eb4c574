package dev.espalier.tables;

import dev.espalier.api.InvalidDataException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a user says about a table before it is read; whatever is not said is inferred.
 *
 * <p>As a file it is JSON:
 *
 * <pre>{@code
 * {
 *   "missing": ["NA", "-999"],
 *   "columns": {
 *     "id":   {"exclude": true},
 *     "code": {"regenerate": true},
 *     "size": {"kind": "ordered", "categories": ["S", "M", "L"]},
 *     "year": {"kind": "integer", "range": [2000, 2020]},
 *     "sex":  {"kind": "categorical", "categories": ["female", "male"]},
 *     "paid": {"kind": "continuous", "pattern": "0.00", "missing": ["."]}
 *   }
 * }
 * }</pre>
 *
 * <p>{@code kind} is one of continuous, integer, categorical, ordered, boolean, date, time,
 * date-time, timestamp, constant, identifier, all-missing; the categories of an ordered column
 * stand from the lowest to the highest. {@code exclude} makes any column an identifier that models
 * leave out, {@code regenerate} one that they write fresh words for. An end of a {@code range} may
 * be null, and is a text for dates, times and moments, and for numbers as the pattern has them.
 * {@code pattern} tells how numbers and fresh identifiers are written (see {@link Field#pattern});
 * for identifiers {@code any} is the form of most of the values.
 *
 * @param missing the words that stand for a missing cell, as an empty cell always does
 * @param rules by column name
 */
public record Schema(List<String> missing, Map<String, Rule> rules) {

  /** The words for a missing cell unless a schema says otherwise. */
  public static final List<String> MISSING = List.of("NA", "N/A", "NaN", "nan", "null", "NULL");

  /** Copies. */
  public Schema {
    missing = List.copyOf(missing);
    rules = Collections.unmodifiableMap(new LinkedHashMap<>(rules));
  }

  /** Nothing said. */
  public static Schema none() {
    return new Schema(MISSING, Map.of());
  }

  /** This schema with a rule for one column. */
  public Schema with(String column, Rule rule) {
    Map<String, Rule> all = new LinkedHashMap<>(rules);
    all.put(column, rule);
    return new Schema(missing, all);
  }

  /** This schema without a rule for one column. */
  Schema without(String column) {
    Map<String, Rule> all = new LinkedHashMap<>(rules);
    all.remove(column);
    return new Schema(missing, all);
  }

  /** This schema with these words for a missing cell. */
  public Schema withMissing(List<String> missing) {
    return new Schema(missing, rules);
  }

  /**
   * What is said about one column.
   *
   * @param kind what its cells are, if said
   * @param pattern how its numbers or fresh identifiers are written, if said
   * @param categories its words; empty if not said
   * @param low the least number allowed; {@code −∞} if not said
   * @param high the greatest number allowed; {@code +∞} if not said
   * @param missing further words for a missing cell in this column
   */
  public record Rule(
      Optional<Kind> kind,
      Optional<String> pattern,
      List<String> categories,
      double low,
      double high,
      List<String> missing) {

    /** Nothing said. */
    public static final Rule NONE =
        new Rule(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            List.of());

    /** Copies and checks that the parts fit together. */
    public Rule {
      categories = List.copyOf(categories);
      missing = List.copyOf(missing);
      Kind said = kind.orElse(null);
      if (!categories.isEmpty() && (said == null || !said.isCategory())) {
        throw new IllegalArgumentException(
            "need a kind categorical, ordered, boolean or constant where categories are given, got "
                + (said == null ? "none" : said.word()));
      }
      boolean bounded = low > Double.NEGATIVE_INFINITY || high < Double.POSITIVE_INFINITY;
      boolean written = pattern.isPresent() && said != Kind.IDENTIFIER;
      if ((bounded || written) && (said == null || !said.isNumber())) {
        throw new IllegalArgumentException(
            "need a kind of numbers, dates, times or moments where a range or pattern is given, got "
                + (said == null ? "none" : said.word()));
      }
      if (said == Kind.ORDERED && categories.isEmpty()) {
        throw new IllegalArgumentException(
            "need the categories of an ordered column, from the lowest to the highest, got none");
      }
      if (!(low < high)) {
        throw new IllegalArgumentException(
            "need low < high in a range, got " + low + " and " + high);
      }
      if (said == Kind.IDENTIFIER) {
        pattern.filter(text -> !text.equals(Notation.ANY)).ifPresent(IdentifierForm::parse);
      } else {
        pattern.ifPresent(text -> Notation.of(said, text));
      }
      if (said != null && !categories.isEmpty()) {
        Field.words("column", said, categories);
      }
    }

    /** Cells are of that kind. */
    public static Rule of(Kind kind) {
      return new Rule(Optional.of(kind), NONE.pattern, List.of(), NONE.low, NONE.high, List.of());
    }

    /** Cells are of these words, from the lowest to the highest. */
    public static Rule ordered(List<String> categories) {
      return new Rule(
          Optional.of(Kind.ORDERED), NONE.pattern, categories, NONE.low, NONE.high, List.of());
    }

    /** Cells are identifiers, and models write fresh ones of the form that most of them have. */
    public static Rule regenerated() {
      return of(Kind.IDENTIFIER).withPattern(Notation.ANY);
    }

    /** This rule with a range of numbers allowed. */
    public Rule withRange(double low, double high) {
      return new Rule(kind, pattern, categories, low, high, missing);
    }

    /** This rule with the words allowed. */
    public Rule withCategories(List<String> categories) {
      return new Rule(kind, pattern, categories, low, high, missing);
    }

    /** This rule with a way to write numbers or fresh identifiers. */
    public Rule withPattern(String pattern) {
      return new Rule(kind, Optional.of(pattern), categories, low, high, missing);
    }

    /** This rule with further words for a missing cell. */
    public Rule withMissing(List<String> missing) {
      return new Rule(kind, pattern, categories, low, high, missing);
    }
  }

  /**
   * Reads a schema file.
   *
   * @throws InvalidDataException naming what is wrong and where
   */
  public static Schema read(Path path) {
    try {
      return parse(path.toString(), Files.readString(path));
    } catch (MalformedInputException e) {
      throw new InvalidDataException(path + ": need a schema in UTF-8, got other bytes", e);
    } catch (IOException e) {
      throw Csv.unreadable(path, e);
    }
  }

  /**
   * Reads a schema from the JSON that a schema file has.
   *
   * @param where names it in errors
   * @throws InvalidDataException naming what is wrong and where
   */
  public static Schema parse(String where, String json) {
    Json.Part root = Json.parse(where, json).only("missing", "columns");
    List<String> missing =
        root.has("missing") ? root.get("missing").list(Json.Part::text) : MISSING;
    Map<String, Rule> rules = new LinkedHashMap<>();
    if (root.has("columns")) {
      Json.Part columns = root.get("columns");
      for (String name : columns.keys()) {
        Json.Part part = columns.get(name);
        try {
          rules.put(name, rule(part));
        } catch (IllegalArgumentException e) {
          throw new InvalidDataException(part.where() + ": " + e.getMessage(), e);
        }
      }
    }
    return new Schema(missing, rules);
  }

  private static Rule rule(Json.Part part) {
    part.only("kind", "pattern", "categories", "range", "missing", "exclude", "regenerate");
    Optional<Kind> kind = Optional.empty();
    if (part.has("kind")) {
      String word = part.get("kind").text();
      kind = Kind.of(word);
      if (kind.isEmpty()) {
        throw part.get("kind").need("one of the kinds " + Kind.words());
      }
    }
    if (part.has("exclude") && part.get("exclude").truth()) {
      kind = Optional.of(Kind.IDENTIFIER);
    }
    Optional<String> pattern =
        part.has("pattern") ? Optional.of(part.get("pattern").text()) : Optional.empty();
    if (part.has("regenerate") && part.get("regenerate").truth()) {
      kind = Optional.of(Kind.IDENTIFIER);
      pattern = pattern.or(() -> Optional.of(Notation.ANY));
    }
    double low = Double.NEGATIVE_INFINITY;
    double high = Double.POSITIVE_INFINITY;
    if (part.has("range")) {
      Kind said = kind.filter(Kind::isNumber).orElse(Kind.CONTINUOUS);
      Notation notation =
          pattern.isPresent() && kind.filter(Kind::isNumber).isPresent()
              ? Notation.of(said, pattern.get())
              : Notation.finest(said);
      List<OptionalDouble> ends = part.get("range").list(end -> end(end, said, notation));
      if (ends.size() != 2) {
        throw part.get("range").need("two ends");
      }
      low = ends.get(0).orElse(low);
      high = ends.get(1).orElse(high);
    }
    return new Rule(
        kind,
        pattern,
        part.has("categories") ? part.get("categories").list(Json.Part::text) : List.of(),
        low,
        high,
        part.has("missing") ? part.get("missing").list(Json.Part::text) : List.of());
  }

  private static OptionalDouble end(Json.Part end, Kind kind, Notation notation) {
    if (end.node().isNull()) {
      return OptionalDouble.empty();
    }
    if (!kind.isTemporal() && !end.node().isString()) {
      return OptionalDouble.of(end.number());
    }
    OptionalDouble value = notation.read(end.text());
    if (value.isEmpty()) {
      throw end.need(notation.need(end.text()));
    }
    return value;
  }

  /** The schema that says everything about this table. */
  public static Schema of(Table table) {
    Map<String, Rule> rules = new LinkedHashMap<>();
    for (Column column : table.columns()) {
      Field field = column.field();
      rules.put(
          field.name(),
          new Rule(
              Optional.of(field.kind()),
              Optional.of(field.pattern()).filter(pattern -> !pattern.isEmpty()),
              field.categories(),
              field.low(),
              field.high(),
              List.of()));
    }
    List<String> missing = new ArrayList<>(MISSING);
    if (!table.missing().isEmpty() && !missing.contains(table.missing())) {
      missing.add(table.missing());
    }
    return new Schema(missing, rules);
  }

  /**
   * The schema that says the kinds of this table's columns, with the order of ordered ones and the
   * notation of numbers that are not plain, but not their words and ranges, to read another table
   * that is to be compared with it.
   */
  public static Schema kinds(Table table) {
    Map<String, Rule> rules = new LinkedHashMap<>();
    for (Column column : table.columns()) {
      Kind kind = column.kind() == Kind.BOOLEAN ? Kind.CATEGORICAL : column.kind();
      if (kind == Kind.ORDERED) {
        rules.put(column.name(), Rule.ordered(column.field().categories()));
      } else if (kind != Kind.CONSTANT && kind != Kind.ALL_MISSING) {
        boolean plain =
            !(kind.isNumber() && column.field().notation() instanceof NumberNotation notation)
                || notation.style().equals(NumberStyle.PLAIN);
        Rule rule = Rule.of(kind);
        rules.put(column.name(), plain ? rule : rule.withPattern(column.field().pattern()));
      }
    }
    return new Schema(of(table).missing, rules);
  }

  /**
   * The schema that says what the cells of a file do not tell: the order of ordered categories, and
   * in a format that keeps moments but not how they were written, their offset or zone.
   */
  public static Schema untold(Table table) {
    Map<String, Rule> rules = new LinkedHashMap<>();
    for (Column column : table.columns()) {
      if (column.kind() == Kind.ORDERED) {
        rules.put(column.name(), Rule.ordered(column.field().categories()));
      } else if (column.kind() == Kind.TIMESTAMP) {
        rules.put(column.name(), Rule.of(Kind.TIMESTAMP).withPattern(column.field().pattern()));
      }
    }
    return new Schema(MISSING, rules);
  }

  /** This schema, and for columns that it has no rule for those of another. */
  Schema over(Schema other) {
    Map<String, Rule> all = new LinkedHashMap<>(other.rules);
    all.putAll(rules);
    return new Schema(missing, all);
  }

  /** The text of a schema file that says this. */
  public String toJson() {
    ObjectNode root = Json.object();
    root.set("missing", Json.words(missing));
    ObjectNode columns = root.putObject("columns");
    rules.forEach(
        (name, rule) -> {
          ObjectNode node = columns.putObject(name);
          rule.kind.ifPresent(kind -> node.put("kind", kind.word()));
          rule.pattern.ifPresent(pattern -> node.put("pattern", pattern));
          if (!rule.categories.isEmpty()) {
            node.set("categories", Json.words(rule.categories));
          }
          if (rule.low > Double.NEGATIVE_INFINITY || rule.high < Double.POSITIVE_INFINITY) {
            ArrayNode range = node.putArray("range");
            for (double end : new double[] {rule.low, rule.high}) {
              if (Double.isInfinite(end)) {
                range.addNull();
              } else if (rule.kind.orElse(Kind.CONTINUOUS).isTemporal()) {
                range.add(Notation.finest(rule.kind.get()).write(end));
              } else {
                range.add(Decimals.exact(end));
              }
            }
          }
          if (!rule.missing.isEmpty()) {
            node.set("missing", Json.words(rule.missing));
          }
        });
    return Json.pretty(root);
  }
}
