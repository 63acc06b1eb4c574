package dev.espalier.experiments;

import dev.espalier.api.FitRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.api.TrainingTarget;
import dev.espalier.estimators.closedform.Component;
import dev.espalier.estimators.closedform.Covariance;
import dev.espalier.estimators.closedform.GaussianMixture;
import dev.espalier.estimators.closedform.RidgeRegression;
import dev.espalier.estimators.network.Network;
import dev.espalier.estimators.network.Paths;
import dev.espalier.plugins.bootstrapped.Bootstrapped;
import dev.espalier.plugins.bootstrapped.Levelwise;
import dev.espalier.plugins.bootstrapped.Reference;
import java.util.ArrayList;
import java.util.List;

/**
 * Squared errors of scores learned from bootstrapped targets over those from denoising (arXiv
 * 2502.10354), at equal steps, for one regression a level and for one network over all levels.
 *
 * @param laws how many of the three laws
 * @param seeds sets of rows
 * @param steps of a network
 * @param guarded whether it is the choice between two networks level by level that is measured
 */
record BootstrappedScores(int laws, int seeds, int steps, boolean guarded) implements Experiment {

  private static final int ROWS = 400;
  private static final double[] TIMES = {0.05, 0.1, 0.2, 0.4, 0.7, 1, 1.5, 2, 2.5};
  private static final List<String> NAMES = List.of("plane", "corners", "chain");
  private static final String DENOISING = "denoising";
  private static final String CANCEL = "cancel";
  private static final String LEVELWISE = "levelwise";
  private static final List<String> NETWORK = List.of(DENOISING, CANCEL, "error-aware");
  private static final List<String> RIDGE =
      List.of(DENOISING, CANCEL, "error-aware", "reference", "both");
  private static final List<String> GUARD = List.of(DENOISING, CANCEL, LEVELWISE);

  static BootstrappedScores full() {
    return new BootstrappedScores(3, 5, 4000, false);
  }

  static BootstrappedScores guard() {
    return new BootstrappedScores(3, 5, 4000, true);
  }

  private List<Kind> kinds() {
    return guarded
        ? List.of(new Kind("network", true, GUARD), new Kind("network", false, GUARD))
        : List.of(
            new Kind("ridge", true, RIDGE),
            new Kind("network", true, NETWORK),
            new Kind("ridge", false, RIDGE),
            new Kind("network", false, NETWORK));
  }

  @Override
  public String name() {
    return guarded ? "bootstrapped-guard" : "bootstrapped-scores";
  }

  @Override
  public String summary() {
    return guarded
        ? "errors of scores by level, bootstrapped where held-out rows confirm it, by networks"
        : "errors of scores by level, bootstrapped against denoising, regressions and networks";
  }

  /** What is trained, with one noise path a row or with fresh noise, and the ways to do it. */
  private record Kind(String estimator, boolean fixed, List<String> ways) {

    ScoreEstimator of(String way, int steps) {
      if (way.equals(LEVELWISE)) {
        return new Levelwise(List.of(of(CANCEL, steps), of(DENOISING, steps)));
      }
      if (estimator.equals("ridge")) {
        return RidgeRegression.on(RidgeRegression.Features.RBF)
            .withCount(40)
            .withLevels(60)
            .withCopies(1, fixed ? RidgeRegression.Paths.FIXED : RidgeRegression.Paths.FRESH)
            .withTarget(target(way));
      }
      return Network.hidden(64, 64)
          .steps(steps)
          .batch(128)
          .validation(0)
          .paths(fixed ? Paths.FIXED : Paths.FRESH)
          .target(target(way));
    }
  }

  private static TrainingTarget target(String way) {
    Bootstrapped cancel = Bootstrapped.standard();
    return switch (way) {
      case DENOISING -> TrainingTarget.denoising();
      case CANCEL -> cancel;
      case "error-aware" -> cancel.withWeights(Bootstrapped.Weights.ERRORAWARE);
      case "reference" -> new Reference(64);
      default -> cancel.withFirst(new Reference(64)).from(0);
    };
  }

  /** Mixtures in two, three and four columns, of variance 1 on average over the columns. */
  private static GaussianMixture law(int which) {
    if (which == 0) {
      return scaled(
          List.of(
              part(0.5, new double[][] {{0.6, 0.3}, {0.3, 0.5}}, -2, 0),
              part(0.3, new double[][] {{0.2, -0.1}, {-0.1, 0.4}}, 1.5, 1),
              part(0.2, new double[][] {{1, 0}, {0, 0.05}}, 0.5, -2)));
    }
    if (which == 1) {
      double[][] unit = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
      return scaled(
          List.of(
              part(1, unit, 2, 2, 2),
              part(1, unit, 2, -2, -2),
              part(1, unit, -2, 2, -2),
              part(1, unit, -2, -2, 2)));
    }
    double[][] chain = {{.5, .2, 0, 0}, {.2, .5, .2, 0}, {0, .2, .5, .2}, {0, 0, .2, .5}};
    return scaled(
        List.of(
            part(1, chain, 1.5, 1.5, 0, 0),
            part(1, chain, -1.5, 0, 1.5, 0),
            part(1, chain, 0, -1.5, 0, -1.5)));
  }

