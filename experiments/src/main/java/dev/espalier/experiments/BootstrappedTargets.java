package dev.espalier.experiments;

import dev.espalier.api.FitRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.api.TrainingTarget;
import dev.espalier.estimators.closedform.GaussianMixture;
import dev.espalier.estimators.closedform.Penalty;
import dev.espalier.estimators.closedform.RidgeRegression;
import dev.espalier.plots.Axis;
import dev.espalier.plots.Line;
import dev.espalier.plots.LinePlot;
import dev.espalier.plugins.bootstrapped.Bootstrapped;
import dev.espalier.plugins.bootstrapped.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What bootstrapped targets (arXiv 2502.10354) gain over denoising: variance, then learning.
 *
 * @param draws rows to measure the variance of targets with
 * @param runs runs of the linear sweep
 * @param regressions runs of the sweep of ridge regressions on Gaussian bumps
 */
record BootstrappedTargets(int draws, int runs, int regressions) implements Experiment {

  private static final int ROWS = 400;

  /** Even in log SNR; from t = 1 on as close as the 30 even times of the reference. */
  private static final int LEVELS = 40;

  private static final int PIECES = 20;
  private static final double[] TIMES = {0.05, 1.06, 1.57, 2.08, 2.5};
  private static final double[] REFERENCE = {0.498, 0.0144, 0.009, 0.0037, 0.0019};
  private static final double[] RATIOS = {1, 0.17, 0.09, 0.07, 0.08};

  static BootstrappedTargets full() {
    return new BootstrappedTargets(1_000_000, 1500, 60);
  }

  @Override
  public String name() {
    return "bootstrapped";
  }

  @Override
  public String summary() {
    return "variance of bootstrapped targets, and the errors of sweeps that learn from them";
  }

  @Override
  public Report run(Tasks tasks, Progress progress) {
    Report.Table variance = variance(progress.part(0, 0.1));
    Report.Table linear = linear(tasks, progress.part(0.1, 0.5));
    Report.Table bumps = bumps(tasks, progress.part(0.5, 1));
    return new Report(
        "Bootstrapped targets against denoising, one noise path a row",
        List.of(variance, linear, bumps),
        Optional.of(
            new LinePlot(
                "Score error of bootstrapped targets over that of denoising",
                Axis.linear("t"),
                Axis.log("ratio"),
                List.of(
                    Curve.of(linear, 0, labels -> true, "linear score of N(0, 1)"),
                    ratio(bumps, "1.0E-6"),
                    ratio(bumps, "auto")))));
  }

  private static Line ratio(Report.Table bumps, String penalty) {
    List<String> wanted = List.of(penalty, "bootstrapped / denoising");
    return Curve.of(
        bumps,
        1,
        labels -> wanted.equals(List.of(labels.get(0), labels.get(2))),
        "mixture, ridge on bumps, penalty " + penalty);
  }

  private Report.Table variance(Progress progress) {
    List<Report.Row> rows = new ArrayList<>();
    double[] variances = {1, 0.25};
    double[][] expected = {{0.431, 0.0411}, {0.1392, 0.00459}};
    for (int k = 0; k < 2; k++) {
      progress.check();
      double v = variances[k];
      GaussianMixture law = Laws.line(v, List.of(0.0));
      Streams streams = new Streams(71 + k);
      Sweep early = Sweep.of(normal(v, draws, streams)).to(Sweep.ou(0.5), null, streams);
      Sweep late = early.to(Sweep.ou(0.6), law, streams);
      double slope = -1 / (late.level().a() * late.level().a() * v + late.level().b());
      List<TrainingTarget> targets = List.of(TrainingTarget.denoising(), Bootstrapped.standard());
      for (int j = 0; j < 2; j++) {
        double[] y = late.scores(targets.get(j));
        double found = late.slope(y);
        String name = j == 0 ? "denoising" : "bootstrapped";
        String variance = Accepted.number(v);
        rows.add(
            new Report.Row(List.of(variance, name, "slope"), found, Accepted.within(slope, 0.005)));
        double rest = 0;
        for (int i = 0; i < y.length; i++) {
          double gap = y[i] - found * late.noisy()[i];
          rest += gap * gap / y.length;
        }
        rows.add(
            new Report.Row(
                List.of(variance, name, "variance"),
                rest,
                Accepted.within(expected[k][j], j == 0 ? 0.01 : 0.02)));
      }
    }
    return new Report.Table(
        "Targets of the score at t=0.6 given x, from t'=0.5, law N(0, v)",
        List.of("v", "target", "of y given x", "measured"),
        rows);
  }

  private static Samples normal(double variance, int count, Streams streams) {
    double[] values = new double[count];
    RandomGenerator random = streams.stream("clean", 0);
    for (int i = 0; i < count; i++) {
      values[i] = Math.sqrt(variance) * random.nextGaussian();
    }
    return Samples.of(1, values);
  }

  /** The posterior mean {@code gain·x} of one level. */
  private record Slope(double gain) implements Score {
    @Override
    public int columns() {
      return 1;
    }

