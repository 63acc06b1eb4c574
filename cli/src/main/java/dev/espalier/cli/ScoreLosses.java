package dev.espalier.cli;

import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.ScoreLoss;
import dev.espalier.api.Streams;
import dev.espalier.plots.Axis;
import dev.espalier.plots.Line;
import dev.espalier.plots.LinePlot;
import dev.espalier.report.Section;
import dev.espalier.runtime.Expressions;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;

/**
 * The score loss of a model on rows that it has not seen, level by level, beside that of one normal
 * law.
 *
 * @param rows how many were looked at
 * @param levels from the noisiest; none if there were too few complete rows
 */
record ScoreLosses(int rows, List<Level> levels) {

  private static final double[] LOG_SNR = {-2, 0, 2, 4, 6, 8, 10};
  private static final int MOST_ROWS = 500;

  /**
   * One level; losses are relative to that of a spherical law of the same variance.
   *
   * @param noise the deviation of the noise
   * @param loss of the model
   * @param error its standard error
   * @param normal the loss of one normal law; NaN if none could be fitted
   */
  record Level(double noise, double loss, double error, double normal) {}

  /** Measures. */
  static ScoreLosses of(TableModel model, Table train, Table test, Expressions expressions) {
    Samples used = complete(encoded(model, test));
    if (used.count() < 2) {
      return new ScoreLosses(used.count(), List.of());
    }
    Score normal = null;
    try {
      normal =
          expressions
              .parse(ScoreEstimator.class, "gaussian()")
              .fit(FitRequest.of(encoded(model, train)));
    } catch (InvalidDataException e) {
      normal = null; // a line less in the picture
    }
    double variance = variance(used);
    List<Level> levels = new ArrayList<>();
    for (double logSnr : LOG_SNR) {
      NoiseLevel level = new NoiseLevel(1, variance * StrictMath.exp(-logSnr));
      double unit = variance * level.b() / (variance + level.b());
      double[] losses = ScoreLoss.perRow(model.fitted().score(), level, used, 0);
      double mean = Arrays.stream(losses).sum() / losses.length;
      double squares = Arrays.stream(losses).map(each -> (each - mean) * (each - mean)).sum();
      double error = Math.sqrt(squares / losses.length / (losses.length - 1.0));
      double other =
          normal == null
              ? Double.NaN
              : Arrays.stream(ScoreLoss.perRow(normal, level, used, 0)).sum() / losses.length;
      levels.add(new Level(level.sigma(), mean / unit, error / unit, other / unit));
    }
    return new ScoreLosses(used.count(), levels);
  }

  private static Samples encoded(TableModel model, Table rows) {
    return model.encoder().encode(rows, new Streams(0).seed("report", 0));
  }

  private static Samples complete(Samples rows) {
    int[] whole = new int[Math.min(rows.count(), MOST_ROWS)];
    int count = 0;
    for (int i = 0; i < rows.count() && count < whole.length; i++) {
      if (Arrays.stream(rows.row(i)).noneMatch(Double::isNaN)) {
        whole[count++] = i;
      }
    }
    return rows.rows(Arrays.copyOf(whole, count));
  }

  private static double variance(Samples rows) {
    double sum = 0;
    for (int j = 0; j < rows.columns(); j++) {
      double[] column = rows.column(j);
      double mean = Arrays.stream(column).sum() / column.length;
      sum += Arrays.stream(column).map(each -> (each - mean) * (each - mean)).sum() / column.length;
    }
    return Math.max(sum / rows.columns(), 1e-12);
  }

  Section section() {
    String heading = "Score by noise level";
    if (levels.isEmpty()) {
      return Section.of(heading, "Too few complete rows to measure the score on.");
    }
    double[] noise = levels.stream().mapToDouble(Level::noise).toArray();
    double[] loss = levels.stream().mapToDouble(Level::loss).toArray();
    double[] low = levels.stream().mapToDouble(each -> each.loss - 1.96 * each.error).toArray();
    double[] high = levels.stream().mapToDouble(each -> each.loss + 1.96 * each.error).toArray();
    double[] normal = levels.stream().mapToDouble(Level::normal).toArray();
    double[] ones = new double[noise.length];
    Arrays.fill(ones, 1);
    return Section.of(
            heading,
            "How far the model's guess of the clean row is off, on "
                + rows
                + " test rows that were noised; 1 is a law that is the same in every direction. The"
                + " less, the more of the structure is known; the truth itself is not 0, and not known"
                + " here.")
        .withPlots(
            List.of(
                new LinePlot(
                    "Held-out score loss",
                    Axis.log("deviation of the noise"),
                    Axis.linear("relative loss"),
                    List.of(
                        Line.of("this model", noise, loss).withBand(low, high),
                        Line.of("one normal law", noise, normal),
                        Line.of("no structure", noise, ones)))));
  }

  void json(ArrayNode into) {
    for (Level each : levels) {
      var entry = into.addObject().put("noise", each.noise);
      entry.put("loss", each.loss).put("error", each.error);
      if (!Double.isNaN(each.normal)) {
        entry.put("normal", each.normal);
      }
    }
  }
}
