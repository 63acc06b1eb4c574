package dev.espalier.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.testkit.Law;
import dev.espalier.testkit.Statistical;
import dev.espalier.testkit.Statistics;
import dev.espalier.testkit.Trial;
import dev.espalier.testkit.Trials;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class EnergyStatisticalTest {

  static Samples normal(long seed, String name, int n, double shift, double scale) {
    RandomGenerator random = new Streams(seed).stream(name, 0);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = shift + scale * random.nextGaussian();
    }
    return Samples.of(1, values);
  }

  /** Between N(0, 1) and N(shift, 1): twice the mean of a folded normal law less 4/√π. */
  private static double exact(double shift) {
    double sigma = Math.sqrt(2);
    double folded =
        sigma * Math.sqrt(2 / Math.PI) * StrictMath.exp(-shift * shift / (2 * sigma * sigma))
            + shift * (1 - 2 * Statistics.normalCdf(-shift / sigma));
    return 2 * folded - 4 / Math.sqrt(Math.PI);
  }

  private static void means(Trial trial, double shift, double expectedShift) {
    int runs = 150;
    double[] values = new double[runs];
    double[] z = new double[runs];
    for (int k = 0; k < runs; k++) {
      long seed = trial.streams().seed("run", k);
      Samples one = normal(seed, "one", 150, 0, 1);
      Samples other = normal(seed, "other", 100, shift, 1);
      Estimate estimate = Energy.distance(one, other);
      values[k] = estimate.value();
      z[k] = (estimate.value() - exact(expectedShift)) / estimate.error();
    }
    trial.show(Statistics.mean("energy distance", values, exact(expectedShift)));
    trial.show(Statistics.variance("energy distance in standard errors", z, 1, 0.3));
  }

  /**
   * Hypothesis: between N(0, 1) and N(1, 1) the estimate has the mean of the closed form and its
   * standard error is right. z-tests over 150 runs of 150 and 100 rows; alpha 1e-6. Catches 10 %.
   */
  @Statistical
  void theMeanIsTheClosedForm(TestInfo test) {
    Trials.of(test).run(trial -> means(trial, 1, 1));
  }

  @Test
  void theMeanOfAnotherShiftIsRejected(TestInfo test) {
    Trials.of(test).mustReject(trial -> means(trial, 1, 1.15));
  }

  /** Hypothesis: for equal laws the estimate has mean 0. z-test over 300 runs; alpha 1e-6. */
  @Statistical
  void theMeanForEqualLawsIsZero(TestInfo test) {
    Trials.of(test)
        .run(
            trial -> {
              double[] energy = new double[300];
              double[] mmd = new double[300];
              for (int k = 0; k < energy.length; k++) {
                long seed = trial.streams().seed("run", k);
                Samples one = normal(seed, "one", 40, 0, 1);
                Samples other = normal(seed, "other", 30, 0, 1);
                energy[k] = Energy.distance(one, other).value();
                mmd[k] = Mmd.squared(one, other);
              }
              trial.show(Statistics.mean("energy distance", energy, 0));
              trial.show(Statistics.mean("squared MMD", mmd, 0, 0.003));
            });
  }

  private static void uniform(Trial trial, double shift) {
    long[] energy = new long[10];
    long[] mmd = new long[10];
    for (int k = 0; k < 500; k++) {
      long seed = trial.streams().seed("run", k);
      Samples one = normal(seed, "one", 12, 0, 1);
      Samples other = normal(seed, "other", 9, shift, 1);
      energy[bin(Energy.permutationP(one, other, 99, seed))]++;
      mmd[bin(Mmd.permutationP(one, other, 99, seed))]++;
    }
    double[] tenths = new double[10];
    Arrays.fill(tenths, 0.1);
    trial.show(Statistics.frequencies("p of the energy test", energy, tenths));
    trial.show(Statistics.frequencies("p of the MMD test", mmd, tenths));
  }

  /** The values 0.01 to 1 in ten equal parts. */
  private static int bin(double p) {
    return (int) Math.round(p * 100 - 1) / 10;
  }

  /** Hypothesis: p is uniform for equal laws. Chi-square, 500 runs in 10 cells; alpha 1e-6. */
  @Statistical
  void permutationPIsUniform(TestInfo test) {
    Trials.of(test).run(trial -> uniform(trial, 0));
  }

  @Test
  void permutationPOfAShiftIsNotUniform(TestInfo test) {
    Trials.of(test).mustReject(trial -> uniform(trial, 0.7));
  }

  @Test
  void theEstimateIsItsDefinition() {
    Samples one = Samples.of(1, new double[] {0, 1, 5});
    Samples other = Samples.of(1, new double[] {2, 4});
    double across = (2 + 4 + 1 + 3 + 3 + 1) / 6.0;
    double within = (1 + 5 + 4) / 3.0;
    double expected = 2 * across - within - 2;
    assertEquals(expected, Energy.distance(one, other).value(), 1e-14);
    assertEquals(expected, TwoSample.energy(one, other).statistic(), 1e-14);
  }

  @Test
  void theDiscrepancyIsItsDefinition() {
    Samples one = Samples.of(1, new double[] {0, 1});
    Samples other = Samples.of(1, new double[] {3, 5});
    double width = 3;
    double expected =
        kernel(1 / width)
            + kernel(2 / width)
            - 0.5 * (kernel(3 / width) + kernel(5 / width) + kernel(2 / width) + kernel(4 / width));
    assertEquals(width, Mmd.width(TwoSample.distances(one, other)));
    assertEquals(expected, Mmd.squared(one, other), 1e-14);
    assertEquals(1, Mmd.width(new double[2][2]));
  }

  private static double kernel(double z) {
    return StrictMath.exp(-0.5 * z * z);
  }

  @Test
  void farSetsHaveTheSmallestP() {
    Samples one = normal(1, "one", 60, 0, 1);
    Samples other = normal(1, "other", 50, 3, 1);
    assertEquals(0.005, Energy.permutationP(one, other, 199, 1), 1e-12);
    assertEquals(0.005, Mmd.permutationP(other, one, 199, 1), 1e-12);
  }

  private static void differences(Trial trial, double scale) {
    int runs = 150;
    double[] z = new double[runs];
    double[] shared = new double[runs];
    for (int k = 0; k < runs; k++) {
      long seed = trial.streams().seed("run", k);
      EnergyComparison both =
          EnergyComparison.of(
              normal(seed, "held out", 60, 0, 1),
              List.of(normal(seed, "a", 80, 0.5, 1), normal(seed, "b", 80, -0.5 * scale, 1)));
      Estimate difference = both.difference(0, 1);
      z[k] = difference.value() / difference.error();
      shared[k] = difference.value();
    }
    trial.show(Statistics.mean("difference of candidates as far", shared, 0));
    trial.show(Statistics.variance("difference in standard errors", z, 1, 0.3));
  }

  /**
   * Hypothesis: two candidates equally far differ by 0 with the stated standard error. z-tests over
   * 150 runs; alpha 1e-6. Catches a candidate farther by a fifth.
   */
  @Statistical
  void equallyFarCandidatesDifferByNothing(TestInfo test) {
    Trials.of(test).run(trial -> differences(trial, 1));
  }

  @Test
  void aFartherCandidateIsFound(TestInfo test) {
    Trials.of(test).mustReject(trial -> differences(trial, 1.25));
  }

  @Test
  void theClosestAndTheSimplestAsCloseAreChosen() {
    Samples heldOut = Law.threeInThePlane().rows(400, 1);
    Samples far = Law.standardNormal(2).rows(400, 2);
    Samples good = Law.threeInThePlane().rows(400, 3);
    Samples alsoGood = Law.threeInThePlane().rows(400, 4);
    EnergyComparison comparison = EnergyComparison.of(heldOut, List.of(far, good, alsoGood));
    assertEquals(3, comparison.count());
    assertTrue(comparison.closest() > 0);
    assertTrue(comparison.firstAsClose() > 0);
    assertTrue(comparison.difference(0, 1).value() > 4 * comparison.difference(0, 1).error());
    assertEquals(Energy.distance(heldOut, far).value(), comparison.distance(0).value(), 1e-12);
    assertEquals(
        Energy.distance(heldOut, far).error(), comparison.distances().get(0).error(), 1e-12);
    assertEquals(0, comparison.difference(2, 2).value());
    EnergyComparison twice = EnergyComparison.mean(List.of(comparison, comparison));
    assertEquals(comparison.distance(1).value(), twice.distance(1).value(), 1e-15);
    assertEquals(
        comparison.difference(0, 1).error() / Math.sqrt(2), twice.difference(0, 1).error(), 1e-15);
    EnergyComparison same = EnergyComparison.of(heldOut, List.of(good, good));
    assertEquals(0, same.firstAsClose());
    assertEquals(0, same.closest());
  }

  @Test
  void tooFewRowsAreRefused() {
    Samples one = Samples.of(1, new double[1]);
    Samples two = Samples.of(1, new double[2]);
    assertThrows(InvalidDataException.class, () -> Energy.distance(one, two));
    assertThrows(InvalidDataException.class, () -> Mmd.squared(two, one));
    assertThrows(IllegalArgumentException.class, () -> EnergyComparison.of(two, List.of()));
    assertThrows(IllegalArgumentException.class, () -> Energy.permutationP(two, two, 0, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> Energy.permutationP(two, Samples.of(1, new double[8000]), 9, 1));
  }
}
