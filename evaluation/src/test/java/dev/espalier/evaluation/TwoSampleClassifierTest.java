package dev.espalier.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.CancelledException;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Size;
import dev.espalier.api.Tasks;
import dev.espalier.testkit.Law;
import dev.espalier.testkit.Statistical;
import dev.espalier.testkit.Statistics;
import dev.espalier.testkit.Trial;
import dev.espalier.testkit.Trials;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class TwoSampleClassifierTest {

  private static final List<Learner> LEARNERS =
      List.of(Logistic.standard(), new Mlp(Size.of(12), 30));

  private static Samples wide(int n, long seed) {
    return Law.gaussian(new double[2], new double[][] {{4, 0}, {0, 4}}).rows(n, seed);
  }

  private static void chance(Trial trial, double shift) {
    for (Learner learner : LEARNERS) {
      double[] accuracy = new double[40];
      for (int k = 0; k < accuracy.length; k++) {
        long seed = trial.streams().seed("run", k);
        Samples one = EnergyStatisticalTest.normal(seed, "one", 150, 0, 1);
        Samples other = EnergyStatisticalTest.normal(seed, "other", 150, shift, 1);
        accuracy[k] = new TwoSampleClassifier(learner, seed).accuracy(one, other).value();
      }
      trial.show(Statistics.mean("accuracy", accuracy, 0.5, 0.01));
    }
  }

  /**
   * Hypothesis: draws from one law are told apart in half of all cases, give or take 0.01. z-test
   * over 40 runs of 150 rows a set and learner; alpha 1e-6. Catches an accuracy of 0.54.
   */
  @Statistical
  void equalLawsAreToldApartByChance(TestInfo test) {
    Trials.of(test).run(trial -> chance(trial, 0));
  }

  @Test
  void aShiftOfAThirdIsToldApart(TestInfo test) {
    Trials.of(test).mustReject(trial -> chance(trial, 0.33));
  }

  @Test
  void manyRowsAreJudgedAsEachByItself() {
    Samples rows = wide(20, 3);
    for (Learner learner : LEARNERS) {
      Learner.Classifier classifier = learner.fit(wide(60, 1), wide(60, 2), 1, Progress.silent());
      double[] chances = classifier.chances(rows);
      for (int i = 0; i < chances.length; i++) {
        assertEquals(classifier.chance(rows.row(i)), chances[i]);
      }
    }
  }

  @Test
  void farSetsAreAlwaysToldApart() {
    Samples one = EnergyStatisticalTest.normal(1, "one", 100, 0, 1);
    Samples other = EnergyStatisticalTest.normal(1, "other", 70, 50, 1);
    for (Learner learner : List.of(Logistic.standard(), Mlp.standard())) {
      assertEquals(1, new TwoSampleClassifier(learner, 1).accuracy(one, other).value());
    }
  }

  @Test
  void theBestAccuracyOfShiftedNormalLawsIsReached() {
    Samples one = EnergyStatisticalTest.normal(1, "one", 4000, 0, 1);
    Samples other = EnergyStatisticalTest.normal(1, "other", 4000, 1, 1);
    for (Learner learner : LEARNERS) {
      double accuracy = new TwoSampleClassifier(learner, 1).accuracy(one, other).value();
      assertEquals(Statistics.normalCdf(0.5), accuracy, 4.89 * Math.sqrt(0.25 / 8000));
    }
  }

  @Test
  void aNetworkSeesAWidthThatALineDoesNot() {
    Samples one = Law.standardNormal(2).rows(800, 1);
    Samples other = wide(800, 2);
    double line = new TwoSampleClassifier(Logistic.standard(), 1).accuracy(one, other).value();
    double network =
        new TwoSampleClassifier(new Mlp(Size.AUTO, 60), 1).accuracy(one, other).value();
    assertTrue(line < 0.58, () -> "line " + line);
    assertTrue(network > 0.68, () -> "network " + network);
  }

  @Test
  void threadsChangeNoBit() {
    Samples one = Law.standardNormal(2).rows(120, 1);
    Samples other = wide(100, 2);
    TwoSampleClassifier classifier = new TwoSampleClassifier(new Mlp(Size.of(8), 5), 3);
    Estimate here = classifier.accuracy(one, other);
    for (int threads = 1; threads <= 3; threads++) {
      assertEquals(
          here, classifier.accuracy(one, other, Tasks.threads(threads), Progress.silent()));
    }
  }

  @Test
  void logisticWeightsSolveTheirEquations() {
    Samples zero = Samples.of(1, new double[] {-2, -1, 0, 1});
    Samples one = Samples.of(1, new double[] {-1, 0.5, 1, 2});
    Learner.Classifier classifier = new Logistic(1e-9).fit(zero, one, 1, Progress.silent());
    double total = 0;
    double moment = 0;
    for (double x : new double[] {-2, -1, 0, 1}) {
      total -= classifier.chance(new double[] {x});
      moment -= x * classifier.chance(new double[] {x});
    }
    for (double x : new double[] {-1, 0.5, 1, 2}) {
      total += 1 - classifier.chance(new double[] {x});
      moment += x * (1 - classifier.chance(new double[] {x}));
    }
    assertArrayEquals(new double[2], new double[] {total, moment}, 1e-7);
  }

  @Test
  void constantColumnsAndSeparableRowsStayFinite() {
    Samples zero = Samples.of(new double[][] {{0, 7}, {1, 7}, {2, 7}, {3, 7}, {4, 7}});
    Samples one = Samples.of(new double[][] {{9, 7}, {8, 7}, {7, 7}, {6, 7}, {5, 7}});
    double[] row = {1e6, -1e6};
    for (Learner learner : LEARNERS) {
      double chance = learner.fit(zero, one, 1, Progress.silent()).chance(row);
      assertTrue(chance >= 0 && chance <= 1, () -> "chance " + chance);
    }
  }

  @Test
  void cancellationStopsAndTooFewRowsAreRefused() {
    Samples rows = Law.standardNormal(2).rows(50, 1);
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
    for (Learner learner : LEARNERS) {
      assertThrows(CancelledException.class, () -> learner.fit(rows, rows, 1, cancelled));
    }
    assertThrows(
        InvalidDataException.class,
        () -> TwoSampleClassifier.standard(1).accuracy(rows, rows.rows(0, 4)));
    assertThrows(IllegalArgumentException.class, () -> new Mlp(Size.between(1, 3), 5));
    assertThrows(IllegalArgumentException.class, () -> new Logistic(0));
  }
}
