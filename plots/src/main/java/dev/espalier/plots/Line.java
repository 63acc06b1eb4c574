package dev.espalier.plots;

import java.util.ArrayList;
import java.util.List;

/**
 * A line through points, with or without a band around it.
 *
 * @param name what it is, for the legend
 * @param x where its points are; NaN interrupts the line
 * @param y as many heights; NaN interrupts the line
 * @param low the lower ends of the band; empty if there is none
 * @param high the upper ends of the band
 */
public record Line(
    String name, List<Double> x, List<Double> y, List<Double> low, List<Double> high) {

  /** Copies and checks the lengths. */
  public Line {
    x = List.copyOf(x);
    y = List.copyOf(y);
    low = List.copyOf(low);
    high = List.copyOf(high);
    boolean band = low.size() == x.size() || low.isEmpty();
    if (!(x.size() == y.size() && band && low.size() == high.size())) {
      throw new IllegalArgumentException(
          "need as many x as y, and a band of as many or none, got "
              + x.size()
              + ", "
              + y.size()
              + ", "
              + low.size()
              + " and "
              + high.size());
    }
  }

  /** A line without a band. */
  public static Line of(String name, double[] x, double[] y) {
    return new Line(name, boxed(x), boxed(y), List.of(), List.of());
  }

  /** The same with a band from {@code low} to {@code high}. */
  public Line withBand(double[] low, double[] high) {
    return new Line(name, x, y, boxed(low), boxed(high));
  }

  static List<Double> boxed(double[] values) {
    List<Double> list = new ArrayList<>(values.length);
    for (double each : values) {
      list.add(each);
    }
    return list;
  }
}
