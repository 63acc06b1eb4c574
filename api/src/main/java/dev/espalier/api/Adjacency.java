package dev.espalier.api;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The neighbours of every node of an undirected graph, and the distances that follow.
 *
 * <p>Nodes are numbered from 0; the distance of two is the number of edges on a shortest path.
 */
public final class Adjacency implements Serializable {
  private static final long serialVersionUID = 1;

  /** The distance of nodes that no path joins, greater than any radius. */
  public static final int UNREACHABLE = Integer.MAX_VALUE;

  private final int[][] neighbours;

  private Adjacency(int[][] neighbours) {
    this.neighbours = neighbours;
  }

  /**
   * A graph of so many nodes with the given edges, in either direction and any number of times;
   * edges from a node to itself count nothing.
   *
   * @param nodes at least 1
   * @param pairs two nodes an edge
   * @throws IllegalArgumentException if a node is out of range
   */
  public static Adjacency of(int nodes, int[] pairs) {
    if (!(nodes >= 1 && pairs.length % 2 == 0)) {
      throw new IllegalArgumentException(
          "need at least one node and two ends for every edge, got "
              + nodes
              + " nodes and "
              + pairs.length
              + " ends");
    }
    int[] degrees = new int[nodes];
    for (int end : pairs) {
      if (!(end >= 0 && end < nodes)) {
        throw new IllegalArgumentException(
            "need edges between nodes 0 to " + (nodes - 1) + ", got node " + end);
      }
      degrees[end]++;
    }
    int[][] neighbours = new int[nodes][];
    for (int j = 0; j < nodes; j++) {
      neighbours[j] = new int[degrees[j]];
    }
    for (int i = 0; i < pairs.length; i++) {
      neighbours[pairs[i]][--degrees[pairs[i]]] = pairs[i ^ 1];
    }
    for (int j = 0; j < nodes; j++) {
      int own = j;
      neighbours[j] =
          Arrays.stream(neighbours[j]).sorted().distinct().filter(i -> i != own).toArray();
    }
    return new Adjacency(neighbours);
  }

  /** The number of nodes. */
  public int nodes() {
    return neighbours.length;
  }

  /** The neighbours of a node, in rising order. */
  public int[] neighbours(int node) {
    return neighbours[node].clone();
  }

  /** The nodes up to a distance from a node, itself among them, in rising order. */
  public int[] ball(int node, int radius) {
    int[] distances = search(node, radius);
    int[] ball = new int[distances.length];
    int count = 0;
    for (int i = 0; i < distances.length; i++) {
      if (distances[i] <= radius && distances[i] != UNREACHABLE) {
        ball[count++] = i;
      }
    }
    return Arrays.copyOf(ball, count);
  }

  /** The distances of all nodes from a node; {@link #UNREACHABLE} where no path leads. */
  public int[] distances(int node) {
    return search(node, UNREACHABLE);
  }

  /** The distance of two nodes. */
  public int distance(int node, int other) {
    return distances(node)[other];
  }

  /** The greatest distance of two nodes that a path joins; 0 without edges. */
  public int diameter() {
    int greatest = 0;
    for (int j = 0; j < neighbours.length; j++) {
      for (int distance : distances(j)) {
        greatest = distance == UNREACHABLE ? greatest : Math.max(greatest, distance);
      }
    }
    return greatest;
  }

  /** The edges, two nodes each, the lower first, in rising order. */
  public int[] pairs() {
    int count = 0;
    for (int[] each : neighbours) {
      count += each.length;
    }
    int[] pairs = new int[count];
    int at = 0;
    for (int j = 0; j < neighbours.length; j++) {
      for (int i : neighbours[j]) {
        if (i > j) {
          pairs[at++] = j;
          pairs[at++] = i;
        }
      }
    }
    return pairs;
  }

  /** Distances by breadth; those above {@code radius} stay unreachable. */
  private int[] search(int from, int radius) {
    int[] distances = new int[neighbours.length];
    Arrays.fill(distances, UNREACHABLE);
    int[] queue = new int[neighbours.length];
    int count = 1;
    queue[0] = from;
    distances[from] = 0;
    for (int next = 0; next < count && distances[queue[next]] < radius; next++) {
      for (int i : neighbours[queue[next]]) {
        if (distances[i] == UNREACHABLE) {
          distances[i] = distances[queue[next]] + 1;
          queue[count++] = i;
        }
      }
    }
    return distances;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Adjacency that && Arrays.deepEquals(neighbours, that.neighbours);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(neighbours);
  }

  @Override
  public String toString() {
    return "Adjacency[" + nodes() + " nodes, " + pairs().length / 2 + " edges]";
  }
}
