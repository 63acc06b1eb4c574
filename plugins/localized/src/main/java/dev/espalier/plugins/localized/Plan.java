package dev.espalier.plugins.localized;

import dev.espalier.api.Adjacency;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which windows there are at a radius, and which of them one fit serves.
 *
 * <p>Columns with the same neighbourhood have one window, seen in rising order. With sharing, so
 * have columns whose neighbourhoods are the same up to a shift: the neighbours lie at the same
 * steps along the numbering (around its end, for a ring) and are joined in the same way.
 */
final class Plan {

  private final int radius;
  private final int nodes;
  private final List<List<Place>> parts;

  private Plan(int radius, int nodes, List<List<Place>> parts) {
    this.radius = radius;
    this.nodes = nodes;
    this.parts = parts;
  }

  static Plan of(Adjacency graph, int radius, boolean share) {
    Map<List<Integer>, List<Place>> groups = new LinkedHashMap<>();
    List<int[]> balls = new ArrayList<>();
    for (int j = 0; j < graph.nodes(); j++) {
      int[] ball = graph.ball(j, radius);
      balls.add(ball);
      if (share) {
        int[] ordered = byOffset(ball, j, graph.nodes());
        groups
            .computeIfAbsent(shape(graph, ordered, j), key -> new ArrayList<>())
            .add(new Place(ordered, new int[] {position(ordered, j)}));
      }
    }
    List<List<Place>> parts = new ArrayList<>();
    boolean[] shared = new boolean[graph.nodes()];
    for (List<Place> places : groups.values()) {
      if (places.size() > 1) {
        parts.add(List.copyOf(places));
        places.forEach(place -> shared[place.components()[0]] = true);
      }
    }
    Map<List<Integer>, List<Integer>> windows = new LinkedHashMap<>();
    for (int j = 0; j < balls.size(); j++) {
      if (!shared[j]) {
        windows.computeIfAbsent(list(balls.get(j)), key -> new ArrayList<>()).add(j);
      }
    }
    for (var window : windows.entrySet()) {
      int[] columns = window.getKey().stream().mapToInt(Integer::intValue).toArray();
      int[] outputs =
          window.getValue().stream().mapToInt(j -> Arrays.binarySearch(columns, j)).toArray();
      parts.add(List.of(new Place(columns, outputs)));
    }
    return new Plan(radius, graph.nodes(), List.copyOf(parts));
  }

  private static List<Integer> list(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** The step from j to i along the numbering, the short way around. */
  private static int offset(int i, int j, int nodes) {
    int step = Math.floorMod(i - j, nodes);
    return 2 * step > nodes ? step - nodes : step;
  }

  private static int[] byOffset(int[] ball, int j, int nodes) {
    return Arrays.stream(ball)
        .boxed()
        .sorted((x, y) -> Integer.compare(offset(x, j, nodes), offset(y, j, nodes)))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static int position(int[] columns, int column) {
    return IntStream.range(0, columns.length)
        .filter(k -> columns[k] == column)
        .findFirst()
        .orElseThrow();
  }

  /** The offsets of the neighbourhood, then the pairs of its positions that are joined. */
  private static List<Integer> shape(Adjacency graph, int[] ordered, int j) {
    List<Integer> shape = new ArrayList<>();
    int[] at = new int[graph.nodes()];
    for (int k = 0; k < ordered.length; k++) {
      shape.add(offset(ordered[k], j, graph.nodes()));
      at[ordered[k]] = k + 1;
    }
    for (int k = 0; k < ordered.length; k++) {
      int[] joined =
          Arrays.stream(graph.neighbours(ordered[k]))
              .map(i -> at[i])
              .filter(i -> i > 0)
              .sorted()
              .toArray();
      shape.add(-joined.length);
      shape.addAll(list(joined));
    }
    return List.copyOf(shape);
  }

  int radius() {
    return radius;
  }

  int nodes() {
    return nodes;
  }

  /** For every fit the windows that it serves. */
  List<List<Place>> parts() {
    return parts;
  }

  /** Whether one window sees all columns, in their order, and answers for all. */
  boolean whole() {
    return parts.size() == 1
        && parts.get(0).size() == 1
        && parts.get(0).get(0).outputs().length == nodes;
  }

  /** The number of columns of the widest window. */
  int widest() {
    return parts.stream().mapToInt(places -> places.get(0).width()).max().orElse(0);
  }

  /** The number of columns of the narrowest window. */
  int narrowest() {
    return parts.stream().mapToInt(places -> places.get(0).width()).min().orElse(0);
  }
}
