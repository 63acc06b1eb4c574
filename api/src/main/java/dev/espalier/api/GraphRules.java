package dev.espalier.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lays the rules of {@link Graph} over columns, and reads their files. */
final class GraphRules {

  private GraphRules() {}

  static void requireLength(String name, Size length, int columns) {
    if (!(columns >= Math.max(1, length.low()) && columns <= length.high())) {
      throw new InvalidDataException(
          "need " + length + " columns for a " + name + ", got " + columns);
    }
  }

  static Adjacency ring(int length) {
    int[] pairs = new int[length < 2 ? 0 : 2 * length];
    for (int j = 0; j < pairs.length / 2; j++) {
      pairs[2 * j] = j;
      pairs[2 * j + 1] = (j + 1) % length;
    }
    return Adjacency.of(length, pairs);
  }

  static Adjacency grid(int rows, int columns, int depth, int connectivity) {
    int[] lengths = {rows, columns, depth};
    Pairs pairs = new Pairs();
    int[] cell = new int[3];
    for (int node = 0; node < rows * columns * depth; node++) {
      cell[0] = node / (columns * depth);
      cell[1] = node / depth % columns;
      cell[2] = node % depth;
      for (int step = 0; step < 27; step++) {
        int other = moved(cell, step, lengths, connectivity);
        if (other > node) {
          pairs.add(node, other);
        }
      }
    }
    return Adjacency.of(rows * columns * depth, pairs.all());
  }

  static Adjacency reach(Adjacency graph, int radius) {
    Pairs pairs = new Pairs();
    for (int j = 0; j < graph.nodes(); j++) {
      for (int i : graph.ball(j, radius)) {
        if (i > j) {
          pairs.add(j, i);
        }
      }
    }
    return Adjacency.of(graph.nodes(), pairs.all());
  }

  /** The cell one step away, or −1 if the step is too long or leaves the grid. */
  private static int moved(int[] cell, int step, int[] lengths, int connectivity) {
    int[] by = {step / 9 - 1, step / 3 % 3 - 1, step % 3 - 1};
    int changes = 0;
    int node = 0;
    for (int axis = 0; axis < 3; axis++) {
      int at = cell[axis] + by[axis];
      if (at < 0 || at >= lengths[axis]) {
        return -1;
      }
      changes += Math.abs(by[axis]);
      node = node * lengths[axis] + at;
    }
    return changes <= connectivity ? node : -1;
  }

  /** Each place beside its nearest ones, ties going to the lower index, or beside all within. */
  static Adjacency near(double[][] places, int nearest, double within) {
    int n = places.length;
    Pairs pairs = new Pairs();
    for (int i = 0; i < n; i++) {
      double[] distances = new double[n];
      for (int j = 0; j < n; j++) {
        for (int axis = 0; axis < places[i].length; axis++) {
          double gap = places[i][axis] - places[j][axis];
          distances[j] += gap * gap;
        }
        distances[j] = Math.sqrt(distances[j]);
      }
      distances[i] = Double.POSITIVE_INFINITY;
      double bound = within;
      if (nearest > 0) {
        double[] sorted = distances.clone();
        Arrays.sort(sorted);
        bound = sorted[Math.min(nearest, n) - 1];
      }
      int left = nearest > 0 ? nearest : n;
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < n && left > 0; j++) {
          boolean chosen = pass == 0 ? distances[j] < bound : distances[j] == bound;
          if (chosen && distances[j] < Double.POSITIVE_INFINITY) {
            pairs.add(i, j);
            left--;
          }
        }
      }
    }
    return Adjacency.of(n, pairs.all());
  }

  /** The edges in a file, flat. */
  static int[] pairs(String file) {
    Pairs pairs = new Pairs();
    for (double[] line : numbers(file)) {
      if (!(line.length == 2 && whole(line[0]) && whole(line[1]))) {
        throw new InvalidDataException(
            "need two column indices in every line of '"
                + file
                + "', got "
                + Arrays.toString(line));
      }
      pairs.add((int) line[0], (int) line[1]);
    }
    return pairs.all();
  }

  private static boolean whole(double value) {
    return value == Math.rint(value) && Math.abs(value) <= Integer.MAX_VALUE;
  }

  /** The coordinates in a file, one line a column. */
  static double[][] places(String file, int columns) {
    List<double[]> lines = numbers(file);
    if (lines.size() != columns) {
      throw new InvalidDataException(
          "need the coordinates of "
              + columns
              + " columns in '"
              + file
              + "', one a line, got "
              + lines.size()
              + " lines");
    }
    for (double[] line : lines) {
      if (line.length != lines.get(0).length) {
        throw new InvalidDataException(
            "need "
                + lines.get(0).length
                + " coordinates in every line of '"
                + file
                + "', got "
                + Arrays.toString(line));
      }
    }
    return lines.toArray(new double[0][]);
  }

  /** The lines of numbers in a text file, without comments and a heading. */
  private static List<double[]> numbers(String file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(Path.of(file), StandardCharsets.UTF_8);
    } catch (IOException | InvalidPathException e) {
      throw new InvalidDataException("cannot read the graph's file '" + file + "': " + e, e);
    }
    List<double[]> found = new ArrayList<>();
    boolean heading = true;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      if (!line.isEmpty()) {
        String[] words = line.split("[\\s,;]+");
        double[] values = new double[words.length];
        if (parse(words, values)) {
          found.add(values);
        } else if (!heading) {
          throw new InvalidDataException(
              "need numbers in line " + (i + 1) + " of '" + file + "', got '" + line + "'");
        }
        heading = false;
      }
    }
    return found;
  }

  private static boolean parse(String[] words, double[] values) {
    for (int i = 0; i < words.length; i++) {
      try {
        values[i] = Double.parseDouble(words[i]);
      } catch (NumberFormatException e) {
        return false;
      }
      if (!Double.isFinite(values[i])) {
        return false;
      }
    }
    return true;
  }

  /** A growing list of pairs, flat. */
  private static final class Pairs {
    private int[] ends = new int[64];
    private int count;

    void add(int one, int other) {
      if (count == ends.length) {
        ends = Arrays.copyOf(ends, 2 * count);
      }
      ends[count++] = one;
      ends[count++] = other;
    }

    int[] all() {
      return Arrays.copyOf(ends, count);
    }
  }
}
