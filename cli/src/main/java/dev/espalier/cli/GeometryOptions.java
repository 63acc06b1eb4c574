package dev.espalier.cli;

import dev.espalier.api.Adjacency;
import dev.espalier.api.Graph;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Size;
import dev.espalier.api.StructureFinder;
import dev.espalier.evaluation.Fields;
import dev.espalier.runtime.Auto;
import dev.espalier.runtime.Expressions;
import dev.espalier.tables.Arranged;
import dev.espalier.tables.Column;
import dev.espalier.tables.Encoder;
import dev.espalier.tables.EncoderOptions;
import dev.espalier.tables.Geometry;
import dev.espalier.tables.Kind;
import dev.espalier.tables.LongForm;
import dev.espalier.tables.Schema;
import dev.espalier.tables.Table;
import dev.espalier.tables.Windows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * How the lines of a table are rows, and where the columns of a row are, so that near ones are
 * neighbours.
 */
final class GeometryOptions {

  private static final Pattern GRID = Pattern.compile("([1-9][0-9]{0,5})[xX]([1-9][0-9]{0,5})");
  private static final int NEAREST = 4;

  @Option(
      names = "--grid",
      paramLabel = "RxC",
      description = "The columns are the cells of R rows of C, row by row.")
  private @Nullable String grid;

  @Option(
      names = "--series",
      description = "The columns are in order, each beside the next; with --window the lines are.")
  private boolean series;

  @Option(
      names = "--window",
      paramLabel = "N",
      description = "The lines are one series; N of them in a row are a row, a window.")
  private @Nullable Integer window;

  @Option(
      names = "--stride",
      paramLabel = "N",
      description = "With --window: a window begins every N lines; N lines a window unless given.")
  private @Nullable Integer stride;

  @Option(
      names = "--time",
      paramLabel = "NAME",
      description =
          "With --window: this column rises from line to line, and no window crosses a gap.")
  private @Nullable String time;

  @Option(
      names = "--long",
      paramLabel = "ID,STEP",
      split = ",",
      description = "All lines with the same cell in column ID are a row, ordered by column STEP.")
  private List<String> longForm = List.of();

  @Option(
      names = "--coords",
      paramLabel = "FILE",
      description = "The columns are at these places: their coordinates, one column a line.")
  private @Nullable Path coords;

  @Option(
      names = "--nearest",
      paramLabel = "K",
      description = "With --coords: columns are beside their K nearest; 4 unless given.")
  private @Nullable Integer nearest;

  @Option(
      names = "--within",
      paramLabel = "R",
      description = "With --coords: columns are beside all up to this distance.")
  private @Nullable Double within;

  /** The files that are read beside the table. */
  List<Path> read() {
    return coords == null ? List.of() : List.of(coords);
  }

  /** What was asked for, in words that are equal for equal rows. */
  String text() {
    String text =
        (grid == null ? "" : " --grid " + grid)
            + (series ? " --series" : "")
            + (window == null ? "" : " --window " + window + " --stride " + step())
            + (time == null ? "" : " --time " + time)
            + (longForm.isEmpty() ? "" : " --long " + String.join(",", longForm))
            + (coords == null ? "" : " --coords " + rule());
    return text.strip();
  }

  private int step() {
    return stride != null ? stride : window != null ? window : 1;
  }

  /** Fails if options contradict one another. */
  void check() {
    List<String> given = new ArrayList<>();
    if (grid != null) {
      given.add("--grid");
    }
    if (series || window != null) {
      given.add("--series");
    }
    if (coords != null) {
      given.add("--coords");
    }
    if (given.size() > 1) {
      throw new IllegalArgumentException(
          "need one of --grid, --series and --coords, got " + String.join(" and ", given));
    }
    if (coords == null && (nearest != null || within != null)) {
      throw new IllegalArgumentException("--nearest and --within need --coords FILE, got none");
    }
    if (nearest != null && within != null) {
      throw new IllegalArgumentException("need either --nearest or --within, got both");
    }
    if (window == null && (stride != null || time != null)) {
      throw new IllegalArgumentException("--stride and --time need --window N, got none");
    }
    if (!longForm.isEmpty() && longForm.size() != 2) {
      throw new IllegalArgumentException(
          "need two columns for --long, such as --long id,time, got " + longForm);
    }
    if (window != null && !longForm.isEmpty()) {
      throw new IllegalArgumentException("need --window or --long, got both");
    }
    if (grid != null && !GRID.matcher(grid).matches()) {
      throw new IllegalArgumentException("need a grid such as 8x8, got '" + grid + "'");
    }
  }

