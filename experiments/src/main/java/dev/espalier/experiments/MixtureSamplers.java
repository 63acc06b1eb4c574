package dev.espalier.experiments;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;
import dev.espalier.estimators.closedform.GaussianMixture;
import dev.espalier.samplers.Ddpm;
import dev.espalier.samplers.Euler;
import dev.espalier.samplers.LiCaiWei;
import dev.espalier.samplers.Posterior;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How much better than DDPM other samplers do with the same levels of arXiv 2504.05300, exactly.
 *
 * @param cases what to measure
 */
record MixtureSamplers(List<Case> cases) implements Experiment {

  private static final LiCaiWei GRID = new LiCaiWei(1.5, 6.5);

  /** The samplers compared. */
  enum Kind {
    DDPM,
    POSTERIOR,
    DDIM,
    HEUN
  }

  /**
   * One value to measure.
   *
   * @param kind the sampler
   * @param variance of the three components
   * @param steps of the grid
   * @param accepted where the total variation must lie
   */
  record Case(Kind kind, double variance, int steps, Accepted accepted) implements Serializable {

    double measure(Progress progress) {
      GaussianMixture law = Laws.line(variance, Laws.spaced(3, 3));
      Line line = Line.of(-12, 12, 0.012);
      List<NoiseLevel> levels = GRID.levels(law, steps).subList(0, steps);
      LineScore score = new LineScore(law);
      Propagation propagation = new Propagation(score, levels);
      double[] target = score.density(NoiseLevel.CLEAN, line.points());
      return switch (kind) {
        case DDPM -> line.totalVariation(propagation.density(new Ddpm(), line, progress), target);
        case POSTERIOR ->
            line.totalVariationBetween(
                propagation.distribution(new Posterior(), line, progress), line.cumulative(target));
        case DDIM -> propagation.euler(new Euler(), score, NoiseLevel.CLEAN);
        case HEUN -> propagation.heun(score, NoiseLevel.CLEAN);
      };
    }
  }

  /** Every sampler at every number of steps. */
  static MixtureSamplers full() {
    List<Case> cases = new ArrayList<>();
    add(cases, Kind.DDPM, 5.8e-2, 3.7e-2, 2.2e-2, 1.3e-2);
    add(cases, Kind.POSTERIOR, 8.2e-3, 3.3e-3, 1.2e-3, 4.1e-4);
    add(cases, Kind.DDIM, 5.2e-2, 3.2e-2, 1.9e-2, 1.1e-2);
    add(cases, Kind.HEUN, 1.8e-3, 3.2e-4, 1.4e-4, 5.4e-5);
    List<Double> narrow = List.of(5.2e-2, 9.7e-3, 3.7e-2, 1.6e-3);
    for (Kind kind : Kind.values()) {
      cases.add(new Case(kind, 0.25, 64, Accepted.within(narrow.get(kind.ordinal()), 0.05)));
    }
    return new MixtureSamplers(List.copyOf(cases));
  }

  private static void add(List<Case> cases, Kind kind, double... references) {
    for (int k = 0; k < references.length; k++) {
      int steps = 32 << k;
      Accepted accepted = Accepted.within(references[k], 0.05);
      if (kind == Kind.HEUN && steps == 32) {
        accepted = Accepted.below(3e-3).beside(references[k]);
      } else if (kind == Kind.POSTERIOR && steps == 64) {
        accepted = Accepted.below(5e-3).beside(references[k]);
      } else if (kind == Kind.DDPM && steps == 64) {
        accepted = Accepted.within(references[k], 0.02);
      }
      cases.add(new Case(kind, 1, steps, accepted));
    }
  }

  @Override
  public String name() {
    return "mixture-samplers";
  }

  @Override
  public String summary() {
    return "total variation of DDPM, posterior covariance, DDIM and Heun on a mixture, exactly";
  }

  @Override
  public Report run(Tasks tasks, Progress progress) {
    List<Case> all = cases;
    List<Double> values = tasks.map(all.size(), (i, share) -> all.get(i).measure(share), progress);
    List<Report.Row> rows = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Case each = all.get(i);
      rows.add(
          new Report.Row(
              List.of(
                  each.kind.name().toLowerCase(Locale.ROOT),
                  Accepted.number(each.variance),
                  Integer.toString(each.steps)),
              values.get(i),
              each.accepted));
    }
    return new Report(
        "Samplers on three components with spacing 3, steps of Li, Cai and Wei (c0=1.5, c1=6.5)",
        List.of(
            new Report.Table(
                "Total variation between the target and the output",
                List.of("sampler", "variance", "steps", "TV"),
                rows)));
  }
}
