package dev.espalier.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Tasks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The experiments on localized scores: a part always, and in full under the tag "long". */
class LocalizedTest {

  private static void mustPass(Experiment experiment) {
    Report report = experiment.run(Tasks.threads(2), Progress.silent());
    assertTrue(report.passed(), report::text);
  }

  @Test
  void aModerateRadiusLearnsBest() {
    LocalizedChain full = LocalizedChain.full();
    List<LocalizedChain.Learned> few =
        full.learned().stream()
            .filter(each -> each.rows() == 100 && each.columns() == 100 && each.radius() != 20)
            .toList();
    mustPass(new LocalizedChain(few, 10));
  }

  @Test
  void theErrorDoesNotGrowWithTheColumns() {
    List<LocalizedChain.Learned> few =
        LocalizedChain.full().learned().stream()
            .filter(each -> each.columns() == 25 || each.columns() == 200 && each.radius() == 2)
            .toList();
    assertEquals(3, few.size());
    mustPass(new LocalizedChain(few, 10));
  }

  @Test
  void aRadiusThatGrowsWithTheNoiseBeatsAFixedOneOfTheSameCost() {
    mustPass(LocalizedPath.small());
  }

  @Test
  void aMixtureFollowsConvectionBetterThanAKalmanFilter() {
    LorenzConvection few = new LorenzConvection(14, 8_000);
    List<List<Samples>> ensembles = new ArrayList<>();
    for (LorenzConvection.Filter filter : LorenzConvection.Filter.values()) {
      ensembles.add(few.ensembles(filter, 5, Progress.silent()));
    }
    List<Samples> right = ensembles.get(LorenzConvection.Filter.PARTICLES.ordinal());
    double mixture =
        LorenzConvection.distance(ensembles.get(LorenzConvection.Filter.MIXTURE.ordinal()), right);
    double kalman =
        LorenzConvection.distance(ensembles.get(LorenzConvection.Filter.KALMAN.ordinal()), right);
    assertTrue(mixture < 0.3 * kalman, mixture + " and " + kalman);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = {"localized", "localized-path", "lorenz"})
  void everythingHoldsInFull(String name) {
    mustPass(Experiments.named(name).orElseThrow());
  }
}
