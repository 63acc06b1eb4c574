package com.example.stationary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.estimators.closedform.Isotropic;
import dev.espalier.testkit.Law;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StationaryTest {

  // region exact
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6, 7, 12})
  void theFitAroundIsotropicIsTheCirculantNormalLaw(int columns) {
    Samples rows = Law.standardNormal(columns).rows(40, 2);
    Score fitted = new Stationary(4).fit(FitRequest.of(rows), new Isotropic());
    Law law = circulant(rows);
    double[] x = Law.standardNormal(columns).rows(5, 3).toArray();
    for (double noise : new double[] {0.01, 1, 100}) {
      NoiseLevel level = new NoiseLevel(1, noise);
      double[] expected = new double[x.length];
      double[] actual = new double[x.length];
      law.posteriorMean(level, x, expected);
      fitted.posteriorMean(level, x, actual);
      assertArrayEquals(expected, actual, 1e-9);
    }
  }

  // endregion

  /** The normal law of one mean, and of the covariances of columns so far apart. */
  private static Law circulant(Samples rows) {
    int d = rows.columns();
    double mean = 0;
    for (double value : rows.toArray()) {
      mean += value / rows.count() / d;
    }
    double[] apart = new double[d];
    for (int i = 0; i < rows.count(); i++) {
      for (int j = 0; j < d; j++) {
        for (int lag = 0; lag < d; lag++) {
          double product = (rows.get(i, j) - mean) * (rows.get(i, (j + lag) % d) - mean);
          apart[lag] += product / rows.count() / d;
        }
      }
    }
    double[] means = new double[d];
    double[][] covariance = new double[d][d];
    for (int j = 0; j < d; j++) {
      means[j] = mean;
      for (int k = 0; k < d; k++) {
        covariance[j][k] = apart[(k - j + d) % d];
      }
    }
    return Law.gaussian(means, covariance);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 12, 30, 49})
  void theTransformIsThatOfItsDefinitionAndGoesBack(int columns) {
    double[] x = Law.standardNormal(columns).rows(1, 4).toArray();
    double[] u = new double[columns];
    new Ring(columns).transform(x, u);
    for (int k = 0; k <= columns / 2; k++) {
      int[] pair = Ring.pair(columns, k);
      double[] sums = new double[2];
      for (int j = 0; j < columns; j++) {
        sums[0] += x[j] * StrictMath.cos(2 * Math.PI * j * k / columns);
        sums[1] += x[j] * StrictMath.sin(2 * Math.PI * j * k / columns);
      }
      for (int p = 0; p < pair.length; p++) {
        assertEquals(Math.sqrt((double) pair.length / columns) * sums[p], u[pair[p]], 1e-12);
      }
    }
    double[] again = new double[columns];
    new Ring(columns).back(u, again);
    assertArrayEquals(x, again, 1e-12);
  }

  @Test
  void settingsAndRowsOutOfRangeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Stationary(3));
    Samples rows = Samples.of(2, new double[] {1, 2, 3, Double.NaN});
    assertThrows(
        InvalidDataException.class,
        () -> new Stationary(4).fit(FitRequest.of(rows), new Isotropic()));
  }
}
