package dev.espalier.experiments;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;
import dev.espalier.estimators.closedform.GaussianMixture;
import dev.espalier.samplers.Ddpm;
import dev.espalier.samplers.LiCaiWei;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How fast the error of DDPM on a Gaussian mixture falls with the number of steps (arXiv
 * 2504.05300, theorem 1), by exact propagation of the density.
 *
 * @param targets the mixtures to measure
 */
record MixtureRate(List<Target> targets) implements Experiment {

  private static final List<Integer> STEPS = List.of(64, 128, 256, 512, 1024, 2048);

  /** Steps from which on a slope is taken. */
  private static final int SETTLED = 256;

  /** Spacing of the points that the density is followed on. */
  private static final double SPACING = 0.012;

  static final Target ONE =
      new Target(
          "K=1, mean 3",
          List.of(3.0),
          List.of(2.92e-4, 7.31e-5, 1.83e-5, 4.57e-6, 1.14e-6, 2.9e-7));
  static final Target TWO_CLOSE =
      new Target(
          "K=2, -1 and 1",
          List.of(-1.0, 1.0),
          List.of(2.32e-2, 1.38e-2, 7.95e-3, 4.50e-3, 2.51e-3, 1.39e-3));
  static final Target TWO =
      new Target(
          "K=2, -2 and 2",
          List.of(-2.0, 2.0),
          List.of(4.92e-2, 2.98e-2, 1.74e-2, 9.96e-3, 5.58e-3, 3.09e-3));
  static final Target THREE =
      new Target(
          "K=3, spacing 3",
          Laws.spaced(3, 3),
          List.of(5.39e-2, 3.31e-2, 1.96e-2, 1.13e-2, 6.33e-3, 3.51e-3));
  static final Target FIVE =
      new Target(
          "K=5, spacing 3",
          Laws.spaced(5, 3),
          List.of(5.86e-2, 3.70e-2, 2.23e-2, 1.29e-2, 7.32e-3, 4.07e-3));
  static final Target TEN =
      new Target(
          "K=10, spacing 3",
          Laws.spaced(10, 3),
          List.of(6.07e-2, 3.87e-2, 2.35e-2, 1.37e-2, 7.81e-3, 4.35e-3));

  /**
   * A mixture of unit variances.
   *
   * @param name for the table
   * @param means the places of the components
   * @param references the total variation for each number of steps
   */
  record Target(String name, List<Double> means, List<Double> references) implements Serializable {}

  /** Every target. */
  static MixtureRate full() {
    return new MixtureRate(List.of(ONE, TWO_CLOSE, TWO, THREE, FIVE, TEN));
  }

  @Override
  public String name() {
    return "mixture-rate";
  }

  @Override
  public String summary() {
    return "total variation of DDPM on Gaussian mixtures against the number of steps, exactly";
  }

  /** One value to measure. */
  private record Case(Target target, LiCaiWei grid, int steps) implements Serializable {

    double measure(Progress progress) {
      List<Double> means = target.means();
      GaussianMixture law = Laws.line(1, means);
      double low = Math.min(means.get(0), 0) - 9;
      double high = Math.max(means.get(means.size() - 1), 0) + 9;
      Line line = Line.of(low, high, SPACING);
      List<NoiseLevel> levels = grid.levels(law, steps).subList(0, steps);
      double[] density =
          new Propagation(new LineScore(law), levels).density(new Ddpm(), line, progress);
      return line.totalVariation(density, Laws.density(law, NoiseLevel.CLEAN, line.points()));
    }
  }

  @Override
  public Report run(Tasks tasks, Progress progress) {
    List<Case> cases = new ArrayList<>();
    for (int s = STEPS.size() - 1; s >= 0; s--) {
      int steps = STEPS.get(s);
      for (Target target : targets) {
        cases.add(new Case(target, LiCaiWei.standard(), steps));
      }
      if (targets.contains(TWO)) {
        double log = StrictMath.log(steps);
        cases.add(new Case(TWO, new LiCaiWei(10 / log, 45 / log), steps));
      }
    }
    List<Double> values =
        tasks.map(cases.size(), (i, share) -> cases.get(i).measure(share), progress);
    List<Report.Row> rows = new ArrayList<>();
    List<Report.Row> laws = new ArrayList<>();
    for (Target target : targets) {
      Map<Integer, Double> found = new TreeMap<>();
      for (int i = 0; i < cases.size(); i++) {
        if (cases.get(i).target.equals(target) && cases.get(i).grid.equals(LiCaiWei.standard())) {
          found.put(cases.get(i).steps, values.get(i));
        }
      }
      for (int s = 0; s < STEPS.size(); s++) {
        double reference = target.references().get(s);
        rows.add(
            new Report.Row(
                List.of(target.name(), Integer.toString(STEPS.get(s))),
                found.get(STEPS.get(s)),
                Accepted.within(reference, 0.02)));
      }
      laws.addAll(lawsOf(target, found));
    }
    if (targets.contains(TWO)) {
      Map<Integer, Double> free = new TreeMap<>();
      for (int i = 0; i < cases.size(); i++) {
        if (!cases.get(i).grid.equals(LiCaiWei.standard())) {
          free.put(cases.get(i).steps, values.get(i));
        }
      }
      laws.add(
          new Report.Row(
              List.of(TWO.name() + ", steps without the logarithm", "slope from 256"),
              slope(free),
              Accepted.between(-1.01, -0.95).beside(-0.977)));
    }
    return new Report(
        "DDPM on mixtures of unit variance, steps of Li, Cai and Wei (c0=2, c1=10)",
        List.of(
            new Report.Table(
                "Total variation between the target and the output",
                List.of("target", "steps", "TV"),
                rows),
            new Report.Table("Rates", List.of("target", "quantity", "value"), laws)));
  }

  private static List<Report.Row> lawsOf(Target target, Map<Integer, Double> found) {
    List<Report.Row> rows = new ArrayList<>();
    if (target.equals(ONE)) {
      found.forEach(
          (steps, value) ->
              rows.add(
                  new Report.Row(
                      List.of(target.name(), "TV*T^2 at T=" + steps),
                      value * steps * steps,
                      Accepted.within(1.197, 0.01))));
      return rows;
    }
    rows.add(
        new Report.Row(
            List.of(target.name(), "slope from 256"),
            slope(found),
            Accepted.between(-0.87, -0.78)));
    if (target.equals(TWO)) {
      List<Double> references = List.of(0.758, 0.786, 0.805, 0.817, 0.825, 0.829);
      for (int s = 0; s < STEPS.size(); s++) {
        int steps = STEPS.get(s);
        rows.add(
            new Report.Row(
                List.of(target.name(), "TV*T/log T at T=" + steps),
                found.get(steps) * steps / StrictMath.log(steps),
                Accepted.between(0.75, 0.85).beside(references.get(s))));
      }
    }
    return rows;
  }

  /** The slope of log TV against log steps, by least squares. */
  private static double slope(Map<Integer, Double> found) {
    double n = 0;
    double sumX = 0;
    double sumY = 0;
    double sumXx = 0;
    double sumXy = 0;
    for (Map.Entry<Integer, Double> each : found.entrySet()) {
      if (each.getKey() >= SETTLED) {
        double x = StrictMath.log(each.getKey());
        double y = StrictMath.log(each.getValue());
        n++;
        sumX += x;
        sumY += y;
        sumXx += x * x;
        sumXy += x * y;
      }
    }
    return (n * sumXy - sumX * sumY) / (n * sumXx - sumX * sumX);
  }
}