  /** Whether several lines are a row. */
  boolean stacks() {
    return window != null || !longForm.isEmpty();
  }

  /** Reads a table and makes rows of its lines; those of a series are never a sample. */
  Arranged read(TableOptions tables, Path file) {
    check();
    if (!stacks()) {
      return arranged(tables.read(file));
    }
    boolean fresh = !longForm.isEmpty() && tables.regenerates();
    Schema unlessSaid =
        fresh
            ? Schema.none().with(longForm.get(0).strip(), Schema.Rule.regenerated())
            : Schema.none();
    return arranged(tables.readWhole(file, unlessSaid));
  }

  /** The lines of a table as rows. */
  Arranged arranged(Table lines) {
    if (window != null) {
      return new Windows(window, step(), Optional.ofNullable(time)).of(lines);
    }
    if (longForm.isEmpty()) {
      return placed(Arranged.plain(lines));
    }
    Arranged rows = new LongForm(longForm.get(0).strip(), longForm.get(1).strip()).of(lines);
    return grid == null && coords == null ? rows : placed(rows);
  }

  /**
   * Lines that are compared with others, as rows of the same columns; those of a series that was
   * not drawn are cut as it was.
   */
  Table alike(Table lines, Arranged others, boolean drawn) {
    return window != null && !drawn ? arranged(lines).rows() : others.arrangement().rows(lines);
  }

  /** The columns that lines need for their place alone, which drawn lines do not have. */
  List<String> placing() {
    return time == null ? List.of() : List.of(time);
  }

  /** The rows with the geometry that was given, if any was. */
  private Arranged placed(Arranged rows) {
    Graph rule = rule();
    if (rule == null) {
      return rows;
    }
    List<String> columns =
        rows.arrangement()
            .geometry()
            .map(Geometry::columns)
            .orElseGet(
                () ->
                    rows.rows().columns().stream()
                        .filter(column -> column.kind() != Kind.IDENTIFIER)
                        .map(Column::name)
                        .toList());
    over(rule, columns);
    return new Arranged(rows.rows(), rows.arrangement().with(geometry(rule, columns)));
  }

  private static Geometry geometry(Graph rule, List<String> columns) {
    if (rule instanceof Graph.Grid cells) {
      return new Geometry.Grid(columns, cells.rows(), cells.columns());
    }
    return rule instanceof Graph.Near near
        ? new Geometry.Places(columns, near.places(columns.size()))
        : new Geometry.Series(columns, 1);
  }

  /** The rule for columns with places, if places were given. */
  private @Nullable Graph rule() {
    if (grid != null) {
      Matcher sides = GRID.matcher(grid);
      if (sides.matches()) {
        return Graph.grid(Integer.parseInt(sides.group(1)), Integer.parseInt(sides.group(2)));
      }
    }
    if (coords != null) {
      double reach = within == null ? 0 : within;
      int count = nearest != null ? nearest : within != null ? 0 : NEAREST;
      return new Graph.Near(coords.toString(), count, reach);
    }
    return series && !stacks() ? new Graph.Chain(Size.AUTO) : null;
  }

  private static Adjacency over(Graph rule, List<String> columns) {
    try {
      return rule.over(columns.size());
    } catch (InvalidDataException e) {
      throw new InvalidDataException(
          e.getMessage()
              + ". The table's columns, without identifiers, are "
              + shown(columns)
              + "; --drop leaves columns out",
          e);
    }
  }

  /** The neighbours among the columns of a geometry; several series are beside one another. */
  private Graph rule(Geometry geometry) {
    Graph given = rule();
    if (given != null) {
      return given;
    }
    boolean several = geometry instanceof Geometry.Series all && all.series() > 1;
    return several
        ? Graph.grid(((Geometry.Series) geometry).series(), ((Geometry.Series) geometry).steps())
        : new Graph.Chain(Size.AUTO);
  }

