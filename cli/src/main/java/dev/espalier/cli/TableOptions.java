package dev.espalier.cli;

import dev.espalier.api.InvalidDataException;
import dev.espalier.tables.CsvFormat;
import dev.espalier.tables.Identifiers;
import dev.espalier.tables.Kind;
import dev.espalier.tables.Reading;
import dev.espalier.tables.Schema;
import dev.espalier.tables.Table;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a table is read. */
final class TableOptions {

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description = "A JSON file that overrides what is inferred of columns.")
  private @Nullable Path schema;

  @Option(
      names = "--separator",
      paramLabel = "C",
      defaultValue = ",",
      converter = Separator.class,
      description = "The character between cells, or 'tab'; a comma unless given.")
  private char separator;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      converter = Encoding.class,
      description = "The encoding of the text; UTF-8 unless given.")
  private Charset encoding = StandardCharsets.UTF_8;

  @Option(
      names = "--most-rows",
      paramLabel = "N",
      defaultValue = "200000",
      description =
          "Use at most N rows of a file, chosen uniformly; ${DEFAULT-VALUE} unless given.")
  private int mostRows;

  @Option(
      names = "--drop",
      paramLabel = "NAMES",
      split = ",",
      description = "Leave out the columns of these names, with commas between them.")
  private List<String> dropped = List.of();

  @Option(
      names = "--types",
      paramLabel = "TEXT",
      split = ",",
      description = {
        "Kinds of columns, with commas between them: 'zip=categorical', 'at=timestamp',",
        "'size=S<M<L' for ordered words. The rest is inferred, or as --schema says."
      })
  private List<String> types = List.of();

  @Option(
      names = "--identifiers",
      paramLabel = "WHAT",
      defaultValue = "drop",
      converter = Fate.class,
      description =
          "What becomes of identifiers: drop, or regenerate for fresh ones of the same form;"
              + " ${DEFAULT-VALUE} unless given.")
  private Identifiers identifiers = Identifiers.LEFT_OUT;

  CsvFormat format() {
    return new CsvFormat(separator, encoding);
  }

  /** A table with enough rows to learn from. */
  static Table enough(Path path, Table table) {
    if (table.count() < 2) {
      throw new InvalidDataException(
          path + ": need at least 2 rows to learn from, got " + table.count());
    }
    return table;
  }

  Table read(Path path) {
    Table table = read(path, schema(), mostRows);
    return dropped.isEmpty() ? table : table.without(dropped);
  }

  /** The names of the columns that are left out. */
  List<String> dropped() {
    return List.copyOf(dropped);
  }

  /** Reads all rows of a table, whose order may matter. */
  Table readWhole(Path path, Schema unlessSaid) {
    Schema said = schema();
    Map<String, Schema.Rule> rules = new LinkedHashMap<>(unlessSaid.rules());
    rules.putAll(said.rules());
    Table table = read(path, new Schema(said.missing(), rules), Integer.MAX_VALUE);
    return dropped.isEmpty() ? table : table.without(dropped);
  }

  /** Whether fresh identifiers are asked for. */
  boolean regenerates() {
    return identifiers == Identifiers.REGENERATED;
  }

  private Schema schema() {
    Schema said = schema == null ? Schema.none() : Schema.read(schema);
    for (String type : types) {
      int end = type.indexOf('=');
      if (end < 1) {
        throw new IllegalArgumentException(
            "need --types such as zip=categorical or size=S<M<L, got '" + type + "'");
      }
      String kind = type.substring(end + 1).strip();
      said = said.with(type.substring(0, end).strip(), rule(kind));
    }
    return said;
  }

  private static Schema.Rule rule(String kind) {
    if (kind.indexOf('<') >= 0) {
      return Schema.Rule.ordered(Arrays.stream(kind.split("<", -1)).map(String::strip).toList());
    }
    return Schema.Rule.of(
        Kind.of(kind)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "need a kind of column in --types, one of "
                            + Arrays.stream(Kind.values()).map(Kind::word).toList()
                            + ", got '"
                            + kind
                            + "'")));
  }

  private Reading reading(Schema schema, int most) {
    return Reading.STANDARD
        .withCsv(format())
        .withSchema(schema)
        .withMostRows(most, 0)
        .withIdentifiers(identifiers);
  }

  /** Reads a file, or standard input where the path is {@code -}. */
  private Table read(Path path, Schema schema, int most) {
    try (Rereadable file = new Rereadable(List.of(path))) {
      return file.read(path, reading(schema, most));
    }
  }

  /** Reads all rows of a table whose columns are known. */
  Table readAll(Path path, Schema schema) {
    return read(path, schema, Integer.MAX_VALUE);
  }

  /**
   * Reads tables that compare: each with the columns of the first, every column of the kind that it
   * has in the first file where it is not constant. Identifiers may be absent from later files, as
   * they are from drawn rows.
   *
   * @param placing columns that may be absent as well
   * @param whole whether to read all rows, whose order may matter
   */
  List<Table> readAlike(List<Path> paths, List<String> placing, boolean whole) {
    try (Rereadable files = new Rereadable(paths)) {
      int most = whole ? Integer.MAX_VALUE : mostRows;
      Table first = read(files, paths.get(0), schema(), most);
      List<Table> alike = new ArrayList<>(List.of(first));
      for (Path path : paths.subList(1, paths.size())) {
        Schema kinds = kinds(first, Schema.kinds(first).rules(), placing);
        Table table = read(files, path, kinds, most);
        needColumns(first, table, path, placing);
        alike.add(table);
      }
      Map<String, Schema.Rule> rules = new LinkedHashMap<>();
      for (Table table : alike) {
        Schema.kinds(table).rules().forEach(rules::putIfAbsent);
      }
      rules.keySet().retainAll(first.names());
      Schema kinds = kinds(first, rules, placing);
      for (int i = 0; i < alike.size(); i++) {
        boolean constant =
            alike.get(i).columns().stream()
                .anyMatch(
                    column -> column.kind() == Kind.CONSTANT && rules.containsKey(column.name()));
        if (constant) {
          alike.set(i, read(files, paths.get(i), kinds, most));
        }
      }
      dropped.forEach(first::column);
      return alike.stream().map(this::withoutDropped).toList();
    }
  }

  /**
   * The rules for columns that must be there, and the words for missing cells of the first table.
   */
  private static Schema kinds(Table first, Map<String, Schema.Rule> rules, List<String> placing) {
    Map<String, Schema.Rule> kept = new LinkedHashMap<>(rules);
    kept.keySet().removeAll(placing);
    return new Schema(Schema.kinds(first).missing(), kept);
  }

  private Table withoutDropped(Table table) {
    List<String> there = dropped.stream().filter(table.names()::contains).toList();
    return there.isEmpty() ? table : table.without(there);
  }

  private Table read(Rereadable files, Path path, Schema schema, int most) {
    return files.read(path, reading(schema, most));
  }

  private void needColumns(Table first, Table table, Path path, List<String> placing) {
    List<String> missing = new ArrayList<>(first.names());
    missing.removeAll(table.names());
    missing.removeAll(placing);
    missing.removeAll(dropped);
    first.columns().stream()
        .filter(column -> column.kind() == Kind.IDENTIFIER)
        .forEach(column -> missing.remove(column.name()));
    if (!missing.isEmpty()) {
      throw new InvalidDataException(
          "need the columns "
              + first.names()
              + " in '"
              + path
              + "', got "
              + table.names()
              + "; missing are "
              + missing);
    }
  }

  static final class Separator implements ITypeConverter<Character> {
    @Override
    public Character convert(String text) {
      if (text.equals("tab") || text.equals("\\t")) {
        return '\t';
      }
      if (text.length() != 1) {
        throw new TypeConversionException("need one character or 'tab', got '" + text + "'");
      }
      return text.charAt(0);
    }
  }

  static final class Fate implements ITypeConverter<Identifiers> {
    @Override
    public Identifiers convert(String word) {
      return switch (word) {
        case "drop" -> Identifiers.LEFT_OUT;
        case "regenerate" -> Identifiers.REGENERATED;
        default -> throw new TypeConversionException("need drop or regenerate, got '" + word + "'");
      };
    }
  }

  static final class Encoding implements ITypeConverter<Charset> {
    @Override
    public Charset convert(String name) {
      try {
        return Charset.forName(name);
      } catch (UnsupportedCharsetException | IllegalCharsetNameException e) {
        throw new TypeConversionException(
            "need the name of an encoding such as UTF-8 or windows-1252, got '" + name + "'");
      }
    }
  }
}
