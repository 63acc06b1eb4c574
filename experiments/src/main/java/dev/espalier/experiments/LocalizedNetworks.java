package dev.espalier.experiments;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Graph;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.ScoreLoss;
import dev.espalier.api.Tasks;
import dev.espalier.estimators.network.Network;
import dev.espalier.plots.Axis;
import dev.espalier.plots.Line;
import dev.espalier.plots.LinePlot;
import dev.espalier.plugins.localized.Localized;
import dev.espalier.plugins.localized.Wider;
import dev.espalier.samplers.Samplers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Networks a window, learned from paths of a Cox–Ingersoll–Ross process (arXiv 2505.04417): their
 * held-out loss by radius, and the paths that they generate.
 *
 * <p>The reference values are those of regressions of windows on random Fourier features.
 *
 * @param radii to compare, with 1 among them
 * @param steps of training
 * @param drawn paths to generate, none to leave it
 */
record LocalizedNetworks(List<Integer> radii, int steps, int drawn) implements Experiment {

  private static final RatePath PATH = RatePath.STANDARD;
  private static final int COLUMNS = 32;
  private static final int ROWS = 1000;
  private static final int HELD = 2000;
  private static final int DRAWS = 4;
  private static final int WALK = 40;
  private static final NoiseRange RANGE = new NoiseRange(-7, 8);
  private static final double[] TIMES = {0.05, 0.2};
  private static final List<Integer> RADII = List.of(0, 1, 2, 3, 8, 31);
  private static final double[][] REFERENCE = {
    {.676, 0, .113, .199, .425, .618}, {.283, 0, .002, .013, .070, .123}
  };

  static LocalizedNetworks full() {
    return new LocalizedNetworks(RADII, 2000, 4000);
  }

  @Override
  public String name() {
    return "localized-networks";
  }

  @Override
  public String summary() {
    return "localized networks on a Cox-Ingersoll-Ross path: held-out loss by radius, and draws";
  }

  private Network network() {
    return Network.hidden(32, 32).steps(steps);
  }

  private static Localized chain(int radius) {
    return Localized.on(Graph.chain()).withRadius(radius);
  }

  private static NoiseLevel at(double time) {
    return new NoiseLevel(StrictMath.exp(-time), -StrictMath.expm1(-2 * time));
  }

  @Override
  public Report run(Tasks tasks, Progress progress) {
    FitRequest request =
        FitRequest.of(PATH.rows(ROWS, COLUMNS, 1)).withRange(RANGE).withTasks(tasks);
    List<Score> scores = new ArrayList<>();
    double share = drawn > 0 ? 0.6 : 1;
    for (int k = 0; k < radii.size(); k++) {
      Progress part = progress.part(share * k / radii.size(), share * (k + 1) / radii.size());
      scores.add(chain(radii.get(k)).fit(request.withProgress(part), network()));
    }
    List<Report.Table> tables = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    tables.add(losses(scores, tasks, lines));
    if (drawn > 0) {
      tables.add(draws(request, scores, progress.part(share, 1)));
    }
    LinePlot plot =
        new LinePlot(
            "Held-out loss of localized networks above that of radius 1",
            Axis.log("columns in a window, 2 x radius + 1"),
            Axis.linear("loss a column"),
            lines);
    return new Report(
        "Networks of windows on paths of " + COLUMNS + " values, " + ROWS + " paths",
        tables,
        Optional.of(plot));
  }

  /** The denoising losses of the score, above those of radius 1, under the same noise. */
  private Report.Table losses(List<Score> scores, Tasks tasks, List<Line> lines) {
    Samples held = PATH.rows(HELD, COLUMNS, 2);
    List<double[]> found =
        tasks.map(
            scores.size() * TIMES.length,
            (i, progress) -> {
              progress.check();
              NoiseLevel level = at(TIMES[i % TIMES.length]);
              double unit = level.a() * level.a() / (level.b() * level.b()) / DRAWS;
              double[] sums = new double[HELD];
              for (int draw = 0; draw < DRAWS; draw++) {
                double[] once = ScoreLoss.perRow(scores.get(i / TIMES.length), level, held, draw);
                for (int row = 0; row < HELD; row++) {
                  sums[row] += unit * once[row];
                }
              }
              return sums;
            },
            Progress.silent());
    List<Report.Row> rows = new ArrayList<>();
    for (int t = 0; t < TIMES.length; t++) {
      double[] base = found.get(radii.indexOf(1) * TIMES.length + t);
      Curve curve = new Curve();
      Curve expected = new Curve();
      for (int k = 0; k < radii.size(); k++) {
        Moments excess = new Moments();
        double[] own = found.get(k * TIMES.length + t);
        for (int row = 0; row < HELD; row++) {
          excess.add(own[row] - base[row]);
        }
        int radius = radii.get(k);
        double reference = REFERENCE[t][RADII.indexOf(radius)];
        rows.add(
            new Report.Row(
                List.of(Accepted.number(TIMES[t]), Integer.toString(radius)),
                excess.mean(),
                accepted(t, radius).beside(reference)));
        double window = Math.min(COLUMNS, 2 * radius + 1);
        curve.add(window, excess.mean(), excess.error());
        expected.add(window, reference, 0);
      }
      lines.add(curve.line("t = " + TIMES[t]));
      lines.add(expected.line("t = " + TIMES[t] + ", random features"));
    }
    return new Report.Table(
        "Held-out denoising loss a column above that of radius 1",
        List.of("t", "radius", "above"),
        rows);
  }

