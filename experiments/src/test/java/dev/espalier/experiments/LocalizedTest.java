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

  @Test
  void noNeighboursLoseOnARatePathAsTheyShould() {
    mustPass(new LocalizedNetworks(List.of(0, 1), 200, 0));
  }

  @Test
  void ratePathsHaveTheMomentsOfTheirLaw() {
    RatePath path = RatePath.STANDARD;
    Samples rows = path.rows(4000, 8, 11);
    Moments mean = new Moments();
    Moments square = new Moments();
    Moments cube = new Moments();
    Moments next = new Moments();
    for (int i = 0; i < rows.count(); i++) {
      mean.add(rows.get(i, 7));
      square.add(rows.get(i, 7) * rows.get(i, 7));
      cube.add(rows.get(i, 0) * rows.get(i, 0) * rows.get(i, 0));
      next.add(rows.get(i, 3) * rows.get(i, 4));
    }
    // five standard errors: false alarm below 1e-6 each, misses of a tenth are caught
    assertEquals(0, mean.mean(), 5 * mean.error());
    assertEquals(1, square.mean(), 5 * square.error());
    assertEquals(path.skewness(), cube.mean(), 5 * cube.error());
    assertEquals(path.correlation(), next.mean(), 5 * next.error());
    assertTrue(Math.abs(next.mean() - 0.9 * path.correlation()) > next.error());
    assertEquals(rows.rows(0, 10), path.rows(10, 8, 11));
  }

  @Test
  void patchesAreThoseOfTheImage() {
    Samples patches = LandsatPatches.PATCHES.rows();
    assertEquals(1892, patches.count());
    assertEquals(64, patches.columns());
    assertEquals(patches, LandsatPatches.PATCHES.rows());
  }

  @Test
  void windowsOfPatchesBeatTheFullCovariance() {
    mustPass(
        LandsatPatches.full()
            .only(List.of(300), 1, LandsatPatches.GAUSSIAN, LandsatPatches.LOCAL_GAUSSIAN));
  }

  @Tag("long")
  @Test
  void oneNetworkOfEqualCostIsFiveTimesAsFarAway() {
    mustPass(new LocalizedCurve(List.of(0, 1, 2, 4, 8), List.of(50, 200), 1000));
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = {"localized", "localized-path", "localized-networks", "lorenz"})
  void everythingHoldsInFull(String name) {
    mustPass(Experiments.named(name).orElseThrow());
  }

  @Tag("long")
  @Test
  void windowsOfFewPatchesBeatScoresOfAllCells() {
    LearningCurves full = LandsatPatches.full();
    mustPass(
        full.only(
            List.of(300),
            5,
            full.learners().stream().map(LearningCurves.Learner::text).toArray(String[]::new)));
  }
}
