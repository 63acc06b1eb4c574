package dev.espalier.estimators.tribuo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.CancelledException;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.evaluation.Learner;
import dev.espalier.testkit.Law;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LearnersTest {

  private static List<Learner> learners() {
    return List.of(
        BoostedLearner.standard(), TreeLearner.standard(), new ForestLearner(10, 8, 2, 0.5));
  }

  /** The share of rows that are told apart rightly. */
  private static double right(Learner learner, Law zero, Law one) {
    Learner.Classifier told =
        learner.fit(zero.rows(300, 1), one.rows(300, 2), 3, Progress.silent());
    int right = 0;
    for (double chance : told.chances(zero.rows(300, 4))) {
      right += chance < 0.5 ? 1 : 0;
    }
    for (double chance : told.chances(one.rows(300, 5))) {
      right += chance > 0.5 ? 1 : 0;
    }
    return right / 600.0;
  }

  @ParameterizedTest
  @MethodSource("learners")
  void tellsWhatDiffersAndNotWhatIsEqual(Learner learner) {
    Law law = Law.threeInThePlane();
    Law other = Law.gaussian(law.mean(), law.covariance());
    double differs = right(learner, law, other);
    assertTrue(differs > 0.6, () -> "told " + differs + " apart by " + learner);
    double equal = right(learner, law, law);
    assertEquals(0.5, equal, 0.08, learner::toString);
  }

  @ParameterizedTest
  @MethodSource("learners")
  void equalArgumentsGiveEqualBits(Learner learner) {
    Samples zero = Law.threeInThePlane().rows(80, 1);
    Samples one = Law.standardNormal(2).rows(60, 2);
    Samples asked = Law.standardNormal(2).rows(20, 3);
    Learner.Classifier told = learner.fit(zero, one, 7, Progress.silent());
    double[] chances = told.chances(asked);
    assertArrayEquals(chances, learner.fit(zero, one, 7, Progress.silent()).chances(asked));
    for (int i = 0; i < chances.length; i++) {
      assertEquals(chances[i], told.chance(asked.row(i)));
      assertTrue(chances[i] >= 0 && chances[i] <= 1);
    }
    assertEquals(0, told.chances(asked.rows(0, 0)).length);
  }

  @ParameterizedTest
  @MethodSource("learners")
  void cancellationStops(Learner learner) {
    Progress cancelled =
        new Progress() {
          @Override
          public void report(String stage, double done) {
            assertTrue(done <= 1);
          }

          @Override
          public boolean cancelled() {
            return true;
          }
        };
    Samples rows = Law.standardNormal(2).rows(20, 3);
    assertThrows(CancelledException.class, () -> learner.fit(rows, rows, 1, cancelled));
  }
}
