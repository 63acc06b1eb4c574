package dev.espalier.plots;

import java.util.List;

/**
 * Points of one kind.
 *
 * @param name what they are, for the legend
 * @param x where they are
 * @param y as many heights
 */
public record Cloud(String name, List<Double> x, List<Double> y) {

  /** Copies and checks the lengths. */
  public Cloud {
    x = List.copyOf(x);
    y = List.copyOf(y);
    if (x.size() != y.size()) {
      throw new IllegalArgumentException(
          "need as many x as y, got " + x.size() + " and " + y.size());
    }
  }

  /** Points with a name. */
  public static Cloud of(String name, double[] x, double[] y) {
    return new Cloud(name, Line.boxed(x), Line.boxed(y));
  }
}
