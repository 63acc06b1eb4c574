package dev.espalier.estimators.closedform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Samples;
import dev.espalier.api.Tasks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianTest {

  private static GaussianMixture fit(Gaussian.Shrinkage shrinkage, FitRequest request) {
    return (GaussianMixture) new Gaussian(shrinkage).fit(request);
  }

  private static Component component(GaussianMixture law) {
    return law.components().get(0);
  }

  /** Dependent columns in different units. */
  private static double[][] rows(int n, int d, RandomGenerator random) {
    double[][] mix = Laws.normals(d, d, random);
    double[][] rows = new double[n][d];
    for (int i = 0; i < n; i++) {
      double[] z = Laws.normals(d, random);
      for (int j = 0; j < d; j++) {
        for (int k = 0; k < d; k++) {
          rows[i][j] += mix[j][k] * z[k];
        }
        rows[i][j] = 10 + (1 + j) * rows[i][j];
      }
    }
    return rows;
  }

  /** The standardised rows and their standard deviations, by definition. */
  private static double[] standardise(double[][] rows) {
    int d = rows[0].length;
    double[] deviations = new double[d];
    for (int j = 0; j < d; j++) {
      double mean = 0;
      for (double[] row : rows) {
        mean += row[j] / rows.length;
      }
      double square = 0;
      for (double[] row : rows) {
        row[j] -= mean;
        square += row[j] * row[j] / rows.length;
      }
      deviations[j] = Math.sqrt(square);
      for (double[] row : rows) {
        row[j] /= deviations[j];
      }
    }
    return deviations;
  }

  private static double[][] moments(double[][] rows) {
    int d = rows[0].length;
    double[][] moments = new double[d][d];
    for (double[] row : rows) {
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          moments[i][j] += row[i] * row[j] / rows.length;
        }
      }
    }
    return moments;
  }

  private static double square(double[][] matrix) {
    double sum = 0;
    for (double[] row : matrix) {
      sum += Laws.norm(row) * Laws.norm(row);
    }
    return sum;
  }

  /** Ledoit and Wolf 2004, section 3.2: d² = ‖S − mI‖², b² = min(d², Σ‖x xᵀ − S‖²/n²). */
  private static double ledoitWolf(double[][] rows, double[][] s) {
    int d = s.length;
    double m = 0;
    for (int i = 0; i < d; i++) {
      m += s[i][i] / d;
    }
    double distance = 0;
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        double entry = s[i][j] - (i == j ? m : 0);
        distance += entry * entry;
      }
    }
    double spread = 0;
    for (double[] row : rows) {
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          double entry = row[i] * row[j] - s[i][j];
          spread += entry * entry / rows.length / rows.length;
        }
      }
    }
    return Math.min(spread, distance) / distance;
  }

  /** As scikit-learn defines it. */
  private static double oas(double[][] rows, double[][] s) {
    int d = s.length;
    double m = 0;
    for (int i = 0; i < d; i++) {
      m += s[i][i] / d;
    }
    double alpha = square(s) / (d * d);
    return Math.min(1, (alpha + m * m) / ((rows.length + 1) * (alpha - m * m / d)));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5, 12, 60, 400})
  void covarianceIsShrunkByTheFormulas(int n) {
    int d = 6;
    RandomGenerator random = Laws.random("covarianceIsShrunkByTheFormulas" + n);
    double[][] rows = rows(n, d, random);
    FitRequest request = FitRequest.of(Samples.of(rows));
    double[] deviations = standardise(rows);
    double[][] s = moments(rows);
    for (Gaussian.Shrinkage shrinkage : Gaussian.Shrinkage.values()) {
      double share =
          switch (shrinkage) {
            case LEDOITWOLF -> ledoitWolf(rows, s);
            case OAS -> oas(rows, s);
            case NONE -> 0;
          };
      Covariance found = component(fit(shrinkage, request)).covariance();
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          double expected =
              ((1 - share) * s[i][j] + (i == j ? share : 0)) * deviations[i] * deviations[j];
          assertEquals(expected, found.get(i, j), 1e-11 * deviations[i] * deviations[j]);
        }
      }
    }
  }

  @Test
  void unitsOfTheColumnsDoNotMatter() {
    RandomGenerator random = Laws.random("unitsOfTheColumnsDoNotMatter");
    double[][] rows = rows(20, 4, random);
    Covariance plain =
        component((GaussianMixture) new Gaussian().fit(FitRequest.of(Samples.of(rows))))
            .covariance();
    double[] units = {1e-6, 1, 1e5, 3};
    for (double[] row : rows) {
      for (int j = 0; j < 4; j++) {
        row[j] *= units[j];
      }
    }
    Covariance scaled =
        component((GaussianMixture) new Gaussian().fit(FitRequest.of(Samples.of(rows))))
            .covariance();
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        double bound = Math.sqrt(plain.get(i, i) * plain.get(j, j));
        assertEquals(plain.get(i, j), scaled.get(i, j) / units[i] / units[j], 1e-11 * bound);
      }
    }
  }

  @Test
  void aWeightOfTwoIsTheRowTwice() {
    RandomGenerator random = Laws.random("aWeightOfTwoIsTheRowTwice");
    double[][] rows = rows(30, 3, random);
    double[] weights = new double[30];
    List<double[]> repeated = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      weights[i] = 1 + i % 2;
      repeated.add(rows[i]);
      if (i % 2 == 1) {
        repeated.add(rows[i]);
      }
    }
    Component weighted =
        component(
            fit(Gaussian.Shrinkage.NONE, FitRequest.of(Samples.of(rows)).withWeights(weights)));
    Component twice =
        component(
            fit(
                Gaussian.Shrinkage.NONE,
                FitRequest.of(Samples.of(repeated.toArray(new double[0][])))));
    assertArrayEquals(twice.mean(), weighted.mean(), 1e-12);
    for (int i = 0; i < 3; i++) {
      assertArrayEquals(twice.covariance().matrix()[i], weighted.covariance().matrix()[i], 1e-11);
    }
  }

  @Test
  void equalWeightsOfAnySizeAreNone() {
    double[][] rows = rows(30, 3, Laws.random("equalWeightsOfAnySizeAreNone"));
    double[] weights = new double[30];
    Arrays.fill(weights, 0.25);
    FitRequest request = FitRequest.of(Samples.of(rows));
    Component plain = component(fit(Gaussian.Shrinkage.LEDOITWOLF, request));
    Component weighted =
        component(fit(Gaussian.Shrinkage.LEDOITWOLF, request.withWeights(weights)));
    for (int i = 0; i < 3; i++) {
      assertArrayEquals(plain.covariance().matrix()[i], weighted.covariance().matrix()[i], 1e-11);
    }
  }

  @Test
  void constantColumnsAndSingleRowsAreExact() {
    double[][] rows = rows(10, 3, Laws.random("constantColumnsAndSingleRowsAreExact"));
    for (double[] row : rows) {
      row[1] = 0.1;
    }
    GaussianMixture law = (GaussianMixture) new Gaussian().fit(FitRequest.of(Samples.of(rows)));
    assertEquals(0.1, component(law).mean(1), 0.0);
    assertEquals(0, component(law).covariance().get(1, 1), 0.0);
    assertTrue(law.notes().get(0).contains("constant: 1"), law.notes().toString());
    GaussianMixture point =
        (GaussianMixture) new Gaussian().fit(FitRequest.of(Samples.of(rows).rows(0, 1)));
    assertArrayEquals(rows[0], component(point).mean(), 0.0);
    assertTrue(point.notes().get(0).contains("one row"), point.notes().toString());
    double[] mean = new double[3];
    point.posteriorMean(NoiseLevel.preserving(0.5), new double[3], mean);
    assertArrayEquals(rows[0], mean, 0.0);
  }

  @Test
  void moreColumnsThanRowsGiveARegularLaw() {
    double[][] rows = rows(8, 30, Laws.random("moreColumnsThanRowsGiveARegularLaw"));
    GaussianMixture law = (GaussianMixture) new Gaussian().fit(FitRequest.of(Samples.of(rows)));
    double[] log = new double[8];
    law.logDensity(NoiseLevel.CLEAN, Samples.of(rows).toArray(), log);
    for (double value : log) {
      assertTrue(Double.isFinite(value), law.notes().toString());
    }
    assertEquals(
        23,
        component(fit(Gaussian.Shrinkage.NONE, FitRequest.of(Samples.of(rows))))
            .covariance()
            .form()
            .nullity());
  }

  @Test
  void emptyAndMissingColumnsAreRefused() {
    InvalidDataException none =
        assertThrows(
            InvalidDataException.class,
            () -> new Gaussian().fit(FitRequest.of(Samples.of(2, new double[0]))));
    assertEquals("need at least one row to fit, got none", none.getMessage());
    double[][] rows = {{1, Double.NaN}, {2, Double.NaN}};
    InvalidDataException missing =
        assertThrows(
            InvalidDataException.class, () -> new Gaussian().fit(FitRequest.of(Samples.of(rows))));
    assertTrue(missing.getMessage().startsWith("column 1 has no value"), missing.getMessage());
  }

  private static double[][] withGaps(double[][] rows, double share, RandomGenerator random) {
    for (double[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        if (random.nextDouble() < share) {
          row[j] = Double.NaN;
        }
      }
    }
    return rows;
  }

  /** The log likelihood of what is there. */
  private static double likelihood(Component law, double[][] rows) {
    double sum = 0;
    for (double[] row : rows) {
      int[] seen = IntStream.range(0, row.length).filter(j -> !Double.isNaN(row[j])).toArray();
      if (seen.length > 0) {
        double[] x = new double[seen.length];
        double[] mean = new double[seen.length];
        double[][] matrix = new double[seen.length][seen.length];
        for (int i = 0; i < seen.length; i++) {
          x[i] = row[seen[i]];
          mean[i] = law.mean(seen[i]);
          for (int j = 0; j < seen.length; j++) {
            matrix[i][j] = law.covariance().get(seen[i], seen[j]);
          }
        }
        double[] log = new double[1];
        GaussianMixture.of(List.of(Component.of(1, mean, Covariance.full(matrix))))
            .logDensity(NoiseLevel.CLEAN, x, log);
        sum += log[0];
      }
    }
    return sum;
  }

  @Test
  void missingCellsAreFittedToTheMaximumOfTheLikelihood() {
    RandomGenerator random = Laws.random("missingCellsAreFittedToTheMaximum");
    int d = 4;
    double[][] rows = withGaps(rows(60, d, random), 0.25, random);
    Component best = component(fit(Gaussian.Shrinkage.NONE, FitRequest.of(Samples.of(rows))));
    double top = likelihood(best, rows);
    for (int trial = 0; trial < 20; trial++) {
      double[] directions = Laws.normals(d * d + d, random);
      double loss = top - likelihood(moved(best, directions, 1e-5), rows);
      double other = top - likelihood(moved(best, directions, -1e-5), rows);
      // A slope that were a hundredth of the curvature's loss would show as a difference.
      assertTrue(loss > 0 && other > 0, () -> loss + " and " + other);
      assertEquals(loss, other, 0.02 * loss);
    }
  }

  private static Component moved(Component law, double[] directions, double step) {
    double[] mean = law.mean();
    double[][] matrix = law.covariance().matrix();
    double[][] moved = Products.copy(matrix);
    int next = 0;
    for (int i = 0; i < mean.length; i++) {
      mean[i] += step * Math.sqrt(matrix[i][i]) * directions[next++];
      for (int j = 0; j <= i; j++) {
        moved[i][j] += step * Math.sqrt(matrix[i][i] * matrix[j][j]) * directions[next++];
        moved[j][i] = moved[i][j];
      }
    }
    return Component.of(1, mean, Covariance.full(moved));
  }

  @Test
  void oneMissingColumnFollowsTheRegressionOnTheOther() {
    // Anderson 1957: with x0 complete, the maximum is that of the regression of x1 on x0.
    RandomGenerator random = Laws.random("oneMissingColumnFollowsTheRegression");
    double[][] rows = rows(50, 2, random);
    double mean0 = 0;
    double square0 = 0;
    for (double[] row : rows) {
      mean0 += row[0] / 50;
    }
    for (double[] row : rows) {
      square0 += (row[0] - mean0) * (row[0] - mean0) / 50;
    }
    double[] half = new double[5];
    for (int i = 0; i < 25; i++) {
      half[0] += rows[i][0] / 25;
      half[1] += rows[i][1] / 25;
    }
    for (int i = 0; i < 25; i++) {
      half[2] += (rows[i][0] - half[0]) * (rows[i][0] - half[0]) / 25;
      half[3] += (rows[i][0] - half[0]) * (rows[i][1] - half[1]) / 25;
      half[4] += (rows[i][1] - half[1]) * (rows[i][1] - half[1]) / 25;
    }
    for (int i = 25; i < 50; i++) {
      rows[i][1] = Double.NaN;
    }
    double slope = half[3] / half[2];
    Component law = component(fit(Gaussian.Shrinkage.NONE, FitRequest.of(Samples.of(rows))));
    assertEquals(mean0, law.mean(0), 1e-9);
    assertEquals(half[1] + slope * (mean0 - half[0]), law.mean(1), 1e-6);
    assertEquals(square0, law.covariance().get(0, 0), 1e-8);
    assertEquals(slope * square0, law.covariance().get(0, 1), 1e-6);
    assertEquals(
        half[4] - slope * half[3] + slope * slope * square0, law.covariance().get(1, 1), 1e-6);
  }

  @ParameterizedTest
  @EnumSource
  void rowsWithNothingInThemSayNothing(Gaussian.Shrinkage shrinkage) {
    RandomGenerator random = Laws.random("rowsWithNothingInThemSayNothing");
    double[][] rows = withGaps(rows(40, 3, random), 0.2, random);
    for (int j = 0; j < 3; j++) {
      rows[39][j] = Double.NaN;
    }
    Samples all = Samples.of(rows);
    Component with = component(fit(shrinkage, FitRequest.of(all)));
    Component without = component(fit(shrinkage, FitRequest.of(all.rows(0, 39))));
    assertArrayEquals(without.mean(), with.mean(), 1e-7);
    for (int i = 0; i < 3; i++) {
      assertArrayEquals(without.covariance().matrix()[i], with.covariance().matrix()[i], 1e-6);
    }
  }

  @Test
  void fewGapsChangeLittle() {
    RandomGenerator random = Laws.random("fewGapsChangeLittle");
    double[][] rows = rows(400, 5, random);
    FitRequest complete = FitRequest.of(Samples.of(rows));
    GaussianMixture before = fit(Gaussian.Shrinkage.LEDOITWOLF, complete);
    double[][] gaps = Products.copy(rows);
    gaps[7][2] = Double.NaN;
    GaussianMixture after = fit(Gaussian.Shrinkage.LEDOITWOLF, FitRequest.of(Samples.of(gaps)));
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 5; j++) {
        double bound =
            Math.sqrt(
                component(before).covariance().get(i, i)
                    * component(before).covariance().get(j, j));
        assertEquals(
            component(before).covariance().get(i, j),
            component(after).covariance().get(i, j),
            0.02 * bound);
      }
    }
    assertTrue(after.notes().get(0).contains("missing cells"), after.notes().toString());
  }

  @Test
  void manyRowsGiveTheSameBitsOnAnyThreads() {
    RandomGenerator random = Laws.random("manyRowsGiveTheSameBitsOnAnyThreads");
    double[] values = Laws.normals(50_000 * 7, random);
    for (int i = 0; i < 100; i++) {
      values[i * 3001] = Double.NaN;
    }
    FitRequest request = FitRequest.of(Samples.of(7, values));
    for (FitRequest each : List.of(request, FitRequest.of(request.rows().columns(new int[] {1})))) {
      Component here = component((GaussianMixture) new Gaussian().fit(each));
      Component there =
          component((GaussianMixture) new Gaussian().fit(each.withTasks(Tasks.threads(3))));
      assertArrayEquals(here.mean(), there.mean(), 0.0);
      assertArrayEquals(here.covariance().matrix()[0], there.covariance().matrix()[0], 0.0);
      // Means of 50,000 standard normal values: 6 standard errors.
      assertEquals(0, here.mean(0), 6 / Math.sqrt(50_000));
      assertEquals(1, here.covariance().get(0, 0), 6 * Math.sqrt(2.0 / 50_000));
    }
  }
}
