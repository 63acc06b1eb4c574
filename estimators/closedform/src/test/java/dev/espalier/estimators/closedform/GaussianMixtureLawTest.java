package dev.espalier.estimators.closedform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.NoiseLevel;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GaussianMixtureLawTest {

  private static final int[] DIMENSIONS = {1, 2, 3, 7, 16, 64};

  private static final List<NoiseLevel> LEVELS =
      List.of(
          NoiseLevel.CLEAN,
          NoiseLevel.preserving(1e-20),
          NoiseLevel.preserving(1e-3),
          NoiseLevel.preserving(0.3),
          NoiseLevel.preserving(0.999),
          new NoiseLevel(1e-9, 1),
          new NoiseLevel(0, 1),
          NoiseLevel.exploding(3));

  private interface Case {
    void check(GaussianMixture law, NoiseLevel level, RandomGenerator random);
  }

  private static void everywhere(String name, Laws.Kind kind, Case check) {
    RandomGenerator random = Laws.random("GaussianMixtureLawTest." + name + kind);
    for (int d : DIMENSIONS) {
      for (int k : d > 16 ? new int[] {1, 3} : new int[] {1, 2, 6}) {
        GaussianMixture law = Laws.mixture(kind, k, d, random);
        for (NoiseLevel level : LEVELS) {
          check.check(law, level, random);
        }
      }
    }
  }

  /** The directional derivative of fourth order of a batch function of one row. */
  private static double[] derivative(Batch f, double[] x, double[] v, int width, double step) {
    double[] points = {-2, -1, 1, 2};
    double[] factors = {1, -8, 8, -1};
    double[] sum = new double[width];
    for (int p = 0; p < points.length; p++) {
      double[] moved = new double[x.length];
      for (int j = 0; j < x.length; j++) {
        moved[j] = x[j] + points[p] * step * v[j];
      }
      double[] value = new double[width];
      f.write(moved, value);
      for (int j = 0; j < width; j++) {
        sum[j] += factors[p] * value[j] / (12 * step);
      }
    }
    return sum;
  }

  private interface Batch {
    void write(double[] x, double[] out);
  }

  @ParameterizedTest
  @EnumSource
  void scoreIsTheGradientOfTheLogDensity(Laws.Kind kind) {
    everywhere(
        "gradient",
        kind,
        (law, level, random) -> {
          int d = law.columns();
          double[] x = Laws.rows(law, level, 1, random);
          double[] score = new double[d];
          law.score(level, x, score);
          double[] gradient = new double[d];
          for (int j = 0; j < d; j++) {
            double[] unit = new double[d];
            unit[j] = 1;
            gradient[j] =
                derivative((y, out) -> law.logDensity(level, y, out), x, unit, 1, 1e-3)[0];
          }
          assertTrue(
              Laws.distance(score, gradient) <= 1e-7 * Laws.norm(score),
              () -> law + " at " + level + ": " + Arrays.toString(score));
        });
  }

  @ParameterizedTest
  @EnumSource
  void hessianIsTheDerivativeOfTheScore(Laws.Kind kind) {
    everywhere(
        "hessian",
        kind,
        (law, level, random) -> {
          int d = law.columns();
          double[] x = Laws.rows(law, level, 1, random);
          double[] v = Laws.normals(d, random);
          double[] product = new double[d];
          law.hessianTimes(level, x, v, product);
          double[] difference =
              derivative((y, out) -> law.score(level, y, out), x, v, d, 1e-3 / Laws.norm(v));
          assertTrue(
              Laws.distance(product, difference) <= 1e-7 * Laws.norm(product),
              () -> law + " at " + level + ": " + Laws.distance(product, difference));
        });
  }

  @ParameterizedTest
  @EnumSource
  void jacobianIsTheDerivativeOfThePosteriorMean(Laws.Kind kind) {
    everywhere(
        "jacobian",
        kind,
        (law, level, random) -> {
          int d = law.columns();
          double[] x = Laws.rows(law, level, 1, random);
          double[] v = Laws.normals(d, random);
          double[] product = new double[d];
          law.jacobianTimes(level, x, v, product);
          double[] difference =
              derivative(
                  (y, out) -> law.posteriorMean(level, y, out), x, v, d, 1e-3 / Laws.norm(v));
          double[] mean = new double[d];
          law.posteriorMean(level, x, mean);
          double rounding = 1e-12 * d * (1 + Laws.norm(mean));
          assertTrue(
              Laws.distance(product, difference) <= 1e-7 * Laws.norm(product) + rounding,
              () -> law + " at " + level + ": " + Laws.distance(product, difference));
        });
  }

  @ParameterizedTest
  @EnumSource
  void posteriorMeanAndScoreAgree(Laws.Kind kind) {
    everywhere(
        "tweedie",
        kind,
        (law, level, random) -> {
          int d = law.columns();
          double[] x = Laws.rows(law, level, 5, random);
          double[] score = new double[x.length];
          double[] mean = new double[x.length];
          law.score(level, x, score);
          law.posteriorMean(level, x, mean);
          double[] back = new double[x.length];
          for (int j = 0; j < x.length; j++) {
            back[j] = level.a() * mean[j] - level.b() * score[j];
          }
          assertTrue(Laws.distance(back, x) <= 1e-13 * d * Laws.norm(x), () -> law + " " + level);
        });
  }

  @ParameterizedTest
  @EnumSource
  void rowsDoNotDependOnTheirBatch(Laws.Kind kind) {
    everywhere(
        "batch",
        kind,
        (law, level, random) -> {
          int d = law.columns();
          int n = 61;
          double[] x = Laws.rows(law, level, n, random);
          double[] v = Laws.normals(n * d, random);
          List<Batch> all =
              List.of(
                  (y, out) -> law.posteriorMean(level, y, out),
                  (y, out) -> law.score(level, y, out),
                  (y, out) -> law.hessianTimes(level, y, Arrays.copyOf(v, y.length), out),
                  (y, out) -> law.jacobianTimes(level, y, Arrays.copyOf(v, y.length), out));
          for (Batch each : all) {
            double[] whole = new double[n * d];
            each.write(x, whole);
            for (int count : new int[] {1, 2, 3, 50}) {
              double[] part = new double[count * d];
              each.write(Arrays.copyOf(x, count * d), part);
              assertArrayEquals(Arrays.copyOf(whole, count * d), part, 0.0);
            }
          }
          double[] densities = new double[n];
          law.logDensity(level, x, densities);
          for (int i = 0; i < n; i++) {
            double[] one = new double[1];
            law.logDensity(level, Arrays.copyOfRange(x, i * d, (i + 1) * d), one);
            assertEquals(densities[i], one[0], 0.0);
          }
        });
  }
}
