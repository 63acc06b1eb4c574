package dev.espalier.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;
import dev.espalier.estimators.closedform.GaussianMixture;
import dev.espalier.samplers.Affine;
import dev.espalier.samplers.Ancestral;
import dev.espalier.samplers.Ddpm;
import dev.espalier.samplers.LiCaiWei;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The experiments on mixtures: small enough to run always, and in full under the tag "long". */
class MixtureTest {

  private static void mustPass(Experiment experiment) {
    Report report = experiment.run(Tasks.threads(2), Progress.silent());
    assertTrue(report.passed(), report::text);
  }

  @Test
  void errorFallsWithTheStepsAsTheTheoremSays() {
    mustPass(new MixtureRate(List.of(MixtureRate.ONE, MixtureRate.TWO)));
  }

  @Test
  void errorDoesNotGrowWithTheDimension() {
    MixtureDimension full = MixtureDimension.full();
    mustPass(
        new MixtureDimension(
            full.drawn().stream().filter(e -> e.columns() == 16 && e.steps() == 64).toList(),
            full.followed().stream()
                .filter(e -> e.components() <= 5 && e.columns() <= 64 && e.steps() == 128)
                .toList(),
            full.paths()));
  }

  @Test
  void otherSamplersDoBetter() {
    MixtureSamplers full = MixtureSamplers.full();
    mustPass(
        new MixtureSamplers(full.cases().stream().filter(each -> each.steps() <= 64).toList()));
  }

  @Test
  void errorsOfTheScorePassOnAndNoMore() {
    mustPass(MixtureRobustness.full());
  }

  private static double totalVariation(Affine stepper, int steps) {
    GaussianMixture law = Laws.line(1, List.of(-2.0, 2.0));
    List<NoiseLevel> levels = LiCaiWei.standard().levels(law, steps).subList(0, steps);
    Line line = Line.of(-11, 11, 0.02);
    double[] density =
        new Propagation(new LineScore(law), levels).density(stepper, line, Progress.silent());
    return line.totalVariation(density, Laws.density(law, NoiseLevel.CLEAN, line.points()));
  }

  @Test
  void aWrongNoiseIsSeen() {
    Accepted accepted = Accepted.within(4.92e-2, 0.02);
    assertTrue(accepted.contains(totalVariation(new Ddpm(), 64)));
    assertFalse(accepted.contains(totalVariation(new Ancestral(), 64)));
  }

  @Test
  void coarserPointsGiveTheSame() {
    GaussianMixture law = Laws.line(1, List.of(-2.0, 2.0));
    List<NoiseLevel> levels = LiCaiWei.standard().levels(law, 64).subList(0, 64);
    List<Double> found = new ArrayList<>();
    for (double spacing : new double[] {0.03, 0.015}) {
      Line line = Line.of(-11, 11, spacing);
      double[] density =
          new Propagation(new LineScore(law), levels).density(new Ddpm(), line, Progress.silent());
      found.add(line.totalVariation(density, Laws.density(law, NoiseLevel.CLEAN, line.points())));
    }
    assertEquals(found.get(0), found.get(1), 2e-5);
  }

  @Test
  void tasksChangeNoBit() {
    MixtureDimension few =
        new MixtureDimension(
            List.of(new MixtureDimension.Drawn(3, 40, 500, Accepted.any())),
            List.of(new MixtureDimension.Followed(2, 3, 40, Accepted.any())),
            120);
    Report here = few.run(Tasks.here(), Progress.silent());
    assertEquals(here, few.run(Tasks.threads(3), Progress.silent()));
  }

  @Tag("long")
  @Test
  void twentyEvaluationsReachWhatAncestralSamplingNeedsFourHundredStepsFor() {
    mustPass(new FewSteps(2, 100_000));
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(
      strings = {"mixture-rate", "mixture-dimension", "mixture-samplers", "mixture-robustness"})
  void everythingHoldsInFull(String name) {
    mustPass(Experiments.named(name).orElseThrow());
  }
}
