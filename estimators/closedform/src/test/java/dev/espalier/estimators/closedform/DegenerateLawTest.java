package dev.espalier.estimators.closedform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Observation;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DegenerateLawTest {

  @ParameterizedTest
  @EnumSource
  void constantColumnsAreExactAtEveryLevel(Laws.Kind kind) {
    RandomGenerator random = Laws.random("constantColumnsAreExactAtEveryLevel" + kind);
    GaussianMixture law = Laws.mixture(kind, 4, 6, random);
    GaussianMixture given =
        (GaussianMixture)
            law.given(Observation.columns(Map.of(1, 1 / 3.0, 4, -1e6 / 7))).orElseThrow();
    for (double b : new double[] {0, 1e-30, 1e-20, 1e-8, 0.5, 1}) {
      NoiseLevel level = NoiseLevel.preserving(b);
      double[] x = Laws.rows(given, level, 20, random);
      double[] mean = new double[x.length];
      given.posteriorMean(level, x, mean);
      for (int i = 0; i < 20; i++) {
        assertEquals(1 / 3.0, mean[i * 6 + 1], 0.0);
        assertEquals(-1e6 / 7, mean[i * 6 + 4], 0.0);
        if (b == 0) {
          assertEquals(x[i * 6], mean[i * 6], 1e-14 * (1 + Math.abs(x[i * 6])));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-20, 1e-12, 1e-4})
  void tinyNoiseAcrossASupportIsResolved(double b) {
    // The plane x0 + x1 = 0, and a column of its own: the noise across it is all there is.
    double[][] matrix = {{1, -1, 0}, {-1, 1, 0}, {0, 0, 2}};
    GaussianMixture law =
        GaussianMixture.of(
            List.of(
                Component.of(0.4, new double[3], Covariance.full(matrix)),
                Component.of(0.6, new double[3], Covariance.full(matrix))));
    NoiseLevel level = new NoiseLevel(1, b);
    double across = Math.sqrt(b) * 1.5;
    double[] x = {across / Math.sqrt(2), across / Math.sqrt(2), 0};
    double[] score = new double[3];
    law.score(level, x, score);
    double expected = -across / b / Math.sqrt(2);
    assertEquals(expected, score[0], 1e-7 * Math.abs(expected));
    assertEquals(expected, score[1], 1e-7 * Math.abs(expected));
    double[] product = new double[3];
    law.hessianTimes(level, x, new double[] {1, 1, 1}, product);
    assertEquals(-1 / b, product[0], 1e-7 / b);
    assertEquals(-1 / (2 + b), product[2], 1e-12);
    double[] log = new double[1];
    law.logDensity(level, x, log);
    double direct =
        -0.5
            * (1.5 * 1.5
                + 3 * StrictMath.log(2 * Math.PI)
                + StrictMath.log(b)
                + StrictMath.log(2 + b)
                + StrictMath.log(2 + b));
    assertEquals(direct, log[0], 1e-7);
    law.jacobianTimes(level, x, new double[] {1, 1, 1}, product);
    assertEquals(0, product[0], 1e-12);
    assertEquals(2 / (2 + b), product[2], 1e-14);
  }

  @Test
  void scoreAndDensityWithoutNoiseNeedAllDirections() {
    GaussianMixture law =
        GaussianMixture.of(
            List.of(Component.of(1, new double[2], Covariance.diagonal(new double[] {1, 0}))));
    double[] x = new double[2];
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class, () -> law.score(NoiseLevel.CLEAN, x, new double[2]));
    assertTrue(thrown.getMessage().startsWith("need b > 0"), thrown.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> law.logDensity(NoiseLevel.CLEAN, x, new double[1]));
    assertThrows(
        IllegalArgumentException.class,
        () -> law.hessianTimes(NoiseLevel.CLEAN, x, x, new double[2]));
  }

  @Test
  void rowsWithoutNoiseBelongToTheirSupports() {
    GaussianMixture law =
        GaussianMixture.of(
            List.of(
                Component.of(0.25, new double[] {1, 2}, Covariance.spherical(2, 0)),
                Component.of(0.25, new double[] {1, 0}, Covariance.diagonal(new double[] {0, 1})),
                Component.of(0.25, new double[] {0, 0}, Covariance.spherical(2, 1)),
                Component.of(0.25, new double[] {0, 0}, Covariance.spherical(2, 1))));
    double[] x = {1, 2, 1, 3, 2, 3};
    double[] shares = new double[12];
    law.responsibilities(NoiseLevel.CLEAN, x, shares);
    assertArrayEquals(new double[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0.5, 0.5}, shares, 0.0);
    GaussianMixture points =
        GaussianMixture.of(
            List.of(
                Component.of(0.5, new double[] {0, 0}, Covariance.spherical(2, 0)),
                Component.of(0.5, new double[] {3, 3}, Covariance.spherical(2, 0))));
    double[] mean = new double[2];
    points.posteriorMean(new NoiseLevel(0.5, 0), new double[] {1, 1.1}, mean);
    assertArrayEquals(new double[] {3, 3}, mean, 0.0);
  }

  @Test
  void responsibilitiesWithoutNoiseAreLimitsOfThoseWithLittle() {
    RandomGenerator random = Laws.random("responsibilitiesWithoutNoiseAreLimits");
    GaussianMixture law =
        GaussianMixture.of(
            List.of(
                Component.of(0.5, new double[] {0, 1}, Covariance.diagonal(new double[] {1, 0})),
                Component.of(0.3, new double[] {2, 1}, Covariance.diagonal(new double[] {2, 0})),
                Component.of(0.2, new double[] {0, 0}, Covariance.spherical(2, 1))));
    double[] x = {random.nextGaussian(), 1, random.nextGaussian(), 0.3};
    double[] limit = new double[6];
    double[] near = new double[6];
    law.responsibilities(NoiseLevel.CLEAN, x, limit);
    law.responsibilities(new NoiseLevel(1, 1e-26), x, near);
    assertArrayEquals(limit, near, 1e-12);
  }

  @Test
  void columnsInVeryDifferentUnitsKeepTheirDigits() {
    double[] units = {1e-9, 1, 1e7, 1e-3};
    double[][] correlation = {
      {1, 0.5, 0.2, 0.1}, {0.5, 1, -0.3, 0.4}, {0.2, -0.3, 1, 0.6}, {0.1, 0.4, 0.6, 1}
    };
    double[][] matrix = new double[4][4];
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        matrix[i][j] = units[i] * correlation[i][j] * units[j];
      }
    }
    GaussianMixture even =
        GaussianMixture.of(List.of(Component.of(1, new double[4], Covariance.full(correlation))));
    GaussianMixture graded =
        GaussianMixture.of(List.of(Component.of(1, new double[4], Covariance.full(matrix))));
    double[] z = {0.3, -1.1, 0.8, 2};
    double[] x = new double[4];
    for (int j = 0; j < 4; j++) {
      x[j] = units[j] * z[j];
    }
    double[] expected = new double[4];
    double[] found = new double[4];
    even.score(NoiseLevel.CLEAN, z, expected);
    graded.score(NoiseLevel.CLEAN, x, found);
    for (int j = 0; j < 4; j++) {
      assertEquals(expected[j], found[j] * units[j], 1e-9 * Math.abs(expected[j]));
    }
  }

  @Test
  void gradedMatricesMayBeSingular() {
    // x1 = 1e8·x0, and x2 alone.
    double[][] matrix = {{1, 1e8, 0.5}, {1e8, 1e16, 0.5e8}, {0.5, 0.5e8, 2}};
    Covariance covariance = Covariance.full(matrix);
    assertEquals(1, covariance.form().nullity());
    GaussianMixture law = GaussianMixture.of(List.of(Component.of(1, new double[3], covariance)));
    double[] mean = new double[3];
    law.posteriorMean(new NoiseLevel(1, 1), new double[] {5, 1e8, 0}, mean);
    // The great column tells the small one: E[x0] = 1 within 1e-8.
    assertEquals(1, mean[0], 1e-7);
    assertEquals(1e8, mean[1], 1e-7);
  }

  @Test
  void nearlyDependentFactorsAndTinyNoiseStayAccurate() {
    RandomGenerator random = Laws.random("nearlyDependentFactorsAndTinyNoise");
    double[] direction = Laws.normals(4, random);
    double[][] factor = new double[4][2];
    double[] tiny = new double[4];
    for (int j = 0; j < 4; j++) {
      factor[j][0] = direction[j];
      factor[j][1] = direction[j];
      tiny[j] = 1e-13;
    }
    double length = Laws.norm(direction);
    GaussianMixture law =
        GaussianMixture.of(
            List.of(Component.of(1, new double[4], Covariance.lowRank(factor, tiny))));
    double[] x = new double[4];
    for (int j = 0; j < 4; j++) {
      x[j] = 0.7 * direction[j] / length;
    }
    double[] log = new double[1];
    law.logDensity(NoiseLevel.CLEAN, x, log);
    double main = 2 * length * length + 1e-13;
    double expected =
        -0.5
            * (0.49 / main
                + StrictMath.log(main)
                + 3 * StrictMath.log(1e-13)
                + 4 * StrictMath.log(2 * Math.PI));
    assertEquals(expected, log[0], 1e-9 * Math.abs(expected));
  }
}