  /** At t = 0.05 radius 1 is the best, and its gain over no and over all neighbours is known. */
  private static Accepted accepted(int time, int radius) {
    if (time > 0) {
      return Accepted.any();
    }
    return switch (radius) {
      case 0 -> Accepted.between(0.5, 0.9);
      case 1 -> Accepted.between(0, 0);
      case COLUMNS - 1 -> Accepted.between(0.2, Double.POSITIVE_INFINITY);
      default -> Accepted.between(0, Double.POSITIVE_INFINITY);
    };
  }

  private Report.Table draws(FitRequest request, List<Score> scores, Progress progress) {
    Localized wide =
        chain(1).withWider(List.of(new Wider(1.5, 2), new Wider(0, 4), new Wider(-2, 8)));
    List<String> names = List.of("1", "2, shared", "1, 2, 4, 8", "1, 2, 4, 8, shared");
    List<ScoreEstimator> rest =
        List.of(
            chain(2).shared().around(network()),
            wide.around(network()),
            wide.shared().around(network()));
    List<Report.Row> rows = new ArrayList<>();
    for (int k = 0; k < names.size(); k++) {
      Progress part = progress.part((double) k / names.size(), (k + 1.0) / names.size());
      Score score =
          k == 0
              ? scores.get(radii.indexOf(1))
              : rest.get(k - 1).fit(request.withProgress(part.part(0, 0.8)));
      Samples paths =
          Samplers.heun(WALK)
              .draw(
                  DrawRequest.of(score, drawn)
                      .withSeed(3)
                      .withTasks(request.tasks())
                      .withProgress(part.part(0.8, 1)));
      rows.addAll(statistics(names.get(k), paths, k == names.size() - 1));
    }
    return new Report.Table(
        "Of " + drawn + " generated paths, in units of the process",
        List.of("radius", "statistic", "value"),
        rows);
  }

  private static List<Report.Row> statistics(String name, Samples paths, boolean judged) {
    double deviation = Math.sqrt(PATH.variance());
    Moments value = new Moments();
    for (int j = 0; j < COLUMNS; j++) {
      for (double x : paths.column(j)) {
        value.add(x);
      }
    }
    double mean = value.mean();
    double square = 0;
    double cube = 0;
    double product = 0;
    for (int i = 0; i < paths.count(); i++) {
      for (int j = 0; j < COLUMNS; j++) {
        double x = paths.get(i, j) - mean;
        square += x * x / (paths.count() * COLUMNS);
        cube += x * x * x / (paths.count() * COLUMNS);
        if (j > 0) {
          product += x * (paths.get(i, j - 1) - mean) / (paths.count() * (COLUMNS - 1));
        }
      }
    }
    double[] found = {
      PATH.mean() + deviation * mean,
      deviation * deviation * square,
      product / square,
      cube / (square * Math.sqrt(square))
    };
    List<String> names = List.of("mean", "variance", "correlation", "skewness");
    double[] expected = {PATH.mean(), PATH.variance(), PATH.correlation(), PATH.skewness()};
    double[] slack = {.03, .03, .04};
    List<Report.Row> rows = new ArrayList<>();
    for (int k = 0; k < found.length; k++) {
      Accepted accepted = Accepted.any();
      if (judged && k < slack.length) {
        accepted = Accepted.between(expected[k] - slack[k], expected[k] + slack[k]);
      } else if (judged) {
        accepted = Accepted.between(.8, Double.POSITIVE_INFINITY);
      }
      rows.add(new Report.Row(List.of(name, names.get(k)), found[k], accepted.beside(expected[k])));
    }
    return rows;
  }
}
