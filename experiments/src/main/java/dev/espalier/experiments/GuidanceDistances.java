package dev.espalier.experiments;

import dev.espalier.api.Conditionable;
import dev.espalier.api.DrawRequest;
import dev.espalier.api.Guidance;
import dev.espalier.api.Observation;
import dev.espalier.api.Progress;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.estimators.closedform.Component;
import dev.espalier.estimators.closedform.Covariance;
import dev.espalier.estimators.closedform.GaussianMixture;
import dev.espalier.samplers.Dps;
import dev.espalier.samplers.Isotropic;
import dev.espalier.samplers.Matching;
import dev.espalier.samplers.Repaint;
import dev.espalier.samplers.Replacement;
import dev.espalier.samplers.Samplers;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How far from the exact conditional law each guidance draws, for mixtures of six normal laws with
 * exact scores.
 *
 * @param cases what is observed of which mixture
 * @param runs different observed values, over which distances are averaged
 * @param rows drawn for each
 */
record GuidanceDistances(List<Case> cases, int runs, int rows) implements Experiment {

  private static final int COMPONENTS = 6;
  private static final int STEPS = 64;

  /**
   * One mixture and what is observed of it.
   *
   * @param columns of the mixture
   * @param seen how many of them are observed
   * @param deviation of the noise of the observation; 0 for columns known exactly
   */
  record Case(int columns, int seen, double deviation) implements Serializable {}

  /** What draws the rows. */
  private enum Method {
    EXACT("exact, other rows"),
    RESAMPLED("importance resampling"),
    MATCHING("matching()"),
    PIGDM("pigdm()"),
    DPS("dps()"),
    REPLACEMENT("replacement()"),
    REPAINT("repaint()"),
    UNCONDITIONAL("none: not conditioned");

    private final String title;

    Method(String title) {
      this.title = title;
    }
  }

  static GuidanceDistances full() {
    List<Case> cases = new ArrayList<>();
    for (double deviation : new double[] {0, 0.1, 0.5}) {
      cases.add(new Case(16, 5, deviation));
    }
    for (int columns : new int[] {4, 32}) {
      cases.add(new Case(columns, columns / 4 + 1, 0));
    }
    for (int seen : new int[] {1, 12}) {
      cases.add(new Case(16, seen, 0));
    }
    return new GuidanceDistances(List.copyOf(cases), 3, 500);
  }

  @Override
  public String name() {
    return "guidance";
  }

  @Override
  public String summary() {
    return "energy distance of each guidance to the exact conditional law of a mixture";
  }

  @Override
  public Report run(Tasks tasks, Progress progress) {
    Method[] methods = Method.values();
    List<Double> found =
        tasks.map(
            cases.size() * methods.length * runs,
            (piece, share) ->
                distance(
                    cases.get(piece / runs / methods.length),
                    methods[piece / runs % methods.length],
                    piece % runs),
            progress);
    List<Report.Row> table = new ArrayList<>();
    for (int c = 0; c < cases.size(); c++) {
      Case each = cases.get(c);
      double[] means = new double[methods.length];
      for (int m = 0; m < methods.length; m++) {
        for (int run = 0; run < runs; run++) {
          means[m] += found.get((c * methods.length + m) * runs + run) / runs;
        }
      }
      for (int m = 0; m < methods.length; m++) {
        if (!Double.isNaN(means[m])) {
          table.add(
              new Report.Row(
                  List.of(
                      Integer.toString(each.columns),
                      Integer.toString(each.seen),
                      Accepted.number(each.deviation),
                      methods[m].title),
                  1000 * means[m],
                  accepted(methods[m], means[Method.UNCONDITIONAL.ordinal()])));
        }
      }
    }
    return new Report(
        "Guidance against the exact conditional law of a mixture of six, exact scores, "
            + STEPS
            + " ancestral steps",
        List.of(
            new Report.Table(
                "Energy distance to the exact law in thousandths, mean of "
                    + runs
                    + " observations, "
                    + rows
                    + " rows each",
                List.of("columns", "observed", "noise", "guidance", "distance"),
                table)));
  }

  /** Exact draws and brute force lie within the error of the estimate; matching beats nothing. */
  private static Accepted accepted(Method method, double unconditional) {
    return switch (method) {
      case EXACT, RESAMPLED -> Accepted.between(-25, 25);
      case MATCHING -> Accepted.below(0.5 * 1000 * unconditional);
      default -> Accepted.any();
    };
  }

  private static GaussianMixture law(int columns) {
    RandomGenerator random = new Streams(51).stream("law", columns);
    List<Component> components = new ArrayList<>();
    for (int c = 0; c < COMPONENTS; c++) {
      double[] mean = new double[columns];
      double[][] root = new double[columns][columns];
      for (int i = 0; i < columns; i++) {
        mean[i] = random.nextGaussian();
        for (int j = 0; j < columns; j++) {
          root[i][j] = random.nextGaussian();
        }
      }
      double[][] covariance = new double[columns][columns];
      for (int i = 0; i < columns; i++) {
        for (int j = 0; j < columns; j++) {
          for (int k = 0; k < columns; k++) {
            covariance[i][j] += 0.4 * root[i][k] * root[j][k] / columns;
          }
        }
        covariance[i][i] += 0.1;
      }
      components.add(Component.of(0.5 + random.nextDouble(), mean, Covariance.full(covariance)));
    }
    return GaussianMixture.of(components);
  }

