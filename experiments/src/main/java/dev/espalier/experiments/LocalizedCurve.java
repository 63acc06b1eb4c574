package dev.espalier.experiments;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Graph;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.ScoreLoss;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.estimators.network.Network;
import dev.espalier.plots.Axis;
import dev.espalier.plots.LinePlot;
import dev.espalier.plugins.localized.Localized;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Networks of windows of a Gaussian chain, by radius, beside one network of all columns that costs
 * as many multiply-adds to train.
 *
 * @param radii to compare on 100 columns
 * @param columns other numbers of columns, at radius 2
 * @param steps of training
 */
record LocalizedCurve(List<Integer> radii, List<Integer> columns, int steps) implements Experiment {

  private static final int COLUMNS = 100;
  private static final int ROWS = 400;
  private static final int HELD = 1000;
  private static final int DRAWS = 4;
  private static final int WIDTH = 32;
  private static final NoiseLevel LEVEL = LocalizedChain.LEVEL;
  private static final NoiseRange RANGE = new NoiseRange(-6, 7);

  /** The errors of closed-form windows, {@link LocalizedChain}. */
  private static final List<Integer> RADII = List.of(0, 1, 2, 3, 4, 8, 20);

  private static final double[] CLOSED = {.708, .024, .012, .015, .019, .034, .079};
  private static final double WHOLE = .255;

  static LocalizedCurve full() {
    return new LocalizedCurve(RADII, List.of(50, 200), 1000);
  }

  @Override
  public String name() {
    return "localized-curve";
  }

  @Override
  public String summary() {
    return "localized networks on a Gaussian chain by radius, beside one network of equal cost";
  }

  /** What was found for one estimator: its error, and every row's held-out loss. */
  private record Found(double error, double[] losses) {
    double loss() {
      Moments moments = new Moments();
      for (double each : losses) {
        moments.add(each);
      }
      return moments.mean();
    }

    Moments above(Found other) {
      Moments moments = new Moments();
      for (int i = 0; i < losses.length; i++) {
        moments.add(losses[i] - other.losses[i]);
      }
      return moments;
    }
  }

  @Override
  public Report run(Tasks tasks, Progress progress) {
    int fits = radii.size() + 2 + columns.size();
    List<Found> found = new ArrayList<>();
    for (int radius : radii) {
      found.add(measure(window(radius), COLUMNS, tasks, share(progress, found.size(), fits)));
    }
    int best = 0;
    for (int k = 1; k < found.size(); k++) {
      best = found.get(k).loss() < found.get(best).loss() ? k : best;
    }
    int wide = width(radii.get(best));
    Network one = Network.hidden(wide, wide).steps(steps);
    Found turned = measure(one, COLUMNS, tasks, share(progress, radii.size(), fits));
    Found plain =
        measure(one.turned(false), COLUMNS, tasks, share(progress, radii.size() + 1, fits));
    List<Report.Table> tables = new ArrayList<>();
    tables.add(errors(found, turned, plain));
    tables.add(losses(found, best, turned, plain));
    double least = found.get(best).error;
    double gain = Math.min(turned.error, plain.error) / least;
    List<Report.Row> rows = new ArrayList<>();
    rows.add(
        new Report.Row(
            List.of("radius of the least held-out loss"),
            radii.get(best),
            Accepted.between(1, 4).beside(2)));
    rows.add(
        new Report.Row(
            List.of("error of all columns, " + wide + " wide / error of that radius"),
            gain,
            Accepted.between(5, Double.POSITIVE_INFINITY)));
    tables.add(new Report.Table("What a radius gains", List.of("", "value"), rows));
    if (!columns.isEmpty()) {
      tables.add(dimension(tasks, progress, found, fits));
    }
    return new Report(
        "Networks of windows of a Gaussian chain, " + ROWS + " rows, t = 0.1",
        tables,
        Optional.of(plot(found, turned)));
  }

  private static Progress share(Progress progress, int done, int all) {
    return progress.part((double) done / all, (done + 1.0) / all);
  }

  private ScoreEstimator window(int radius) {
    return Localized.on(Graph.chain())
        .withRadius(radius)
        .around(Network.hidden(WIDTH, WIDTH).steps(steps));
  }

  /** The width at which one network of two layers has the multiply-adds of all windows. */
  private static int width(int radius) {
    long work = 0;
    for (int j = 0; j < COLUMNS; j++) {
      int window = Math.min(COLUMNS - 1, j + radius) - Math.max(0, j - radius) + 1;
      work += (long) WIDTH * (window + WIDTH + 1);
    }
    return (int) Math.rint(Math.sqrt((double) COLUMNS * COLUMNS + work) - COLUMNS);
  }

