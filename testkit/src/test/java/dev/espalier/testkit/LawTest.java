package dev.espalier.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Observation;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class LawTest extends ScoreContract {

  @Override
  protected List<? extends Score> scores() {
    Law three = Law.threeInThePlane();
    return List.of(
        Law.standardNormal(1),
        Law.gaussian(
            new double[] {1, -2, 0}, new double[][] {{2, 0.5, 0}, {0.5, 1, -0.3}, {0, -0.3, 0.7}}),
        Law.gaussian(new double[] {1, 2}, new double[][] {{1, 1}, {1, 1}}),
        three,
        three.given(Observation.columns(Map.of(0, 0.5))).orElseThrow());
  }

  @Test
  void posteriorMeanIsThatOfQuadrature() {
    Law law =
        Law.mixture(
            new double[] {0.3, 0.7},
            new double[][] {{-1}, {2}},
            new double[][][] {{{0.25}}, {{1.5}}});
    NoiseLevel level = new NoiseLevel(0.8, 0.4);
    for (double x : new double[] {-2, 0, 0.7, 3}) {
      double mass = 0;
      double moment = 0;
      double step = 1e-3;
      for (double x0 = -15; x0 < 15; x0 += step) {
        double prior = 0.3 * bell(x0 + 1, 0.25) + 0.7 * bell(x0 - 2, 1.5);
        double joint = prior * bell(x - 0.8 * x0, 0.4);
        mass += joint * step;
        moment += joint * x0 * step;
      }
      double[] mean = new double[1];
      double[] log = new double[1];
      law.posteriorMean(level, new double[] {x}, mean);
      law.logDensity(level, new double[] {x}, log);
      assertEquals(moment / mass, mean[0], 1e-10);
      assertEquals(StrictMath.log(mass), log[0], 1e-10);
    }
  }

  private static double bell(double x, double variance) {
    return StrictMath.exp(-0.5 * x * x / variance) / Math.sqrt(2 * Math.PI * variance);
  }

  @Test
  void aLinearObservationOfOneColumnWithoutNoiseIsThatColumn() {
    Law law = Law.threeInThePlane();
    Score columns = law.given(Observation.columns(Map.of(0, 0.4))).orElseThrow();
    Score linear =
        law.given(
                Observation.linear(
                    new double[][] {{1, 0}}, new double[] {0.4}, new double[][] {{0}}))
            .orElseThrow();
    assertArrayEquals(((Law) columns).mean(), ((Law) linear).mean(), 1e-12);
    assertArrayEquals(((Law) columns).covariance()[1], ((Law) linear).covariance()[1], 1e-12);
  }

  @Test
  void conditionalDensityIsTheQuotientOfDensities() {
    Law law = Law.threeInThePlane();
    Law given = (Law) law.given(Observation.columns(Map.of(0, 0.4))).orElseThrow();
    double[] joint = new double[1];
    double mass = 0;
    double moment = 0;
    for (double y = -8; y < 8; y += 1e-3) {
      law.logDensity(NoiseLevel.CLEAN, new double[] {0.4, y}, joint);
      mass += StrictMath.exp(joint[0]) * 1e-3;
      moment += y * StrictMath.exp(joint[0]) * 1e-3;
    }
    assertEquals(moment / mass, given.mean()[1], 1e-9);
  }

  /** Hypothesis: draws have mean and covariance of the law. z-tests, n = 20000, alpha 1e-6. */
  @Statistical
  void drawsHaveTheMoments(TestInfo test) {
    Trials.of(test).run(trial -> moments(trial, 1));
  }

  @Test
  void drawsWithAColumnFivePerCentTooWideAreRejected(TestInfo test) {
    Trials.of(test).mustReject(trial -> moments(trial, 1.05));
  }

  private static void moments(Trial trial, double scale) {
    Law law = Law.threeInThePlane();
    Samples rows = law.rows(20000, trial.seed());
    for (int j = 0; j < 2; j++) {
      double[] column = rows.column(j);
      for (int i = 0; i < column.length; i++) {
        column[i] *= scale;
      }
      trial.show(Statistics.mean("column " + j, column, law.mean()[j]));
      trial.show(Statistics.variance("column " + j, column, law.covariance()[j][j]));
    }
  }

  @Test
  void wrongShapesAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Law.gaussian(new double[2], new double[][] {{1}, {1}}));
    assertThrows(
        IllegalArgumentException.class, () -> Law.gaussian(new double[1], new double[][] {{-1}}));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Law.gaussian(new double[2], new double[][] {{1, 1}, {1, 1}})
                .logDensity(NoiseLevel.CLEAN, new double[2], new double[1]));
  }
}
