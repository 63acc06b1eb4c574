package dev.espalier.experiments;

import dev.espalier.plots.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The points of a line as they come, each with its standard error. */
final class Curve {
  private final List<Double> x = new ArrayList<>();
  private final List<Double> y = new ArrayList<>();
  private final List<Double> low = new ArrayList<>();
  private final List<Double> high = new ArrayList<>();

  /**
   * The values of those rows of a table whose labels are chosen, over a label that is a number.
   *
   * @param across the place of that label
   */
  static Line of(Report.Table table, int across, Predicate<List<String>> chosen, String name) {
    Curve curve = new Curve();
    for (Report.Row row : table.rows()) {
      if (chosen.test(row.labels())) {
        curve.add(Double.parseDouble(row.labels().get(across)), row.measured(), 0);
      }
    }
    return curve.line(name);
  }

  /** Adds a point; an error of 0 has no width. */
  void add(double across, double up, double error) {
    x.add(across);
    y.add(up);
    low.add(up - error);
    high.add(up + error);
  }

  /** The line, with a band of one standard error where there is any. */
  Line line(String name) {
    boolean band = !low.equals(high);
    return new Line(name, x, y, band ? low : List.of(), band ? high : List.of());
  }
}