  private static GaussianMixture scaled(List<Component> parts) {
    int d = parts.get(0).mean().length;
    double total = 0;
    double[] mean = new double[d];
    for (Component each : parts) {
      total += each.weight();
    }
    for (Component each : parts) {
      for (int j = 0; j < d; j++) {
        mean[j] += each.weight() / total * each.mean(j);
      }
    }
    double variance = 0;
    for (Component each : parts) {
      for (int j = 0; j < d; j++) {
        double gap = each.mean(j) - mean[j];
        variance += each.weight() / total * (each.covariance().matrix()[j][j] + gap * gap) / d;
      }
    }
    List<Component> out = new ArrayList<>();
    for (Component each : parts) {
      double[] moved = each.mean();
      double[][] covariance = each.covariance().matrix();
      for (int j = 0; j < d; j++) {
        moved[j] /= Math.sqrt(variance);
        for (int k = 0; k < d; k++) {
          covariance[j][k] /= variance;
        }
      }
      out.add(Component.of(each.weight(), moved, Covariance.full(covariance)));
    }
    return GaussianMixture.of(out);
  }

  private static Component part(double weight, double[][] covariance, double... mean) {
    return Component.of(weight, mean, Covariance.full(covariance));
  }

  private static Samples rows(GaussianMixture law, int count, long seed) {
    int d = law.columns();
    double[] values = new double[count * d];
    double[] row = new double[d];
    for (int i = 0; i < count; i++) {
      law.draw(new Streams(seed).stream("row", i), row);
      System.arraycopy(row, 0, values, i * d, d);
    }
    return Samples.of(d, values);
  }

  /** {@code E‖ŝ − s‖²/d} at every time, for every target. */
  private static double[][] errors(int which, Kind kind, int seed, int steps, Progress progress) {
    GaussianMixture law = law(which);
    Streams streams = new Streams(new Streams(74).seed("scores " + which, seed));
    FitRequest request =
        FitRequest.of(rows(law, ROWS, streams.seed("rows", 0)))
            .withRange(new NoiseRange(-5.5, 6))
            .withSeed(seed)
            .withProgress(progress);
    Samples fresh = rows(law, 2000, new Streams(74).seed("fresh", which));
    double[][] errors = new double[kind.ways.size()][TIMES.length];
    for (int j = 0; j < errors.length; j++) {
      Score score = kind.of(kind.ways.get(j), steps).fit(request);
      for (int k = 0; k < TIMES.length; k++) {
        NoiseLevel level = Sweep.ou(TIMES[k]);
        double[] x = Sweep.of(fresh).to(level, null, new Streams(75)).noisy();
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

  @Override
  public Report run(Tasks tasks, Progress progress) {
    int all = laws;
    int count = seeds;
    int most = steps;
    List<Kind> kinds = kinds();
    List<double[][]> found =
        tasks.map(
            kinds.size() * all * count,
            (piece, share) ->
                errors(
                    piece / count % all,
                    kinds.get(piece / count / all),
                    piece % count,
                    most,
                    share),
            progress);
    List<Report.Table> tables = new ArrayList<>();
    for (int k = 0; k < kinds.size(); k++) {
      tables.add(table(kinds.get(k), found.subList(k * all * count, (k + 1) * all * count)));
    }
    return new Report(
        "Bootstrapped targets against denoising, 400 rows, equal steps, mean of "
            + count
            + " sets of rows",
        tables);
  }

  private Report.Table table(Kind kind, List<double[][]> found) {
    List<Report.Row> rows = new ArrayList<>();
    for (int which = 0; which < laws; which++) {
      double[][] sums = new double[kind.ways.size()][TIMES.length];
      for (double[][] errors : found.subList(which * seeds, (which + 1) * seeds)) {
        for (int j = 0; j < kind.ways.size(); j++) {
          for (int k = 0; k < TIMES.length; k++) {
            sums[j][k] += errors[j][k] / seeds;
          }
        }
      }
      for (int k = 0; k < TIMES.length; k++) {
        String time = Accepted.number(TIMES[k]);
        String law = NAMES.get(which);
        rows.add(new Report.Row(List.of(law, time, DENOISING), sums[0][k], Accepted.any()));
        for (int j = 1; j < kind.ways.size(); j++) {
          boolean must = kind.fixed && List.of(CANCEL, LEVELWISE).contains(kind.ways.get(j));
          rows.add(
              new Report.Row(
                  List.of(law, time, kind.ways.get(j) + " / denoising"),
                  sums[j][k] / sums[0][k],
                  must ? Accepted.below(TIMES[k] >= 1 ? 0.5 : 1.05) : Accepted.any()));
        }
      }
    }
    return new Report.Table(
        kind.estimator
            + (kind.fixed ? ", one noise path a row" : ", fresh noise")
            + ": E|s' - s|^2/d, then ratios",
        List.of("law", "t", "target", "error or ratio"),
        rows);
  }
}