    @Override
    public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
      for (int i = 0; i < x.length; i++) {
        out[i] = gain * x[i];
      }
    }
  }

  /** Squared errors of the slope of the score, denoising and then bootstrapped, a level each. */
  private static double[][] sweep(int run) {
    int count = 40;
    double[][] errors = new double[2][count];
    List<TrainingTarget> targets = List.of(TrainingTarget.denoising(), Bootstrapped.standard());
    for (int j = 0; j < 2; j++) {
      Streams streams = new Streams(new Streams(72).seed("linear", run));
      Sweep rows = Sweep.of(normal(1, ROWS, streams));
      Score frozen = null;
      for (int k = 0; k < count; k++) {
        rows = rows.to(Sweep.ou(0.02 + k * 2.98 / (count - 1)), frozen, streams);
        NoiseLevel level = rows.level();
        double slope = rows.slope(rows.scores(targets.get(j)));
        errors[j][k] = (slope + 1) * (slope + 1);
        frozen = new Slope((1 + level.b() * slope) / level.a());
      }
    }
    return errors;
  }

  private Report.Table linear(Tasks tasks, Progress progress) {
    int all = runs;
    List<double[][]> parts =
        tasks.map(
            PIECES,
            (piece, share) -> {
              double[][] sums = new double[2][40];
              for (int run = piece; run < all; run += PIECES) {
                share.check();
                double[][] errors = sweep(run);
                for (int k = 0; k < 40; k++) {
                  sums[0][k] += errors[0][k];
                  sums[1][k] += errors[1][k];
                }
              }
              return sums;
            },
            progress);
    List<Report.Row> rows = new ArrayList<>();
    int[] places = {4, 13, 26, 39};
    double[] expected = {0.76, 0.33, 0.08, 0.016};
    for (int i = 0; i < places.length; i++) {
      double denoising = 0;
      double bootstrapped = 0;
      for (double[][] part : parts) {
        denoising += part[0][places[i]];
        bootstrapped += part[1][places[i]];
      }
      rows.add(
          new Report.Row(
              List.of(Accepted.number(0.02 + places[i] * 2.98 / 39)),
              bootstrapped / denoising,
              Accepted.within(expected[i], 0.15)));
    }
    return new Report.Table(
        "Linear score of N(0, 1), 400 rows, 40 times: error bootstrapped / denoising",
        List.of("t", "ratio"),
        rows);
  }

  /** Errors of the score at {@link #TIMES}, for every target. */
  private static double[][] regress(int run, Penalty penalty, List<TrainingTarget> targets) {
    GaussianMixture law = Laws.line(0.25, List.of(-2.0, 2.0));
    Streams streams = new Streams(new Streams(73).seed("bumps", run));
    Samples clean = drawn(law, ROWS, streams.seed("rows", 0));
    Samples fresh = drawn(law, 2000, streams.seed("fresh", 0));
    NoiseRange range =
        new NoiseRange(Sweep.ou(2.5).logSnr() - 1e-9, Sweep.ou(0.05).logSnr() + 1e-9);
    FitRequest request = FitRequest.of(clean).withRange(range).withSeed(run);
    double[][] errors = new double[targets.size()][TIMES.length];
    for (int j = 0; j < targets.size(); j++) {
      Score score =
          RidgeRegression.on(RidgeRegression.Features.RBF)
              .withCount(30)
              .withLevels(LEVELS)
              .withPenalty(penalty)
              .withTarget(targets.get(j))
              .fit(request);
      for (int k = 0; k < TIMES.length; k++) {
        NoiseLevel level = Sweep.ou(TIMES[k]);
        double[] x = Sweep.of(fresh).to(level, null, streams).noisy();
        double[] exact = new double[x.length];
        double[] found = new double[x.length];
        law.score(level, x, exact);
        score.score(level, x, found);
        for (int i = 0; i < x.length; i++) {
          errors[j][k] += (found[i] - exact[i]) * (found[i] - exact[i]) / x.length;
        }
      }
    }
    return errors;
  }

  private static Samples drawn(GaussianMixture law, int count, long seed) {
    double[] values = new double[count];
    double[] row = new double[1];
    for (int i = 0; i < count; i++) {
      law.draw(new Streams(seed).stream("row", i), row);
      values[i] = row[0];
    }
    return Samples.of(1, values);
  }

  private Report.Table bumps(Tasks tasks, Progress progress) {
    List<String> names = List.of("denoising", "bootstrapped", "reference", "both");
    List<TrainingTarget> targets =
        List.of(
            TrainingTarget.denoising(),
            Bootstrapped.standard(),
            new Reference(64),
            Bootstrapped.standard().withFirst(new Reference(64)));
    List<Penalty> penalties = List.of(new Penalty(1e-6), Penalty.AUTO);
    int all = regressions;
    List<double[][]> found =
        tasks.map(
            2 * all,
            (piece, share) -> regress(piece % all, penalties.get(piece / all), targets),
            progress);
    List<Report.Row> rows = new ArrayList<>();
    for (int penalty = 0; penalty < 2; penalty++) {
      for (int k = 0; k < TIMES.length; k++) {
        double[] sums = new double[names.size()];
        for (double[][] errors : found.subList(penalty * all, (penalty + 1) * all)) {
          for (int j = 0; j < sums.length; j++) {
            sums[j] += errors[j][k] / all;
          }
        }
        String words = penalties.get(penalty).toString();
        String time = Accepted.number(TIMES[k]);
        Accepted plain = Accepted.any().beside(REFERENCE[k]);
        rows.add(new Report.Row(List.of(words, time, names.get(0)), sums[0], plain));
        for (int j = 1; j < sums.length; j++) {
          Accepted accepted = Accepted.any();
          if (j == 1 && penalty == 0) {
            accepted = k == 0 ? Accepted.within(1, 0.02) : Accepted.below(k == 1 ? 0.3 : 0.2);
            accepted = accepted.beside(RATIOS[k]);
          }
          String name = names.get(j) + " / denoising";
          rows.add(new Report.Row(List.of(words, time, name), sums[j] / sums[0], accepted));
        }
      }
    }
    return new Report.Table(
        "Mixture {-2, 2} of variance 0.25, 400 rows, ridge on 30 bumps: score error",
        List.of("penalty", "t", "target", "error or ratio"),
        rows);
  }
}