  private double distance(Case each, Method method, int run) {
    GaussianMixture law = law(each.columns);
    Streams streams = new Streams(new Streams(52).seed("run", run));
    double[] row = new double[each.columns];
    RandomGenerator random = streams.stream("seen " + each.columns, 0);
    law.draw(random, row);
    double[][] h = new double[each.seen][each.columns];
    double[][] r = new double[each.seen][each.seen];
    double[] y = new double[each.seen];
    for (int i = 0; i < each.seen; i++) {
      h[i][i] = 1;
      r[i][i] = each.deviation * each.deviation;
      y[i] = row[i] + each.deviation * random.nextGaussian();
    }
    Observation seen = Observation.linear(h, y, r);
    Score exact = ((Conditionable) law).given(seen).orElseThrow();
    DrawRequest request =
        DrawRequest.of(exact, 0).withRows(DrawRequest.Rows.range(0, rows)).withSeed(run);
    Samples expected = Samplers.direct().draw(request.withSeed(1000 + run));
    Samples drawn =
        switch (method) {
          case EXACT -> Samplers.direct().draw(request);
          case UNCONDITIONAL -> Samplers.direct().draw(request.withScore(law));
          case RESAMPLED -> resampled(law, each, seen, streams);
          case MATCHING -> guided(new Matching(), law, seen, request);
          case PIGDM -> guided(new Isotropic(), law, seen, request);
          case DPS -> guided(new Dps(Dps.STRENGTH), law, seen, request);
          case REPLACEMENT -> guided(new Replacement(), law, seen, request);
          case REPAINT -> guided(new Repaint(Repaint.TIMES), law, seen, request);
        };
    return drawn.count() == 0 ? Double.NaN : energy(expected, drawn);
  }

  private static Samples guided(
      Guidance guidance, Score law, Observation seen, DrawRequest request) {
    Sampler sampler = guidance.sampler(Samplers.ancestral(STEPS));
    return sampler.draw(request.withScore(guidance.guide(law, List.of(seen))));
  }

  /**
   * Rows of the mixture resampled by how likely they make a noisy observation; none where too few
   * count, as there are when columns are known exactly.
   */
  private Samples resampled(GaussianMixture law, Case each, Observation seen, Streams streams) {
    if (each.deviation == 0 || !(seen instanceof Observation.Linear linear)) {
      return Samples.of(each.columns, new double[0]);
    }
    int proposals = 400 * rows;
    double[] y = linear.y();
    double[][] all = new double[proposals][each.columns];
    double[] sums = new double[proposals];
    double[] logs = new double[proposals];
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < proposals; i++) {
      law.draw(streams.stream("proposal", i), all[i]);
      for (int j = 0; j < y.length; j++) {
        double gap = (y[j] - all[i][j]) / each.deviation;
        logs[i] -= 0.5 * gap * gap;
      }
      greatest = Math.max(greatest, logs[i]);
    }
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < proposals; i++) {
      double weight = StrictMath.exp(logs[i] - greatest);
      sum += weight;
      squares += weight * weight;
      sums[i] = sum;
    }
    if (sum * sum / squares < 2 * rows) {
      return Samples.of(each.columns, new double[0]);
    }
    double[][] chosen = new double[rows][];
    RandomGenerator random = streams.stream("resampling", 0);
    for (int k = 0; k < rows; k++) {
      int found = Arrays.binarySearch(sums, random.nextDouble() * sum);
      chosen[k] = all[Math.min(proposals - 1, found >= 0 ? found : -found - 1)];
    }
    return Samples.of(chosen);
  }

  /** The energy distance, an unbiased estimate: twice across less within, pairs of rows apart. */
  private static double energy(Samples one, Samples other) {
    double across = 0;
    for (int i = 0; i < one.count(); i++) {
      for (int j = 0; j < other.count(); j++) {
        across += distance(one.row(i), other.row(j));
      }
    }
    across /= (double) one.count() * other.count();
    return 2 * across - within(one) - within(other);
  }

  private static double within(Samples rows) {
    double sum = 0;
    for (int i = 0; i < rows.count(); i++) {
      for (int j = 0; j < i; j++) {
        sum += distance(rows.row(i), rows.row(j));
      }
    }
    return 2 * sum / rows.count() / (rows.count() - 1);
  }

  private static double distance(double[] one, double[] other) {
    double sum = 0;
    for (int j = 0; j < one.length; j++) {
      sum += (one[j] - other[j]) * (one[j] - other[j]);
    }
    return Math.sqrt(sum);
  }
}
