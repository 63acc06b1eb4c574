package dev.espalier.api;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Which columns are neighbours: a rule that is laid over the columns of the rows.
 *
 * <p>A rule may fit any number of columns, as a chain does, or one number only, as a grid does.
 */
@FunctionalInterface
public interface Graph extends Serializable {

  /**
   * The neighbours among so many columns.
   *
   * @param columns at least 1
   * @throws InvalidDataException if the rule does not fit that number of columns, or a file that it
   *     names cannot be read
   */
  Adjacency over(int columns);

  /**
   * The neighbours among the columns of rows; asks for their number alone, unless the rule is one
   * that looks at the rows.
   *
   * @throws InvalidDataException if the rule does not fit the rows, or a file that it names cannot
   *     be read
   */
  default Adjacency over(Samples rows) {
    return over(rows.columns());
  }

  /** Every column beside the next, however many there are. */
  static Graph chain() {
    return new Chain(Size.AUTO);
  }

  /** A chain that is closed to a ring, however many columns there are. */
  static Graph ring() {
    return new Ring(Size.AUTO);
  }

  /** A grid in the plane, row by row, neighbours being beside or above one another. */
  static Graph grid(int rows, int columns) {
    return new Grid(rows, columns, 1, 1);
  }

  /**
   * Given edges.
   *
   * @param pairs two columns an edge
   */
  static Graph edges(List<Integer> pairs) {
    return new Edges("", pairs);
  }

  /**
   * Every column beside the next: time series, paths, spectra.
   *
   * @param length the number of columns
   */
  record Chain(
      @Setting(value = "auto", help = "the number of columns; auto takes as many as there are")
          Size length)
      implements Graph {
    @Override
    public Adjacency over(int columns) {
      GraphRules.requireLength("chain", length, columns);
      return GraphRules.grid(columns, 1, 1, 1);
    }
  }

  /**
   * A chain whose last column is beside the first: hours of a day, angles.
   *
   * @param length the number of columns
   */
  record Ring(
      @Setting(value = "auto", help = "the number of columns; auto takes as many as there are")
          Size length)
      implements Graph {
    @Override
    public Adjacency over(int columns) {
      GraphRules.requireLength("ring", length, columns);
      return GraphRules.ring(columns);
    }
  }

  /**
   * Cells of a grid in the plane or in space; the last index runs fastest.
   *
   * @param rows the length in the first direction, at least 1
   * @param columns the length in the second direction, at least 1
   * @param depth the length in the third direction, at least 1
   * @param connectivity in how many of the directions two neighbours may differ by one
   */
  record Grid(
      @Setting(help = "the number of rows, at least 1") int rows,
      @Setting(help = "the number of columns, at least 1") int columns,
      @Setting(value = "1", help = "the number of layers of a grid in space, at least 1") int depth,
      @Setting(
              value = "1",
              help = "1: neighbours share a side, 2: an edge in space or a corner, 3: a corner")
          int connectivity)
      implements Graph {
    /** Checks the ranges. */
    public Grid {
      if (!(rows >= 1 && columns >= 1 && depth >= 1 && connectivity >= 1 && connectivity <= 3)) {
        throw new IllegalArgumentException(
            "need rows, columns and depth >= 1 and a connectivity of 1, 2 or 3, got "
                + rows
                + ", "
                + columns
                + ", "
                + depth
                + " and "
                + connectivity);
      }
    }

    @Override
    public Adjacency over(int columns) {
      if ((long) rows * this.columns * depth != columns) {
        throw new InvalidDataException(
            "need "
                + (long) rows * this.columns * depth
                + " columns for a grid of "
                + rows
                + " x "
                + this.columns
                + (depth > 1 ? " x " + depth : "")
                + ", got "
                + columns);
      }
      return GraphRules.grid(rows, this.columns, depth, connectivity);
    }
  }

  /**
   * Given edges, from a file or as a list.
   *
   * @param file a text file of one edge a line, two columns by index; empty if there is none
   * @param pairs two columns an edge; empty if there is a file
   */
  record Edges(
      @Setting(
              value = "\"\"",
              help = "a text file with one edge a line: the indices of two columns, from 0")
          String file,
      @Setting(value = "[]", help = "two columns an edge, such as [0, 1, 1, 2], instead of a file")
          List<Integer> pairs)
      implements Graph {
    /** Checks that the indices come in pairs, and copies. */
    public Edges {
      pairs = List.copyOf(pairs);
      if (!(pairs.size() % 2 == 0 && (file.isEmpty() || pairs.isEmpty()))) {
        throw new IllegalArgumentException(
            "need a file of edges or pairs of columns, got "
                + (file.isEmpty() ? "" : "the file '" + file + "' and ")
                + pairs.size()
                + " indices");
      }
    }

    @Override
    public Adjacency over(int columns) {
      int[] ends =
          file.isEmpty()
              ? pairs.stream().mapToInt(Integer::intValue).toArray()
              : GraphRules.pairs(file);
      for (int end : ends) {
        if (!(end >= 0 && end < columns)) {
          throw new InvalidDataException(
              "need edges between columns 0 to "
                  + (columns - 1)
                  + ", got column "
                  + end
                  + (file.isEmpty() ? "" : " in '" + file + "'"));
        }
      }
      return Adjacency.of(columns, ends);
    }
  }

  /**
   * Columns at places: each beside its nearest ones, or beside all within a distance.
   *
   * @param file a text file of one place a line, the coordinates of column 0 first
   * @param nearest how many of the nearest; 0 to go by distance
   * @param within the greatest distance; 0 to go by number
   */
  record Near(
      @Setting(help = "a text file with the coordinates of one column a line, in their order")
          String file,
      @Setting(
              value = "0",
              help = "how many of the nearest columns are neighbours, in either direction")
          int nearest,
      @Setting(value = "0", help = "the distance up to which columns are neighbours") double within)
      implements Graph {
    /** Checks that there is a file and one of the two rules. */
    public Near {
      boolean one = nearest > 0 && within == 0 || nearest == 0 && within > 0;
      if (!(one && !file.isBlank() && within < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "need a file of coordinates and either nearest >= 1 or within > 0, got file '"
                + file
                + "', nearest="
                + nearest
                + ", within="
                + within);
      }
    }

    @Override
    public Adjacency over(int columns) {
      return GraphRules.near(GraphRules.places(file, columns), nearest, within);
    }

    /**
     * The coordinates of so many columns, as the file has them.
     *
     * @throws InvalidDataException if the file cannot be read or has others
     */
    public List<List<Double>> places(int columns) {
      return Arrays.stream(GraphRules.places(file, columns))
          .map(each -> Arrays.stream(each).boxed().toList())
          .toList();
    }
  }

  /**
   * Columns up to a distance in another graph, each beside all of them.
   *
   * @param graph the other graph
   * @param radius the distance, at least 1
   */
  record Reach(
      @Setting(help = "the graph in which distances are measured") Graph graph,
      @Setting(help = "the distance up to which columns are neighbours, at least 1") int radius)
      implements Graph {
    /** Checks the range. */
    public Reach {
      if (!(radius >= 1)) {
        throw new IllegalArgumentException("need a radius >= 1, got " + radius);
      }
    }

    @Override
    public Adjacency over(int columns) {
      return GraphRules.reach(graph.over(columns), radius);
    }

    @Override
    public Adjacency over(Samples rows) {
      return GraphRules.reach(graph.over(rows), radius);
    }
  }
}
