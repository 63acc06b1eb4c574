package dev.espalier.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class StatisticsStatisticalTest {

  private static double[] normals(long seed, int n, double shift, double scale) {
    RandomGenerator random = new Streams(seed).stream("normals", 0);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = shift + scale * random.nextGaussian();
    }
    return values;
  }

  /** Hypothesis: true ones are kept. All tests of this class, n = 5000 or fewer, alpha 1e-6. */
  @Statistical
  void trueHypothesesAreKept(TestInfo test) {
    Trials.of(test).run(trial -> showAll(trial, 0, 1));
  }

  @Test
  void wrongMeansVariancesAndShapesAreRejected(TestInfo test) {
    Trial trial = new Trial(Trials.of(test).seed());
    showAll(trial, 0.5, 1.5);
    for (Evidence evidence : trial.shown()) {
      assertTrue(evidence.rejects(Trials.ALPHA), evidence::toString);
    }
  }

  private static void showAll(Trial trial, double shift, double scale) {
    double[] values = normals(trial.seed(), 5000, shift, scale);
    trial.show(Statistics.mean("normal", values, 0));
    trial.show(Statistics.mean("normal", values, 0, 0.02));
    trial.show(Statistics.variance("normal", values, 1));
    trial.show(Statistics.variance("normal", values, 1, 0.02));
    trial.show(Statistics.distribution("normal", values, Statistics::normalCdf));
    long[] counts = new long[3];
    for (double value : values) {
      counts[value < -1 ? 0 : value < 1 ? 1 : 2]++;
    }
    double tail = Statistics.normalCdf(-1);
    trial.show(Statistics.frequencies("normal", counts, new double[] {tail, 1 - 2 * tail, tail}));
    Samples one = Samples.of(2, normals(trial.seed() + 1, 400, 0, 1));
    Samples other = Samples.of(2, normals(trial.seed() + 2, 400, shift, scale));
    trial.show(Statistics.sameLaw("two sets", one, other, trial.seed()));
  }

  @Test
  void fourPointEightNineStandardErrorsAreAMillionth() {
    assertEquals(1e-6, Statistics.upperGamma(0.5, 0.5 * 4.8916 * 4.8916), 1e-9);
    assertEquals(0.05, Statistics.upperGamma(0.5, 0.5 * 1.959964 * 1.959964), 1e-7);
  }

  @Test
  void chiSquareTailsAreThoseOfTables() {
    assertEquals(0.05, Statistics.upperGamma(5, 0.5 * 18.307038), 1e-7);
    assertEquals(0.001, Statistics.upperGamma(0.5 * 3, 0.5 * 16.266236), 1e-8);
    assertEquals(StrictMath.exp(-40), Statistics.upperGamma(1, 40), 1e-30);
    assertEquals(1, Statistics.upperGamma(2, 0));
  }

  @Test
  void aConstantSampleAgreesWithItsValueAlone() {
    double[] threes = Probe.filled(50, 3);
    assertEquals(1, Statistics.mean("threes", threes, 3).p());
    assertEquals(0, Statistics.mean("threes", threes, 3.1).p());
  }

  @Test
  void anImpossibleCellThatIsHitIsRejected() {
    Evidence hit = Statistics.frequencies("x", new long[] {99, 1}, new double[] {1, 0});
    assertTrue(hit.rejects(1e-300));
  }

  @Test
  void tooFewValuesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Statistics.mean("few", new double[29], 0));
  }

  /** Hypothesis: p of two equal laws is uniform at 400 draws of 2 × 15 rows. KS, alpha 1e-6. */
  @Statistical
  void permutationPIsUniform(TestInfo test) {
    Trials.of(test)
        .run(
            trial -> {
              double[] p = new double[400];
              for (int i = 0; i < p.length; i++) {
                Samples one = Samples.of(1, normals(trial.streams().seed("one", i), 15, 0, 1));
                Samples two = Samples.of(1, normals(trial.streams().seed("two", i), 15, 0, 1));
                p[i] = Statistics.sameLaw("two sets", one, two, i).p();
              }
              trial.show(Statistics.distribution("p", p, u -> Math.min(1, Math.max(0, u))));
            });
  }
}