  private static Found measure(ScoreEstimator estimator, int d, Tasks tasks, Progress progress) {
    NormalLaw law = NormalLaw.chain(d);
    Samples rows = law.rows(ROWS, 7).rows(0, ROWS);
    Samples held = law.rows(HELD, 8).rows(0, HELD);
    FitRequest request =
        FitRequest.of(rows).withRange(RANGE).withTasks(tasks).withProgress(progress);
    Score score = estimator.fit(request);
    double[] losses = new double[HELD];
    double unit = LEVEL.a() * LEVEL.a() / (LEVEL.b() * LEVEL.b()) / DRAWS;
    for (int draw = 0; draw < DRAWS; draw++) {
      double[] once = ScoreLoss.perRow(score, LEVEL, held, draw);
      for (int i = 0; i < HELD; i++) {
        losses[i] += unit * once[i];
      }
    }
    double[] x = held.toArray();
    RandomGenerator random = new Streams(9).stream("noise", 0);
    for (int i = 0; i < x.length; i++) {
      x[i] = LEVEL.a() * x[i] + Math.sqrt(LEVEL.b()) * random.nextGaussian();
    }
    double[] answers = new double[x.length];
    score.score(LEVEL, x, answers);
    double[] exact = law.scores(LEVEL, x);
    double error = 0;
    for (int i = 0; i < x.length; i++) {
      error += (answers[i] - exact[i]) * (answers[i] - exact[i]) / x.length;
    }
    return new Found(error, losses);
  }

  private Report.Table errors(List<Found> found, Found turned, Found plain) {
    List<Report.Row> rows = new ArrayList<>();
    for (int k = 0; k < radii.size(); k++) {
      double reference = CLOSED[RADII.indexOf(radii.get(k))];
      rows.add(
          new Report.Row(
              List.of(Integer.toString(radii.get(k))),
              found.get(k).error,
              Accepted.any().beside(reference)));
    }
    rows.add(new Report.Row(List.of("all columns"), turned.error, Accepted.any().beside(WHOLE)));
    rows.add(new Report.Row(List.of("all columns, not turned"), plain.error, Accepted.any()));
    return new Report.Table(
        "Error E|s' - s|^2/d of networks, 100 columns; reference: closed-form windows",
        List.of("radius", "error"),
        rows);
  }

  private Report.Table losses(List<Found> found, int best, Found turned, Found plain) {
    List<Found> all = new ArrayList<>(found);
    all.add(turned);
    all.add(plain);
    List<Report.Row> rows = new ArrayList<>();
    for (int k = 0; k < all.size(); k++) {
      String name =
          k < radii.size()
              ? Integer.toString(radii.get(k))
              : k == radii.size() ? "all columns" : "all columns, not turned";
      Moments above = all.get(k).above(found.get(best));
      rows.add(new Report.Row(List.of(name, "above"), above.mean(), Accepted.any()));
      rows.add(new Report.Row(List.of(name, "s.e."), above.error(), Accepted.any()));
    }
    return new Report.Table(
        "Held-out denoising loss a column above that of radius " + radii.get(best),
        List.of("radius", "", "loss"),
        rows);
  }

  private Report.Table dimension(Tasks tasks, Progress progress, List<Found> found, int fits) {
    List<Report.Row> rows = new ArrayList<>();
    double hundred = found.get(radii.indexOf(2)).error;
    List<Double> errors = new ArrayList<>();
    for (int k = 0; k < columns.size(); k++) {
      Progress share = share(progress, radii.size() + 2 + k, fits);
      errors.add(measure(window(2), columns.get(k), tasks, share).error);
      rows.add(
          new Report.Row(List.of(Integer.toString(columns.get(k))), errors.get(k), Accepted.any()));
    }
    rows.add(new Report.Row(List.of("100"), hundred, Accepted.any()));
    rows.add(
        new Report.Row(
            List.of("last / first"),
            errors.get(errors.size() - 1) / errors.get(0),
            Accepted.below(1.2).beside(1)));
    return new Report.Table(
        "Error at radius 2 by the number of columns", List.of("columns", "error"), rows);
  }

  private LinePlot plot(List<Found> found, Found turned) {
    Curve networks = new Curve();
    Curve closed = new Curve();
    for (int k = 0; k < radii.size(); k++) {
      double window = 2 * radii.get(k) + 1;
      networks.add(window, found.get(k).error, 0);
      closed.add(window, CLOSED[RADII.indexOf(radii.get(k))], 0);
    }
    networks.add(COLUMNS, turned.error, 0);
    closed.add(COLUMNS, WHOLE, 0);
    return new LinePlot(
        "Error of localized networks on a Gaussian chain of 100 columns, t = 0.1",
        Axis.log("columns in a window, 2 x radius + 1"),
        Axis.log("E|s' - s|\u00b2/d"),
        List.of(
            networks.line("networks, " + ROWS + " rows"),
            closed.line("closed-form windows, " + ROWS + " rows")));
  }
}