  /**
   * The neighbours among the numbers of encoded rows: those of the geometry where every column is
   * one number, else as edges, the numbers of one column being neighbours. Columns without a place
   * are beside all.
   */
  Optional<Graph> graph(Arranged rows, Encoder encoder) {
    return rows.arrangement()
        .geometry()
        .map(geometry -> encoded(rule(geometry), geometry.columns(), encoder));
  }

  private static Graph encoded(Graph rule, List<String> placed, Encoder encoder) {
    List<Integer> widths = encoder.widths();
    List<List<Integer>> numbers = new ArrayList<>();
    Set<Integer> apart = new LinkedHashSet<>();
    for (int k = 0; k < placed.size(); k++) {
      numbers.add(new ArrayList<>());
    }
    int at = 0;
    boolean same = widths.size() == placed.size();
    for (int k = 0; k < widths.size(); k++) {
      int place = placed.indexOf(encoder.fields().get(k).name());
      same &= place == k && widths.get(k) == 1;
      for (int end = at + widths.get(k); at < end; at++) {
        if (place >= 0) {
          numbers.get(place).add(at);
        } else {
          apart.add(at);
        }
      }
    }
    if (same) {
      return rule;
    }
    List<Integer> pairs = new ArrayList<>();
    for (List<Integer> own : numbers) {
      join(own, own, pairs);
      join(own, List.copyOf(apart), pairs);
    }
    join(List.copyOf(apart), List.copyOf(apart), pairs);
    int[] ends = over(rule, placed).pairs();
    for (int k = 0; k < ends.length; k += 2) {
      join(numbers.get(ends[k]), numbers.get(ends[k + 1]), pairs);
    }
    return Graph.edges(pairs);
  }

  private static void join(List<Integer> some, List<Integer> others, List<Integer> pairs) {
    for (int i : some) {
      for (int j : others) {
        if (!some.equals(others) || i < j) {
          pairs.addAll(List.of(i, j));
        }
      }
    }
  }

  /** An estimator with the geometry in every graph that it leaves at the default, and in auto. */
  ScoreEstimator informed(
      ScoreEstimator estimator, Arranged rows, EncoderOptions options, Expressions expressions) {
    boolean asks = expressions.parts(estimator).stream().anyMatch(GeometryOptions::asks);
    if (!asks || rows.arrangement().geometry().isEmpty()) {
      return estimator;
    }
    Set<String> labels = new LinkedHashSet<>(estimator.labels());
    labels.addAll(options.labels());
    Encoder encoder = Encoder.fit(rows.rows(), options.withLabels(List.copyOf(labels)));
    Graph graph = graph(rows, encoder).orElseThrow();
    // a model must not need a file of coordinates
    Graph kept =
        graph instanceof Graph.Near ? Graph.edges(ints(graph.over(encoder.columns()))) : graph;
    StructureFinder finder =
        expressions.parse(StructureFinder.class, "locality(graph=" + expressions.print(kept) + ")");
    return expressions.changed(
        ScoreEstimator.class,
        estimator,
        part ->
            !asks(part)
                ? part
                : part instanceof Auto auto ? auto.withFinders(List.of(finder)) : kept);
  }

  /** Whether a part is a graph, or an estimator that looks for one, about which nothing is said. */
  private static boolean asks(Object part) {
    return part.equals(new Graph.Chain(Size.AUTO))
        || part instanceof Auto auto && auto.settings().finders().isEmpty();
  }

  private static List<Integer> ints(Adjacency neighbours) {
    return Arrays.stream(neighbours.pairs()).boxed().toList();
  }

  /** What the metrics of fields look at. */
  static List<Fields> fields(Arranged rows) {
    Geometry geometry = rows.arrangement().geometry().orElse(null);
    if (geometry instanceof Geometry.Grid grid && grid.columns().size() > 1) {
      return List.of(new Fields(grid.rows(), grid.width()));
    }
    return geometry instanceof Geometry.Series all && all.series() == 1 && all.steps() > 1
        ? List.of(new Fields(1, all.steps()))
        : List.of();
  }

  private static String shown(List<String> names) {
    return names.size() <= 6
        ? names.toString()
        : names.subList(0, 3) + " to '" + names.get(names.size() - 1) + "'";
  }
}
