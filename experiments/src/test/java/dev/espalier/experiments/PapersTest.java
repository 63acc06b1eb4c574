package dev.espalier.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Tasks;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The experiments on subspaces and targets: small enough to run always, and in full. */
class PapersTest {

  private static void mustPass(Experiment experiment) {
    Report report = experiment.run(Tasks.threads(2), Progress.silent());
    assertTrue(report.passed(), report::text);
  }

  @Test
  void subspacesAreRecoveredAndErrorsDoNotGrow() {
    mustPass(new SubspaceRecovery(List.of(5, 40), 4, 0, List.of(), 0));
  }

  @Test
  void oneScoreForAllLevelsHasAnErrorWithoutDimension() {
    List<DimensionFree.Case> few =
        DimensionFree.full().cases().stream()
            .filter(each -> each.columns() <= 16 && each.rows() <= 400)
            .toList();
    mustPass(new DimensionFree(few, 200));
  }

  @Test
  void bootstrappedTargetsLearnBetterAtHighNoise() {
    mustPass(new BootstrappedTargets(400_000, 400, 6));
  }

  @Test
  void tasksChangeNoBit() {
    for (Experiment few :
        List.of(
            new SubspaceRecovery(List.of(5), 1, 1, List.of(4), 30),
            new DimensionFree(List.of(new DimensionFree.Case(2, 200, 1, 1)), 5),
            new BootstrappedTargets(100, 3, 1),
            new BootstrappedScores(1, 1, 30, true))) {
      assertEquals(
          few.run(Tasks.here(), Progress.silent()), few.run(Tasks.threads(3), Progress.silent()));
    }
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = {"subspace", "bootstrapped", "bootstrapped-scores", "dimension-free"})
  void everythingHoldsInFull(String name) {
    mustPass(Experiments.named(name).orElseThrow());
  }

  @Tag("long")
  @Test
  void aMixtureNearASubspaceBeatsNetworksOnFewDigits() {
    mustPass(
        DigitImages.full()
            .only(
                List.of(300),
                5,
                DigitImages.GAUSSIAN,
                DigitImages.NETWORK,
                DigitImages.WIDE_NETWORK,
                DigitImages.MIXTURE));
  }

  @Test
  void digitsAreThoseOfTheFile() {
    Samples images = DigitImages.IMAGES.rows();
    assertEquals(1797, images.count());
    assertEquals(64, images.columns());
    assertEquals(0, images.column(0)[5]);
  }

  @Test
  void aMixtureNearASubspaceBeatsTheFullCovarianceOnDigits() {
    mustPass(DigitImages.full().only(List.of(300), 5, DigitImages.GAUSSIAN, DigitImages.MIXTURE));
  }

  @Test
  void guidanceIsHeldAgainstTheExactLaw() {
    GuidanceDistances small =
        new GuidanceDistances(List.of(new GuidanceDistances.Case(4, 2, 0.5)), 1, 200);
    Report report = small.run(Tasks.here(), Progress.silent());
    assertTrue(report.passed(), report.text());
    assertEquals(8, report.tables().get(0).rows().size());
  }

  @Test
  void timesOnAClusterFollowTheFormula() {
    mustPass(ClusterScale.full());
  }
}
