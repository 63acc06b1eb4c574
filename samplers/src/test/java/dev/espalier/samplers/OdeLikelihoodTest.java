package dev.espalier.samplers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Tasks;
import dev.espalier.testkit.Law;
import org.junit.jupiter.api.Test;

class OdeLikelihoodTest {
  private static final Law LAW = Law.threeInThePlane();
  private static final Samples ROWS = LAW.rows(40, 3);

  private static double[] exact() {
    double[] exact = new double[ROWS.count()];
    LAW.logDensity(NoiseLevel.CLEAN, ROWS.toArray(), exact);
    return exact;
  }

  private static OdeLikelihood.Result of(OdeLikelihood likelihood, Score score) {
    return likelihood.of(score, ROWS, Tasks.here(), Progress.silent());
  }

  @Test
  void theErrorIsBelowAThousandthOfANatAColumnAndCoveredByItsEstimate() {
    double[] exact = exact();
    OdeLikelihood.Result result = of(OdeLikelihood.standard(), LAW);
    for (int i = 0; i < exact.length; i++) {
      double error = Math.abs(result.logDensities()[i] - exact[i]);
      assertTrue(error < 2e-3, "row " + i + " is off by " + error);
      assertTrue(error <= result.errors()[i], error + " beyond " + result.errors()[i]);
      assertTrue(result.errors()[i] < 2e-2, "an estimate that says something");
    }
  }

  @Test
  void aWrongScoreIsSeen() {
    double[] exact = exact();
    Law other = Law.gaussian(LAW.mean(), LAW.covariance());
    double[] logs = of(OdeLikelihood.standard(), other).logDensities();
    double most = 0;
    for (int i = 0; i < exact.length; i++) {
      most = Math.max(most, Math.abs(logs[i] - exact[i]));
    }
    assertTrue(most > 0.5, "got " + most);
  }

  @Test
  void differencesDoWhereThereIsNoCurvature() {
    Score plain = new Laws.Trained(LAW, NoiseRange.ALL);
    assertArrayEquals(
        of(OdeLikelihood.standard(), LAW).logDensities(),
        of(OdeLikelihood.standard(), plain).logDensities(),
        1e-4);
  }

  @Test
  void randomSignsAreRightWithinTheirError() {
    double[] exact = exact();
    OdeLikelihood.Result result = of(new OdeLikelihood(1e-5, 64, 1), LAW);
    int within = 0;
    for (int i = 0; i < exact.length; i++) {
      within += Math.abs(result.logDensities()[i] - exact[i]) <= result.errors()[i] ? 1 : 0;
    }
    assertTrue(within >= 32, "of 40 rows are within two standard errors: " + within);
  }

  /** Every sign gives the trace of a multiple of the identity, so signs add no error. */
  @Test
  void randomSignsAreExactForSphericalLaws() {
    Law law = Law.gaussian(new double[] {1, -2}, new double[][] {{2, 0}, {0, 2}});
    OdeLikelihood.Result signs = of(new OdeLikelihood(1e-5, 3, 1), law);
    OdeLikelihood.Result trace = of(OdeLikelihood.standard(), law);
    assertArrayEquals(trace.logDensities(), signs.logDensities(), 1e-6);
    assertArrayEquals(trace.errors(), signs.errors(), 1e-4);
  }

  @Test
  void rowsAndThreadsChangeNoBit() {
    double[] all = of(OdeLikelihood.standard(), LAW).logDensities();
    OdeLikelihood.Result some =
        OdeLikelihood.standard().of(LAW, ROWS.rows(7, 9), Tasks.threads(2), Progress.silent());
    assertEquals(all[7], some.logDensities()[0]);
    assertEquals(all[8], some.logDensities()[1]);
  }

  @Test
  void aScoreThatKnowsFewerLevelsGivesTheDensityAtItsCleanest() {
    Score trained = new Laws.Trained(LAW, new NoiseRange(-9, 6));
    double[] logs = of(OdeLikelihood.standard(), trained).logDensities();
    double[] exact = new double[ROWS.count()];
    LAW.logDensity(NoiseLevel.exploding(StrictMath.exp(-3)), ROWS.toArray(), exact);
    assertArrayEquals(exact, logs, 2e-3);
  }

  @Test
  void rowsThatDoNotFitAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            OdeLikelihood.standard()
                .of(LAW, Samples.of(1, new double[3]), Tasks.here(), Progress.silent()));
    assertThrows(IllegalArgumentException.class, () -> new OdeLikelihood(0, 0, 0));
    double infinity = Double.POSITIVE_INFINITY;
    assertThrows(IllegalArgumentException.class, () -> new OdeLikelihood(infinity, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new OdeLikelihood(1e-5, 1, 0));
    assertEquals(0, Samplers.adaptive(1e-4).draw(DrawRequest.of(LAW, 0)).count());
  }
}
