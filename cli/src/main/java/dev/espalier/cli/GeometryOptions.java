package dev.espalier.cli;

import dev.espalier.api.Adjacency;
import dev.espalier.api.Graph;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Size;
import dev.espalier.tables.Encoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the columns of a table are, so that near ones are neighbours. */
final class GeometryOptions {

  private static final Pattern GRID = Pattern.compile("([1-9][0-9]{0,5})[xX]([1-9][0-9]{0,5})");
  private static final int NEAREST = 4;

  @Option(
      names = "--grid",
      paramLabel = "RxC",
      description = "The columns are the cells of R rows of C, row by row.")
  private @Nullable String grid;

  @Option(names = "--series", description = "The columns are in order, each beside the next.")
  private boolean series;

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

  /** The rule for the columns of the table, if places were given. */
  @Nullable Graph rule() {
    List<String> given = new ArrayList<>();
    if (grid != null) {
      given.add("--grid");
    }
    if (series) {
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
    if (grid != null) {
      Matcher sides = GRID.matcher(grid);
      if (!sides.matches()) {
        throw new IllegalArgumentException("need a grid such as 8x8, got '" + grid + "'");
      }
      return Graph.grid(Integer.parseInt(sides.group(1)), Integer.parseInt(sides.group(2)));
    }
    if (coords != null) {
      if (nearest != null && within != null) {
        throw new IllegalArgumentException("need either --nearest or --within, got both");
      }
      double reach = within == null ? 0 : within;
      int count = nearest != null ? nearest : within != null ? 0 : NEAREST;
      return new Graph.Near(coords.toString(), count, reach);
    }
    return series ? new Graph.Chain(Size.AUTO) : null;
  }

  /**
   * A rule for the columns of a table as one for the numbers of its encoded rows: the same where
   * every column is one number, else the edges, the numbers of one column being neighbours.
   *
   * @throws InvalidDataException if the rule does not fit the columns
   */
  static Graph encoded(Graph rule, Encoder encoder) {
    List<Integer> widths = encoder.widths();
    Adjacency columns;
    try {
      columns = rule.over(widths.size());
    } catch (InvalidDataException e) {
      throw new InvalidDataException(
          e.getMessage()
              + ". The table's columns, without identifiers, are "
              + shown(encoder)
              + "; --drop leaves columns out",
          e);
    }
    if (widths.stream().allMatch(width -> width == 1)) {
      return rule;
    }
    List<List<Integer>> numbers = new ArrayList<>();
    int at = 0;
    for (int width : widths) {
      List<Integer> own = new ArrayList<>();
      for (int k = 0; k < width; k++) {
        own.add(at++);
      }
      numbers.add(own);
    }
    List<Integer> pairs = new ArrayList<>();
    for (List<Integer> own : numbers) {
      for (int i : own) {
        for (int j : own.subList(own.indexOf(i) + 1, own.size())) {
          pairs.addAll(List.of(i, j));
        }
      }
    }
    int[] ends = columns.pairs();
    for (int k = 0; k < ends.length; k += 2) {
      for (int i : numbers.get(ends[k])) {
        for (int j : numbers.get(ends[k + 1])) {
          pairs.addAll(List.of(i, j));
        }
      }
    }
    return Graph.edges(pairs);
  }

  private static String shown(Encoder encoder) {
    List<String> names = encoder.fields().stream().map(field -> field.name()).toList();
    return names.size() <= 6
        ? names.toString()
        : names.subList(0, 3) + " to '" + names.get(names.size() - 1) + "'";
  }
}
