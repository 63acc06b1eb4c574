package dev.espalier.report;

import dev.espalier.api.Samples;
import dev.espalier.evaluation.Cells;
import dev.espalier.evaluation.Fields;
import dev.espalier.evaluation.Quality;
import dev.espalier.plots.Axis;
import dev.espalier.plots.Bars;
import dev.espalier.plots.Cloud;
import dev.espalier.plots.Group;
import dev.espalier.plots.HeatMap;
import dev.espalier.plots.Histogram;
import dev.espalier.plots.Line;
import dev.espalier.plots.LinePlot;
import dev.espalier.plots.Mosaic;
import dev.espalier.plots.Plot;
import dev.espalier.plots.Scatter;
import dev.espalier.tables.Column;
import dev.espalier.tables.Kind;
import dev.espalier.tables.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Pictures of real beside drawn rows. */
final class Pictures {

  private static final String REAL = "real";
  private static final String DRAWN = "drawn";
  private static final int MOST_COLUMNS = 24;

  /** Of a grid or series, whose columns are shown together below. */
  private static final int MOST_CELLS_ALONE = 6;

  private static final int MOST_WORDS = 12;
  private static final int MOST_POINTS = 1200;
  private static final int MOST_FIELDS = 6;
  private static final int MOST_CELLS = 3_000;
  private static final int ROUNDS = 300;

  private Pictures() {}

  /** The columns that are shown, by index: all, or those that are least alike, in their order. */
  static List<Integer> shown(double[] shapes, boolean cells) {
    return IntStream.range(0, shapes.length)
        .boxed()
        .sorted(Comparator.comparingDouble(j -> shapes[j]))
        .limit(cells ? MOST_CELLS_ALONE : MOST_COLUMNS)
        .sorted()
        .toList();
  }

  /** One column on both sides. */
  static Plot column(Table real, Table drawn, String name) {
    Column one = real.column(name);
    Column other = drawn.column(name);
    List<String> values = values(one, other);
    if (!values.isEmpty()) {
      return bars(name, "% of rows", values, written(one, values), written(other, values));
    }
    if (one.kind().isNumber()) {
      boolean read = one.kind().isTemporal() || one.field().pattern().endsWith("%");
      Axis axis = read ? marked(one) : Axis.linear("");
      return Histogram.of(
          name,
          axis,
          List.of(
              Group.of(REAL, TableCells.numbers(one)), Group.of(DRAWN, TableCells.numbers(other))));
    }
    return words(name, one, other);
  }

  /** The whole numbers on both sides in rising order, as they are written; empty if many. */
  private static List<String> values(Column one, Column other) {
    TreeMap<Double, String> values = new TreeMap<>();
    if (one.kind() != Kind.INTEGER || other.kind() != Kind.INTEGER) {
      return List.of();
    }
    for (Column column : List.of(one, other)) {
      for (int i = 0; i < column.count() && values.size() <= MOST_WORDS; i++) {
        if (!column.missing(i)) {
          values.put(column.number(i), String.valueOf(column.text(i)));
        }
      }
    }
    return values.size() > MOST_WORDS ? List.of() : List.copyOf(values.values());
  }

  /** How often each of these is written, among the cells that are there. */
  private static double[] written(Column column, List<String> known) {
    double[] shares = new double[known.size()];
    int there = Math.max(1, column.count() - column.missing());
    for (int i = 0; i < column.count(); i++) {
      if (!column.missing(i)) {
        shares[known.indexOf(String.valueOf(column.text(i)))] += 1.0 / there;
      }
    }
    return shares;
  }

  private static Plot bars(
      String name, String label, List<String> words, double[] real, double[] drawn) {
    return new Bars(name, label, words, List.of(percents(REAL, real), percents(DRAWN, drawn)));
  }

  private static Group percents(String name, double[] shares) {
    return new Group(
        name, Arrays.stream(shares).mapToObj(each -> Math.round(1000 * each) / 10.0).toList());
  }

  /** Marks at some of the real cells, as they are written: a moment by its day. */
  private static Axis marked(Column column) {
    int[] order =
        IntStream.range(0, column.count())
            .filter(i -> !column.missing(i))
            .boxed()
            .sorted(Comparator.comparingDouble(column::number))
            .mapToInt(Integer::intValue)
            .toArray();
    List<Axis.Tick> ticks = new ArrayList<>();
    for (int k = 0; k <= 2 && order.length > 0; k++) {
      int i = order[k * (order.length - 1) / 2];
      String text = String.valueOf(column.text(i));
      ticks.add(new Axis.Tick(column.number(i), text.substring(0, Math.min(10, text.length()))));
    }
    return Axis.linear("").withTicks(ticks);
  }

  private static Plot words(String name, Column real, Column drawn) {
    List<String> known = new ArrayList<>(real.field().categories());
    for (String word : drawn.field().categories()) {
      if (!known.contains(word)) {
        known.add(word);
      }
    }
    double[] one = shares(real, known);
    double[] other = shares(drawn, known);
    int[] order =
        IntStream.range(0, known.size())
            .boxed()
            .sorted(Comparator.comparingDouble(k -> -one[k] - 1e-9 * other[k]))
            .limit(MOST_WORDS)
            .mapToInt(Integer::intValue)
            .toArray();
    String label =
        "% of rows" + (known.size() > MOST_WORDS ? ", the most frequent categories" : "");
    return bars(
        name,
        label,
        Arrays.stream(order).mapToObj(known::get).toList(),
        Arrays.stream(order).mapToDouble(k -> one[k]).toArray(),
        Arrays.stream(order).mapToDouble(k -> other[k]).toArray());
  }

  private static double[] shares(Column column, List<String> known) {
    return column.kind().isCategory() ? written(column, known) : new double[known.size()];
  }

