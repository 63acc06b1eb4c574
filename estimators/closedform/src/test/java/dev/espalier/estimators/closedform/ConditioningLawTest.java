package dev.espalier.estimators.closedform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConditioningLawTest {

  private static final int D = 5;

  private static double logDensity(GaussianMixture law, double[] x) {
    double[] out = new double[1];
    law.logDensity(NoiseLevel.CLEAN, x, out);
    return out[0];
  }

  private static GaussianMixture given(GaussianMixture law, Observation observation) {
    return (GaussianMixture) law.given(observation).orElseThrow();
  }

  /** The law of some columns. */
  private static GaussianMixture marginal(GaussianMixture law, int[] columns) {
    List<Component> components = new ArrayList<>();
    for (Component component : law.components()) {
      double[] mean = new double[columns.length];
      double[][] matrix = new double[columns.length][columns.length];
      for (int i = 0; i < columns.length; i++) {
        mean[i] = component.mean(columns[i]);
        for (int j = 0; j < columns.length; j++) {
          matrix[i][j] = component.covariance().get(columns[i], columns[j]);
        }
      }
      components.add(Component.of(component.weight(), mean, Covariance.full(matrix)));
    }
    return GaussianMixture.of(components);
  }

  /** The first block of {@code S⁻¹} is inverted by Gauss–Jordan elimination, straight. */
  private static double[][] inverse(double[][] matrix) {
    int n = matrix.length;
    double[][] work = new double[n][2 * n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(matrix[i], 0, work[i], 0, n);
      work[i][n + i] = 1;
    }
    for (int k = 0; k < n; k++) {
      double pivot = work[k][k];
      for (int j = 0; j < 2 * n; j++) {
        work[k][j] /= pivot;
      }
      for (int i = 0; i < n; i++) {
        if (i != k) {
          double factor = work[i][k];
          for (int j = 0; j < 2 * n; j++) {
            work[i][j] -= factor * work[k][j];
          }
        }
      }
    }
    double[][] inverse = new double[n][n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(work[i], n, inverse[i], 0, n);
    }
    return inverse;
  }

  @ParameterizedTest
  @EnumSource
  void oneComponentAgreesWithTheAlgebraOfPrecisions(Laws.Kind kind) {
    RandomGenerator random = Laws.random("oneComponentAgreesWithTheAlgebraOfPrecisions" + kind);
    for (int trial = 0; trial < 20; trial++) {
      GaussianMixture law = Laws.mixture(kind, 1, D, random);
      Component joint = law.components().get(0);
      int[] free = {0, 2, 3};
      int[] seen = {1, 4};
      double[] y = Laws.normals(2, random);
      // Given the rest, the free columns have the precision Q_ff and the mean μ − Q_ff⁻¹ Q_fo δ.
      double[][] precision = inverse(joint.covariance().matrix());
      double[][] inner = new double[3][3];
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          inner[i][j] = precision[free[i]][free[j]];
        }
      }
      double[][] covariance = inverse(inner);
      GaussianMixture conditional =
          given(law, Observation.columns(Map.of(seen[0], y[0], seen[1], y[1])));
      Component found = conditional.components().get(0);
      for (int i = 0; i < 3; i++) {
        double mean = joint.mean(free[i]);
        for (int j = 0; j < 3; j++) {
          for (int o = 0; o < 2; o++) {
            mean -= covariance[i][j] * precision[free[j]][seen[o]] * (y[o] - joint.mean(seen[o]));
          }
          assertEquals(covariance[i][j], found.covariance().get(free[i], free[j]), 1e-12);
        }
        assertEquals(mean, found.mean(free[i]), 1e-12);
      }
      for (int o = 0; o < 2; o++) {
        assertEquals(y[o], found.mean(seen[o]), 0.0);
        for (int j = 0; j < D; j++) {
          assertEquals(0, found.covariance().get(seen[o], j), 0.0);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void conditionalDensityIsARatioOfDensities(Laws.Kind kind) {
    RandomGenerator random = Laws.random("conditionalDensityIsARatioOfDensities" + kind);
    for (int trial = 0; trial < 20; trial++) {
      GaussianMixture law = Laws.mixture(kind, 4, D, random);
      int[] free = {0, 3};
      int[] seen = {1, 2, 4};
      double[] x = Laws.normals(D, random);
      Map<Integer, Double> values = new TreeMap<>();
      for (int j : seen) {
        values.put(j, x[j]);
      }
      Observation observation = Observation.columns(values);
      double rest = logDensity(marginal(given(law, observation), free), new double[] {x[0], x[3]});
      double evidence = logDensity(marginal(law, seen), new double[] {x[1], x[2], x[4]});
      assertEquals(logDensity(law, x) - evidence, rest, 1e-11);
      assertEquals(evidence, law.logEvidence(observation).getAsDouble(), 1e-11);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noisyLinearObservationsFollowBayes(Laws.Kind kind) {
    RandomGenerator random = Laws.random("noisyLinearObservationsFollowBayes" + kind);
    for (int trial = 0; trial < 20; trial++) {
      GaussianMixture law = Laws.mixture(kind, 3, D, random);
      double[][] h = Laws.normals(2, D, random);
      double[][] r = Laws.covariance(Laws.Kind.FULL, 2, random).matrix();
      double[] y = Laws.normals(2, random);
      Observation observation = Observation.linear(h, y, r);
      GaussianMixture posterior = given(law, observation);
      double[] x = Laws.normals(D, random);
      double[] image = new double[2];
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < D; j++) {
          image[i] += h[i][j] * x[j];
        }
      }
      GaussianMixture noise =
          GaussianMixture.of(List.of(Component.of(1, image, Covariance.full(r))));
      double evidence = law.logEvidence(observation).getAsDouble();
      assertEquals(
          logDensity(law, x) + logDensity(noise, y) - evidence, logDensity(posterior, x), 1e-10);
      double[] moments = new double[2];
      double[][] total = new double[2][2];
      assertEquals(evidence, imageDensity(law, h, r, y, moments, total), 1e-11);
    }
  }

  /** The density of y by the moments of the image of every component. */
  private static double imageDensity(
      GaussianMixture law,
      double[][] h,
      double[][] r,
      double[] y,
      double[] mean,
      double[][] total) {
    List<Component> images = new ArrayList<>();
    for (Component component : law.components()) {
      for (int i = 0; i < 2; i++) {
        mean[i] = 0;
        for (int k = 0; k < 2; k++) {
          total[i][k] = r[i][k];
          for (int j = 0; j < D; j++) {
            for (int l = 0; l < D; l++) {
              total[i][k] += h[i][j] * component.covariance().get(j, l) * h[k][l];
            }
          }
        }
        for (int j = 0; j < D; j++) {
          mean[i] += h[i][j] * component.mean(j);
        }
      }
      total[0][1] = total[1][0];
      images.add(Component.of(component.weight(), mean, Covariance.full(total)));
    }
    return logDensity(GaussianMixture.of(images), y);
  }

  @ParameterizedTest
  @EnumSource
  void exactLinearObservationsOfColumnsAreColumns(Laws.Kind kind) {
    RandomGenerator random = Laws.random("exactLinearObservationsOfColumnsAreColumns" + kind);
    GaussianMixture law = Laws.mixture(kind, 3, D, random);
    double[][] h = new double[2][D];
    h[0][1] = 1;
    h[1][3] = 2;
    Observation linear = Observation.linear(h, new double[] {0.5, -0.4}, new double[2][2]);
    GaussianMixture one = given(law, linear);
    GaussianMixture other = given(law, Observation.columns(Map.of(1, 0.5, 3, -0.2)));
    for (int c = 0; c < 3; c++) {
      Component left = one.components().get(c);
      Component right = other.components().get(c);
      assertEquals(right.weight(), left.weight(), 1e-12);
      assertArrayEquals(right.mean(), left.mean(), 1e-12);
      for (int i = 0; i < D; i++) {
        assertEquals(0, left.covariance().get(1, i), 0.0);
        for (int j = 0; j < D; j++) {
          assertEquals(right.covariance().get(i, j), left.covariance().get(i, j), 1e-12);
        }
      }
    }
    assertEquals(
        law.logEvidence(Observation.columns(Map.of(1, 0.5, 3, -0.2))).getAsDouble()
            - StrictMath.log(2),
        law.logEvidence(linear).getAsDouble(),
        1e-11);
  }

  @ParameterizedTest
  @EnumSource
  void conditioningStepByStepIsConditioningAtOnce(Laws.Kind kind) {
    RandomGenerator random = Laws.random("conditioningStepByStepIsConditioningAtOnce" + kind);
    GaussianMixture law = Laws.mixture(kind, 3, D, random);
    GaussianMixture steps =
        given(
            given(law, Observation.columns(Map.of(1, 0.5))),
            Observation.columns(Map.of(1, 0.5, 2, 0.1)));
    GaussianMixture once = given(law, Observation.columns(Map.of(1, 0.5, 2, 0.1)));
    for (int c = 0; c < 3; c++) {
      assertEquals(once.components().get(c).weight(), steps.components().get(c).weight(), 1e-13);
      assertArrayEquals(once.components().get(c).mean(), steps.components().get(c).mean(), 1e-13);
      assertArrayEquals(
          once.components().get(c).covariance().matrix()[0],
          steps.components().get(c).covariance().matrix()[0],
          1e-13);
    }
  }

  @ParameterizedTest
  @EnumSource
  void lawsGivenEverythingArePoints(Laws.Kind kind) {
    GaussianMixture law = Laws.mixture(kind, 3, 2, Laws.random("lawsGivenEverythingArePoints"));
    GaussianMixture point = given(law, Observation.columns(Map.of(0, 0.1, 1, 1e9)));
    for (NoiseLevel level : List.of(NoiseLevel.CLEAN, NoiseLevel.preserving(0.5))) {
      double[] mean = new double[2];
      point.posteriorMean(level, new double[] {-3, 4}, mean);
      assertArrayEquals(new double[] {0.1, 1e9}, mean, 0.0);
    }
    assertTrue(Double.isFinite(law.logEvidence(Observation.columns(Map.of(1, 1e9))).getAsDouble()));
  }

  @Test
  void collinearColumnsDetermineEachOther() {
    // x1 = 2·x0 exactly.
    double[][] matrix = {{1, 2, 0.5}, {2, 4, 1}, {0.5, 1, 3}};
    GaussianMixture law =
        GaussianMixture.of(List.of(Component.of(1, new double[3], Covariance.full(matrix))));
    GaussianMixture half = given(law, Observation.columns(Map.of(0, 0.7)));
    assertEquals(1.4, half.components().get(0).mean(1), 1e-14);
    assertEquals(0, half.components().get(0).covariance().get(1, 1), 0.0);
    GaussianMixture both = given(law, Observation.columns(Map.of(0, 0.7, 1, 1.4)));
    assertEquals(0.35, both.components().get(0).mean(2), 1e-14);
    assertEquals(2.75, both.components().get(0).covariance().get(2, 2), 1e-14);
    Observation contradiction = Observation.columns(Map.of(0, 0.7, 1, 1.5));
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> law.given(contradiction));
    assertTrue(thrown.getMessage().contains("probability zero"), thrown.getMessage());
    assertEquals(Double.NEGATIVE_INFINITY, law.logEvidence(contradiction).getAsDouble(), 0.0);
  }

  @Test
  void contradictionsAmongExactReadingsAreTold() {
    GaussianMixture law = Laws.mixture(Laws.Kind.FULL, 2, 2, Laws.random("contradictions"));
    double[][] twice = {{1, 1}, {1, 1}};
    assertThrows(
        IllegalArgumentException.class,
        () -> law.given(Observation.linear(twice, new double[] {1, 2}, new double[2][2])));
    GaussianMixture agreeing =
        given(law, Observation.linear(twice, new double[] {1, 1}, new double[2][2]));
    Component first = agreeing.components().get(0);
    assertEquals(1, first.mean(0) + first.mean(1), 1e-12);
  }

  @Test
  void degenerateComponentsTakeTheirOwnObservations() {
    GaussianMixture law =
        GaussianMixture.of(
            List.of(
                Component.of(0.3, new double[] {1, 5}, Covariance.diagonal(new double[] {0, 1})),
                Component.of(0.7, new double[] {1, 9}, Covariance.diagonal(new double[] {2, 1}))));
    GaussianMixture sure = given(law, Observation.columns(Map.of(0, 1.0)));
    assertEquals(1, sure.components().size());
    assertEquals(5, sure.components().get(0).mean(1), 0.0);
    GaussianMixture other = given(law, Observation.columns(Map.of(0, 1.5)));
    assertEquals(9, other.components().get(0).mean(1), 0.0);
  }

  @Test
  void farObservationsDoNotUnderflow() {
    GaussianMixture law =
        GaussianMixture.of(
            List.of(
                Component.of(0.5, new double[] {0, 1}, Covariance.spherical(2, 1)),
                Component.of(0.5, new double[] {0.1, 2}, Covariance.spherical(2, 1))));
    GaussianMixture far = given(law, Observation.columns(Map.of(0, 100.0)));
    // The log odds are 0.1·100 − 0.005.
    double odds = far.components().get(1).weight() / far.components().get(0).weight();
    assertEquals(StrictMath.exp(9.995), odds, 1e-9 * odds);
  }

  @Test
  void unknownKindsHaveNoExactAnswerAndOddColumnsAreRefused() {
    GaussianMixture law = Laws.mixture(Laws.Kind.FULL, 2, 2, Laws.random("kinds"));
    assertEquals(Optional.empty(), law.given(new Observation.Label("species", "a")));
    assertEquals(law, law.given(Observation.columns(Map.of())).orElseThrow());
    assertThrows(
        IllegalArgumentException.class, () -> law.given(Observation.columns(Map.of(2, 1.0))));
    assertThrows(
        IllegalArgumentException.class,
        () -> law.given(Observation.linear(new double[1][3], new double[1], new double[1][1])));
  }
}
