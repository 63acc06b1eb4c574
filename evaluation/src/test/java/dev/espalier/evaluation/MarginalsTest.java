package dev.espalier.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Samples;
import dev.espalier.testkit.Law;
import dev.espalier.testkit.Statistics;
import org.junit.jupiter.api.Test;

class MarginalsTest {

  @Test
  void theGapIsThatOfDistributionFunctions() {
    Samples one = Samples.of(new double[][] {{1, 0, 0}, {2, 0, 1}, {3, 0, 2}, {4, 1, 3}});
    Samples other = Samples.of(new double[][] {{2, 0, 9}, {3, 1, 8}});
    assertArrayEquals(new double[] {0.25, 0.25, 1}, Marginals.kolmogorovSmirnov(one, other), 1e-15);
    assertArrayEquals(new double[3], Marginals.kolmogorovSmirnov(one, one));
  }

  @Test
  void theGapOfShiftedNormalLawsIsTheClosedForm() {
    Samples one = EnergyStatisticalTest.normal(1, "one", 40_000, 0, 1);
    Samples other = EnergyStatisticalTest.normal(1, "other", 40_000, 1, 1);
    double expected = 2 * Statistics.normalCdf(0.5) - 1;
    assertEquals(expected, Marginals.kolmogorovSmirnov(one, other)[0], 2.69 * Math.sqrt(2 / 4e4));
  }

  @Test
  void oppositeCorrelationsDifferByTwo() {
    Samples rising = Samples.of(new double[][] {{1, 10}, {2, 20}, {3, 30}});
    Samples falling = Samples.of(new double[][] {{1, 30}, {2, 20}, {3, 10}});
    Samples flat = Samples.of(new double[][] {{1, 5}, {2, 5}, {3, 5}});
    assertEquals(2, Marginals.correlationError(rising, falling), 1e-12);
    assertEquals(1, Marginals.correlationError(rising, flat), 1e-12);
    assertEquals(0, Marginals.correlationError(rising, rising), 0);
    assertEquals(
        0, Marginals.correlationError(rising.columns(new int[] {0}), flat.columns(new int[] {0})));
  }

  @Test
  void scalingMapsTheRangeToOneAndTheDeviationToOne() {
    Samples rows = Samples.of(new double[][] {{2, 7}, {6, 7}, {4, 7}});
    assertEquals(
        Samples.of(new double[][] {{0, 0}, {1, 0}, {0.5, 0}}), Scaling.range(rows).apply(rows));
    Samples standard = Scaling.standard(rows).apply(rows);
    assertEquals(-Math.sqrt(1.5), standard.get(0, 0), 1e-12);
    assertEquals(0, standard.get(0, 1));
    Samples gaps = Samples.of(new double[][] {{2, Double.NaN}, {6, Double.NaN}});
    assertTrue(Double.isNaN(Scaling.range(gaps).apply(gaps).get(0, 1)));
    assertEquals(1, Scaling.standard(gaps).apply(gaps).get(1, 0), 1e-12);
  }

  @Test
  void slicedDistanceOfAShiftIsItsLengthOverTheRootOfColumns() {
    Samples rows = Law.threeInThePlane().rows(300, 1);
    double[] moved = rows.toArray();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += i % 2 == 0 ? 3 : 4;
    }
    Estimate distance = Wasserstein.sliced(rows, Samples.of(2, moved), 2000, 1);
    assertEquals(5 / Math.sqrt(2), distance.value(), 4.89 * distance.error());
    assertTrue(distance.error() < 0.05);
    assertEquals(distance, Wasserstein.sliced(rows, Samples.of(2, moved), 2000, 1));
    assertEquals(new Estimate(0, 0), Wasserstein.sliced(rows, rows, 10, 1));
  }
}