  /** How columns go together: real, drawn, and what differs. */
  static List<Plot> pairs(Cells real, Cells drawn) {
    double[][] one = Quality.associations(real, real);
    double[][] other = Quality.associations(drawn, real);
    double[][] difference = new double[one.length][one.length];
    for (int i = 0; i < one.length; i++) {
      for (int j = 0; j < one.length; j++) {
        difference[i][j] = other[i][j] - one[i][j];
      }
    }
    return List.of(
        HeatMap.square("Pairs of columns, real", real.names(), one, 1),
        HeatMap.square("Pairs of columns, drawn", real.names(), other, 1),
        HeatMap.square("Drawn less real", real.names(), difference, 0.5));
  }

  /** Real and drawn rows along the two directions in which real rows vary most. */
  static Plot components(Samples real, Samples drawn) {
    int d = real.columns();
    double[] mean = new double[d];
    for (int j = 0; j < d; j++) {
      for (double each : real.column(j)) {
        mean[j] += each / real.count();
      }
    }
    double[][] covariance = new double[d][d];
    for (int i = 0; i < real.count(); i++) {
      double[] row = real.row(i);
      for (int a = 0; a < d; a++) {
        for (int b = 0; b < d; b++) {
          covariance[a][b] += (row[a] - mean[a]) * (row[b] - mean[b]) / real.count();
        }
      }
    }
    double[] first = leading(covariance, new double[d]);
    double[] second = d == 1 ? new double[d] : leading(covariance, first);
    // as many of both, or the more would hide the fewer
    int points = Math.min(MOST_POINTS, Math.min(real.count(), drawn.count()));
    return new Scatter(
        "Rows along their two main directions",
        Axis.linear("first component"),
        Axis.linear("second component"),
        List.of(
            cloud(REAL, real, points, mean, first, second),
            cloud(DRAWN, drawn, points, mean, first, second)));
  }

  /** The direction of the greatest variance at right angles to another one, by the power method. */
  private static double[] leading(double[][] covariance, double[] besides) {
    int d = covariance.length;
    double[] direction = new double[d];
    for (int j = 0; j < d; j++) {
      direction[j] = 1 + 0.37 * ((j * 7919) % 13) / 13;
    }
    for (int round = 0; round < ROUNDS; round++) {
      double along = 0;
      for (int j = 0; j < d; j++) {
        along += direction[j] * besides[j];
      }
      double[] next = new double[d];
      double norm = 0;
      for (int a = 0; a < d; a++) {
        direction[a] -= along * besides[a];
      }
      for (int a = 0; a < d; a++) {
        for (int b = 0; b < d; b++) {
          next[a] += covariance[a][b] * direction[b];
        }
        norm += next[a] * next[a];
      }
      if (!(norm > 0)) {
        return direction;
      }
      for (int a = 0; a < d; a++) {
        direction[a] = next[a] / Math.sqrt(norm);
      }
    }
    return direction;
  }

  private static Cloud cloud(
      String name, Samples rows, int count, double[] mean, double[] first, double[] second) {
    double[] x = new double[count];
    double[] y = new double[count];
    for (int k = 0; k < count; k++) {
      double[] row = rows.row((int) ((long) k * rows.count() / count));
      for (int j = 0; j < row.length; j++) {
        x[k] += (row[j] - mean[j]) * first[j];
        y[k] += (row[j] - mean[j]) * second[j];
      }
    }
    return Cloud.of(name, x, y);
  }

  /** A few fields of both kinds, their spectra and variograms. */
  static List<Plot> fields(Fields fields, Samples real, Samples drawn) {
    List<Plot> plots = new ArrayList<>();
    if (fields.rows() > 1) {
      int cells = real.columns();
      List<Group> groups = List.of(some(REAL, real), some(DRAWN, drawn));
      plots.add(new Mosaic("Fields", fields.columns(), cells, groups));
    } else {
      double[] at = IntStream.range(0, real.columns()).asDoubleStream().toArray();
      plots.add(series("Real rows", at, real));
      plots.add(series("Drawn rows", at, drawn));
    }
    plots.add(curves("Power spectrum", "cycles", 0, fields.spectrum(real), fields.spectrum(drawn)));
    plots.add(
        curves("Variogram", "cells apart", 1, fields.variogram(real), fields.variogram(drawn)));
    return plots;
  }

  /** A few rows, evenly from the first to the last, the cells of one after those of another. */
  private static Group some(String name, Samples rows) {
    int count =
        Math.max(1, Math.min(Math.min(MOST_FIELDS, rows.count()), MOST_CELLS / rows.columns()));
    List<Double> cells = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      for (double each : rows.row(k * (rows.count() - 1) / Math.max(1, count - 1))) {
        cells.add(each);
      }
    }
    return new Group(name, cells);
  }

  private static Plot series(String title, double[] at, Samples rows) {
    List<Line> lines = new ArrayList<>();
    for (int k = 0; k < Math.min(4, rows.count()); k++) {
      lines.add(
          Line.of("row " + k * (rows.count() - 1) / 4, at, rows.row(k * (rows.count() - 1) / 4)));
    }
    return new LinePlot(title, Axis.linear("position"), Axis.linear("value"), lines);
  }

  private static Plot curves(String title, String label, int from, double[] real, double[] drawn) {
    double[] at = IntStream.range(from, from + real.length).asDoubleStream().toArray();
    boolean spectrum = from == 0;
    Axis up = spectrum ? Axis.log("power") : Axis.linear("half mean squared difference");
    return new LinePlot(
        title, Axis.linear(label), up, List.of(Line.of(REAL, at, real), Line.of(DRAWN, at, drawn)));
  }
}
