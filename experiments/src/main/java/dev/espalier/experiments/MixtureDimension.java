package dev.espalier.experiments;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.estimators.closedform.GaussianMixture;
import dev.espalier.samplers.Affine;
import dev.espalier.samplers.Ddpm;
import dev.espalier.samplers.Last;
import dev.espalier.samplers.LiCaiWei;
import dev.espalier.samplers.Samplers;
import dev.espalier.samplers.Start;
import dev.espalier.samplers.Walk;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * That the error of DDPM on a Gaussian mixture of unit variances does not grow with the dimension
 * or the number of components, and that it does where the variance is another (arXiv 2504.05300).
 *
 * @param drawn dimensions to draw rows in
 * @param followed paths to measure the divergence of
 * @param paths how many of each
 */
record MixtureDimension(List<Drawn> drawn, List<Followed> followed, int paths)
    implements Experiment {

  private static final long SEED = 2504_05300L;

  private static final int BINS = 60;

  private static final double BINS_END = 7;

  /** Rows drawn at once, to bound the memory. */
  private static final int CHUNK = 20_000;

  private static final List<Double> PLACES = Laws.spaced(3, 3);

  /** Rows drawn of three components on a random line. */
  record Drawn(int columns, int steps, int rows, Accepted projected) {}

  /** The divergence for components at random means of length 4. */
  record Followed(int components, int columns, int steps, Accepted accepted) {}

  /** Everything; takes a minute or two. */
  static MixtureDimension full() {
    Accepted projected = Accepted.between(0.050, 0.062);
    Accepted later = Accepted.between(0.017, 0.026);
    Accepted flat = Accepted.between(0.12, 0.20);
    return new MixtureDimension(
        List.of(
            new Drawn(2, 64, 1_000_000, projected.beside(0.056)),
            new Drawn(16, 64, 100_000, projected.beside(0.056)),
            new Drawn(64, 64, 100_000, projected.beside(0.054)),
            new Drawn(256, 64, 100_000, projected.beside(0.057)),
            new Drawn(16, 256, 100_000, later.beside(0.022))),
        List.of(
            new Followed(5, 2, 128, Accepted.any().beside(0.070)),
            new Followed(5, 16, 128, flat.beside(0.158)),
            new Followed(5, 64, 128, flat.beside(0.169)),
            new Followed(5, 256, 128, flat.beside(0.158)),
            new Followed(1, 64, 128, Accepted.between(-0.04, 0.04).beside(0.002)),
            new Followed(2, 64, 128, Accepted.any().beside(0.072)),
            new Followed(10, 64, 128, Accepted.any().beside(0.205)),
            new Followed(40, 64, 128, Accepted.any().beside(0.226)),
            new Followed(5, 64, 64, Accepted.any().beside(0.278)),
            new Followed(5, 64, 256, Accepted.any().beside(0.083))),
        4000);
  }

  @Override
  public String name() {
    return "mixture-dimension";
  }

  @Override
  public String summary() {
    return "error of DDPM on Gaussian mixtures against the dimension and the number of components";
  }

  @Override
  public Report run(Tasks tasks, Progress progress) {
    return new Report(
        "DDPM on mixtures of unit variance in many dimensions, steps of Li, Cai and Wei (c0=2,"
            + " c1=10)",
        List.of(
            rows(tasks, progress.part(0, 0.7)),
            paths(tasks, progress.part(0.7, 1)),
            control(),
            differences()));
  }

  private Report.Table rows(Tasks tasks, Progress progress) {
    double all = 0;
    for (Drawn each : drawn) {
      all += work(each);
    }
    List<Report.Row> rows = new ArrayList<>();
    double done = 0;
    for (Drawn each : drawn) {
      Histogram histogram = draw(each, tasks, progress.part(done / all, (done + work(each)) / all));
      List<String> labels =
          List.of(
              Integer.toString(each.columns),
              Integer.toString(each.steps),
              Integer.toString(each.rows));
      rows.add(row(labels, "TV along the line", histogram.totalVariation(), each.projected));
      rows.add(
          row(
              labels,
              "variance off the line",
              histogram.complementVariance(),
              Accepted.within(1, 0.005)));
      done += work(each);
    }
    return new Report.Table(
        "Rows drawn: three components with spacing 3 on a random line, 60 bins",
        List.of("columns", "steps", "rows", "quantity", "value"),
        rows);
  }

  private static Report.Row row(
      List<String> labels, String quantity, double value, Accepted accepted) {
    List<String> all = new ArrayList<>(labels);
    all.add(quantity);
    return new Report.Row(all, value, accepted);
  }

  private static double work(Drawn drawn) {
    return (drawn.columns + 10.0) * drawn.steps * drawn.rows;
  }

  private static Histogram draw(Drawn drawn, Tasks tasks, Progress progress) {
    double[] direction =
        direction(new Streams(SEED).stream("direction", drawn.columns), drawn.columns);
    GaussianMixture law = Laws.along(1, PLACES, direction);
    Walk walk =
        Samplers.ddpm(drawn.steps)
            .withGrid(LiCaiWei.standard())
            .withStart(Start.ZERO)
            .withLast(Last.KEEP);
    Histogram histogram = new Histogram(direction);
    for (int from = 0; from < drawn.rows; from += CHUNK) {
      int count = Math.min(CHUNK, drawn.rows - from);
      DrawRequest request =
          DrawRequest.of(law, 0)
              .withRows(DrawRequest.Rows.range(from, count))
              .withSeed(SEED)
              .withTasks(tasks)
              .withProgress(
                  progress.part(from / (double) drawn.rows, (from + count) / (double) drawn.rows));
      histogram.add(walk.draw(request));
    }
    return histogram;
  }

  /** A uniform direction. */
  private static double[] direction(RandomGenerator random, int columns) {
    double[] direction = new double[columns];
    double square = 0;
    for (int j = 0; j < columns; j++) {
      direction[j] = random.nextGaussian();
      square += direction[j] * direction[j];
    }
    for (int j = 0; j < columns; j++) {
      direction[j] /= Math.sqrt(square);
    }
    return direction;
  }

  /** Rows along and off a line. */
  private static final class Histogram {
    private final double[] direction;
    private final long[] counts = new long[BINS];
    private long rows;
    private double squares;

    Histogram(double[] direction) {
      this.direction = direction;
    }

    void add(Samples samples) {
      for (int i = 0; i < samples.count(); i++) {
        double along = 0;
        double square = 0;
        for (int j = 0; j < direction.length; j++) {
          double value = samples.get(i, j);
          along += value * direction[j];
          square += value * value;
        }
        int bin = (int) Math.floor((along + BINS_END) * BINS / (2 * BINS_END));
        counts[Math.max(0, Math.min(BINS - 1, bin))]++;
        squares += square - along * along;
        rows++;
      }
    }

    double complementVariance() {
      return squares / (rows * (direction.length - 1.0));
    }

    /** To the exact probabilities of the bins; the outermost ones have no end. */
    double totalVariation() {
      int fine = 40;
      double spacing = 2 * BINS_END / (BINS * fine);
      int margin = 20 * fine;
      double[] points = new double[BINS * fine + 2 * margin];
      for (int i = 0; i < points.length; i++) {
        points[i] = -BINS_END + (i - margin + 0.5) * spacing;
      }
      double[] density = Laws.density(Laws.line(1, PLACES), NoiseLevel.CLEAN, points);
      double[] expected = new double[BINS];
      for (int i = 0; i < points.length; i++) {
        int bin = Math.max(0, Math.min(BINS - 1, Math.floorDiv(i - margin, fine)));
        expected[bin] += spacing * density[i];
      }
      double sum = 0;
      for (int bin = 0; bin < BINS; bin++) {
        sum += Math.abs(counts[bin] / (double) rows - expected[bin]);
      }
      return 0.5 * sum;
    }
  }

  private Report.Table paths(Tasks tasks, Progress progress) {
    List<Report.Row> rows = new ArrayList<>();
    double five = Double.NaN;
    double forty = Double.NaN;
    for (int i = 0; i < followed.size(); i++) {
      Followed each = followed.get(i);
      double value =
          divergence(each)
              .measure(
                  paths,
                  tasks,
                  progress.part(i / (double) followed.size(), (i + 1.0) / followed.size()));
      rows.add(
          new Report.Row(
              List.of(
                  Integer.toString(each.components),
                  Integer.toString(each.columns),
                  Integer.toString(each.steps)),
              value,
              each.accepted));
      if (each.columns == 64 && each.steps == 128) {
        five = each.components == 5 ? value : five;
        forty = each.components == 40 ? value : forty;
      }
    }
    if (forty > 0) {
      rows.add(
          new Report.Row(
              List.of("40 over 5", "64", "128"), forty / five, Accepted.below(2).beside(1.34)));
    }
    return new Report.Table(
        "Divergence of paths: components at random means of length 4, " + paths + " paths",
        List.of("components", "columns", "steps", "KL"),
        rows);
  }

  private static PathDivergence divergence(Followed followed) {
    RandomGenerator random = new Streams(SEED).stream("means", followed.columns);
    List<double[]> means = new ArrayList<>();
    for (int k = 0; k < followed.components; k++) {
      double[] mean = direction(random, followed.columns);
      for (int j = 0; j < mean.length; j++) {
        mean[j] *= 4;
      }
      means.add(mean);
    }
    GaussianMixture law = Laws.at(1, means);
    List<NoiseLevel> levels = LiCaiWei.standard().levels(law, followed.steps);
    return new PathDivergence(law, levels.subList(0, followed.steps), SEED);
  }

  /** One component of another variance, whose law at the end is known. */
  private static Report.Table control() {
    List<Report.Row> rows = new ArrayList<>();
    double[][] references = {
      {0.040, 0.090, 0.185, 0.362, 0.655}, {0.0036, 0.0081, 0.0167, 0.0336, 0.0673}
    };
    int[] steps = {64, 1024};
    rows.add(
        new Report.Row(
            List.of("1", "64", "variance ratio - 1"),
            ratio(1, 64) - 1,
            Accepted.between(-1e-12, 1e-12)));
    for (int s = 0; s < steps.length; s++) {
      double ratio = ratio(0.25, steps[s]);
      Accepted exact = s == 0 ? Accepted.between(1.18175, 1.18185).beside(1.1818) : Accepted.any();
      rows.add(
          new Report.Row(
              List.of("0.25", Integer.toString(steps[s]), "variance ratio"), ratio, exact));
      for (int k = 0; k < references[s].length; k++) {
        int columns = 1 << (2 * k);
        rows.add(
            new Report.Row(
                List.of("0.25", Integer.toString(steps[s]), "TV in " + columns + " columns"),
                Radial.ofScales(ratio, columns),
                Accepted.within(references[s][k], 0.02)));
      }
    }
    return new Report.Table(
        "Control: one normal law, its variance followed exactly",
        List.of("variance", "steps", "quantity", "value"),
        rows);
  }

  /** The variance of the output over that of a normal target. */
  private static double ratio(double target, int steps) {
    List<NoiseLevel> levels =
        LiCaiWei.standard().levels(Laws.line(target, List.of(0.0)), steps).subList(0, steps);
    double variance = 1;
    for (int k = 1; k < steps; k++) {
      NoiseLevel from = levels.get(k - 1);
      Affine.Factors factors = new Ddpm().factors(from, levels.get(k));
      double slope = from.a() * target / (from.a() * from.a() * target + from.b());
      double factor = factors.keep() + factors.pull() * slope;
      variance = factor * factor * variance + factors.noise() * factors.noise();
    }
    return variance / target;
  }

  /** The score of a mixture against central differences of its log density. */
  private static Report.Table differences() {
    List<Report.Row> rows = new ArrayList<>();
    for (int columns : new int[] {1, 4, 16, 64}) {
      RandomGenerator random = new Streams(SEED).stream("differences", columns);
      List<double[]> means = new ArrayList<>();
      for (int k = 0; k < 5; k++) {
        means.add(direction(random, columns));
      }
      GaussianMixture law = Laws.at(0.5, means);
      double worst = 0;
      for (double b : new double[] {0.05, 0.5, 0.95}) {
        worst = Math.max(worst, difference(law, NoiseLevel.preserving(b), random));
      }
      rows.add(new Report.Row(List.of(Integer.toString(columns)), worst, Accepted.below(1e-7)));
    }
    return new Report.Table(
        "Score of a mixture against central differences of its log density, relative",
        List.of("columns", "greatest error"),
        rows);
  }

  private static double difference(GaussianMixture law, NoiseLevel level, RandomGenerator random) {
    int d = law.columns();
    double[] x = new double[d];
    for (int j = 0; j < d; j++) {
      x[j] = random.nextGaussian();
    }
    double[] score = new double[d];
    law.score(level, x, score);
    double size = 0;
    double worst = 0;
    for (int j = 0; j < d; j++) {
      double slope = (8 * rise(law, level, x, j, 1e-3) - rise(law, level, x, j, 2e-3)) / 12e-3;
      worst = Math.max(worst, Math.abs(slope - score[j]));
      size = Math.max(size, Math.abs(score[j]));
    }
    return worst / size;
  }

  private static double rise(
      GaussianMixture law, NoiseLevel level, double[] x, int j, double step) {
    double[] points = new double[2 * x.length];
    System.arraycopy(x, 0, points, 0, x.length);
    System.arraycopy(x, 0, points, x.length, x.length);
    points[j] -= step;
    points[x.length + j] += step;
    double[] logs = new double[2];
    law.logDensity(level, points, logs);
    return logs[1] - logs[0];
  }
}
