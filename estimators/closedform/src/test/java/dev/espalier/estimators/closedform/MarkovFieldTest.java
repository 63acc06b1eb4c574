package dev.espalier.estimators.closedform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Graph;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NotConvergedException;
import dev.espalier.api.Observation;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class MarkovFieldTest {

  private static final List<NoiseLevel> LEVELS =
      List.of(
          new NoiseLevel(1, 1e-9),
          NoiseLevel.preserving(0.3),
          NoiseLevel.exploding(4),
          new NoiseLevel(0, 1));

  /** Rows in which each column leans on those before it, in odd units. */
  private static Samples rows(int count, int d) {
    double[] values = new double[count * d];
    for (int i = 0; i < count; i++) {
      RandomGenerator random = new Streams(8).stream("field", i);
      double x = random.nextGaussian();
      for (int j = 0; j < d; j++) {
        x = 0.7 * x + 0.7 * random.nextGaussian();
        values[i * d + j] = (1 + j % 3) * x + j;
      }
    }
    return Samples.of(d, values);
  }

  private static FieldLaw fit(Graph graph, Samples rows, MarkovField.Shrinkage shrinkage) {
    return (FieldLaw) MarkovField.on(graph).withShrinkage(shrinkage).fit(FitRequest.of(rows));
  }

  private static FieldLaw plain(Graph graph, Samples rows) {
    return fit(graph, rows, MarkovField.Shrinkage.NONE);
  }

  private static double[][] covariance(Samples rows) {
    GaussianMixture law =
        (GaussianMixture) new Gaussian(Gaussian.Shrinkage.NONE).fit(FitRequest.of(rows));
    return law.components().get(0).covariance().matrix();
  }

  private static double[] normals(int count) {
    RandomGenerator random = new Streams(9).stream("normals", 0);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }

  @Test
  void covariancesOfNeighboursAreThoseOfTheRowsAndOthersFollow() {
    Graph grid = Graph.grid(3, 4);
    Samples rows = rows(60, 12);
    FieldLaw law = plain(grid, rows);
    double[][] sample = covariance(rows);
    double[][] fitted = law.dense().components().get(0).covariance().matrix();
    double[] unit = new double[12];
    double[] row = new double[12];
    for (int i = 0; i < 12; i++) {
      Arrays.fill(unit, 0);
      unit[i] = 1;
      law.hessianTimes(NoiseLevel.CLEAN, new double[12], unit, row);
      for (int j = 0; j < 12; j++) {
        int distance = grid.over(12).distance(i, j);
        if (distance <= 1) {
          assertEquals(sample[i][j], fitted[i][j], 1e-6 * Math.sqrt(sample[i][i] * sample[j][j]));
          assertTrue(row[j] != 0);
        } else {
          assertEquals(0, row[j], 0);
        }
      }
    }
  }

  @Test
  void theFieldOfAChainIsTheProductOfItsPairs() {
    Samples rows = rows(40, 6);
    FieldLaw law = plain(Graph.chain(), rows);
    double[][] s = covariance(rows);
    double[][] expected = new double[6][6];
    for (int j = 0; j < 5; j++) {
      double determinant = s[j][j] * s[j + 1][j + 1] - s[j][j + 1] * s[j][j + 1];
      expected[j][j] += s[j + 1][j + 1] / determinant;
      expected[j + 1][j + 1] += s[j][j] / determinant;
      expected[j][j + 1] = -s[j][j + 1] / determinant;
      expected[j + 1][j] = expected[j][j + 1];
      if (j > 0) {
        expected[j][j] -= 1 / s[j][j];
      }
    }
    double[] out = new double[6];
    for (int j = 0; j < 6; j++) {
      double[] unit = new double[6];
      unit[j] = -1;
      law.hessianTimes(NoiseLevel.CLEAN, new double[6], unit, out);
      assertArrayEquals(expected[j], out, 1e-7);
    }
  }

  @Test
  void aCompleteGraphGivesTheWholeCovariance() {
    Samples rows = rows(40, 4);
    FieldLaw law = plain(new Graph.Grid(2, 2, 1, 2), rows);
    double[][] expected = covariance(rows);
    double[][] found = law.dense().components().get(0).covariance().matrix();
    for (int i = 0; i < 4; i++) {
      assertArrayEquals(expected[i], found[i], 1e-6);
    }
  }

  @Test
  void columnsWithoutNeighboursAreIndependent() {
    Samples rows = rows(30, 3);
    FieldLaw law = plain(Graph.edges(List.of(0, 2)), rows);
    double[][] found = law.dense().components().get(0).covariance().matrix();
    assertEquals(0, found[0][1]);
    assertEquals(0, found[1][2]);
    assertEquals(covariance(rows)[1][1], found[1][1], 1e-9);
  }

  @Test
  void everythingAgreesWithTheDenseLaw() {
    Samples rows = rows(80, 9);
    FieldLaw field = fit(Graph.grid(3, 3), rows, MarkovField.Shrinkage.EDGES);
    Observation some = Observation.columns(Map.of(4, 3.0, 7, 8.5));
    agree(field, field.dense());
    agree(
        (FieldLaw) field.given(some).orElseThrow(),
        (GaussianMixture) field.dense().given(some).orElseThrow());
    assertEquals(
        field.dense().logEvidence(some).orElseThrow(), field.logEvidence(some).orElseThrow(), 1e-9);
    double[] clean = new double[1];
    double[] expected = new double[1];
    field.logDensity(NoiseLevel.CLEAN, normals(9), clean);
    field.dense().logDensity(NoiseLevel.CLEAN, normals(9), expected);
    assertEquals(expected[0], clean[0], 1e-9 * Math.abs(expected[0]));
  }

  private static void agree(FieldLaw field, GaussianMixture dense) {
    double[] x = normals(18);
    double[] v = normals(18);
    for (NoiseLevel level : LEVELS) {
      double[][] found = new double[4][18];
      double[][] expected = new double[4][18];
      field.posteriorMean(level, x, found[0]);
      dense.posteriorMean(level, x, expected[0]);
      field.jacobianTimes(level, x, v, found[1]);
      dense.jacobianTimes(level, x, v, expected[1]);
      field.score(level, x, found[2]);
      dense.score(level, x, expected[2]);
      field.hessianTimes(level, x, v, found[3]);
      dense.hessianTimes(level, x, v, expected[3]);
      for (int k = 0; k < 4; k++) {
        for (int i = 0; i < 18; i++) {
          double size = Math.max(1, Math.abs(expected[k][i]));
          assertEquals(expected[k][i], found[k][i], 1e-7 * size, k + " at " + level);
        }
      }
      double[] logs = new double[2];
      double[] others = new double[2];
      field.logDensity(level, x, logs);
      dense.logDensity(level, x, others);
      assertArrayEquals(others, logs, 1e-7 * Math.max(1, Math.abs(others[0])));
    }
  }

  @Test
  void drawsHaveThePrecisionAsTheirMetric() {
    FieldLaw law = fit(Graph.ring(), rows(50, 7), MarkovField.Shrinkage.EDGES);
    double[] row = new double[7];
    double[] mean = new double[7];
    law.posteriorMean(new NoiseLevel(0, 1), new double[7], mean);
    for (int i = 0; i < 20; i++) {
      law.draw(new Streams(2).stream("draw", i), row);
      RandomGenerator again = new Streams(2).stream("draw", i);
      double expected = 0;
      for (int j = 0; j < 7; j++) {
        double normal = again.nextGaussian();
        expected += normal * normal;
        row[j] -= mean[j];
      }
      double[] pulled = new double[7];
      law.hessianTimes(NoiseLevel.CLEAN, row, row, pulled);
      double found = 0;
      for (int j = 0; j < 7; j++) {
        found -= row[j] * pulled[j];
      }
      assertEquals(expected, found, 1e-10 * expected);
    }
  }

  @Test
  void constantColumnsStayAndCutNothing() {
    Samples varying = rows(40, 4);
    double[] values = new double[40 * 5];
    for (int i = 0; i < 40; i++) {
      for (int j = 0; j < 5; j++) {
        values[i * 5 + j] = j == 2 ? 6 : varying.get(i, j < 2 ? j : j - 1);
      }
    }
    FieldLaw law = fit(Graph.chain(), Samples.of(5, values), MarkovField.Shrinkage.EDGES);
    double[] row = new double[5];
    law.draw(new Streams(1).stream("row", 0), row);
    assertEquals(6, row[2]);
    assertEquals("1 of 5 columns is constant and stays so", law.notes().get(0));
    assertThrows(
        IllegalArgumentException.class,
        () -> law.score(NoiseLevel.CLEAN, new double[5], new double[5]));
    assertThrows(
        IllegalArgumentException.class, () -> law.given(Observation.columns(Map.of(2, 7.0))));
    assertTrue(law.given(Observation.columns(Map.of(2, 6.0))).isPresent());
  }

  @Test
  void aField256WideComesFromFewRows() {
    FieldLaw law = fit(Graph.grid(16, 16), rows(60, 256), MarkovField.Shrinkage.EDGES);
    double[] x = normals(256);
    double[] out = new double[256];
    law.posteriorMean(NoiseLevel.preserving(0.5), x, out);
    assertTrue(Arrays.stream(out).allMatch(Double::isFinite));
  }

  @Test
  void whatCannotBeFittedIsRefused() {
    Samples rows = rows(20, 4);
    Samples twice = rows.columns(new int[] {0, 0, 1, 2});
    assertThrows(NotConvergedException.class, () -> plain(Graph.chain(), twice));
    assertEquals(4, fit(Graph.chain(), twice, MarkovField.Shrinkage.EDGES).columns());
    double[] values = rows.toArray();
    values[5] = Double.NaN;
    assertThrows(InvalidDataException.class, () -> plain(Graph.chain(), Samples.of(4, values)));
    assertThrows(InvalidDataException.class, () -> plain(Graph.grid(2, 3), rows));
  }
}
