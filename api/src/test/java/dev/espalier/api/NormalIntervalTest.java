package dev.espalier.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NormalIntervalTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  /** Low, high, log of the probability, mean and variance, by arithmetic of 60 digits. */
  private static final double[][] KNOWN = {
    {-1.0, 2.0, -0.20016629432446258, 0.22963717909132897, 0.51976253921153394},
    {-INF, INF, 0.0, 0.0, 1.0},
    {0.0, INF, -0.69314718055994531, 0.79788456080286536, 0.36338022763241866},
    {2.0, 3.0, -3.8443534263342056, 2.3158213267437818, 0.06152077957448997},
    {2.2999, 2.3001, -12.08113171747102, 2.2999999923333334, 3.3333332936214884e-9},
    {5.0, INF, -15.064998393988726, 5.1865039671258421, 0.032696434617112225},
    {40.0, INF, -804.60844201375379, 40.024968847207264, 0.00062266837859138877},
    {-41.0, -40.0, -804.60844201375379, -40.024968847207264, 0.00062266837859138626},
    {10.0, 10.0001, -60.129778865182769, 10.000049991666625, 8.3333329138458961e-10},
    {-8.0, -7.0, -27.384793700719941, -7.137067160546622, 0.017792884924545707},
    {-0.2, 9.0, -0.54600435372277412, 0.67507317979029196, 0.40926156596976574},
    {0.4, 0.402, -7.2139472714933562, 0.40099986633335261, 3.3333327816882929e-7},
    {30.0, 31.0, -454.32124395634325, 30.033259667433622, 0.0011037715118352823},
    {-INF, -3.0, -6.6077262215103495, -3.2830986549304365, 0.070559186785268117},
    {-INF, 3.0, -0.0013508099647481938, -0.0044378390421256638, 0.98666678845825919},
    {100000.0, 100000.5, -5000000012.431864, 100000.00001, 9.999999994e-11},
  };

  /** Low, high, u and its quantile. */
  private static final double[][] QUANTILES = {
    {-1.0, 2.0, 0.25, -0.34964142929246547},
    {0.0, INF, 0.5, 0.67448975019608174},
    {5.0, INF, 0.999, 6.1976008229360916},
    {40.0, INF, 0.1, 40.002632283207007},
    {2.0, 3.0, 0.5, 2.2555308204204384},
    {-3.0, 1.0, 1e-12, -2.999999999810464},
    {10.0, 10.0001, 0.3, 10.000029989501355},
    {0.6, INF, 1e-09, 0.6000000008230278},
    {-2.0, 5.0, 0.9999999, 4.9431372909485897},
  };

  @Test
  void probabilitiesAndMomentsAreRightFarIntoTheTails() {
    for (double[] known : KNOWN) {
      NormalInterval interval = NormalInterval.of(known[0], known[1]);
      String where = known[0] + " to " + known[1];
      assertEquals(known[2], interval.logMass(), 1e-12 * (1 + Math.abs(known[2])), where);
      assertEquals(known[3], interval.mean(), 1e-12 * (1 + Math.abs(known[3])), where);
      assertEquals(known[4], interval.variance(), 1e-5 * known[4], where);
    }
  }

  @Test
  void quantilesAreRight() {
    for (double[] known : QUANTILES) {
      double found = NormalInterval.of(known[0], known[1]).quantile(known[2]);
      assertEquals(known[3], found, 2e-11 * Math.abs(known[3]), known[0] + " to " + known[1]);
    }
  }

  @Test
  void theMirrorImageIsExact() {
    for (double[] known : KNOWN) {
      NormalInterval one = NormalInterval.of(known[0], known[1]);
      NormalInterval other = NormalInterval.of(-known[1], -known[0]);
      assertEquals(one.logMass(), other.logMass(), 1e-15);
      assertEquals(one.variance(), other.variance(), 1e-12);
      assertEquals(one.quantile(0.25), -other.quantile(0.75), 1e-12);
    }
  }

  @Test
  void quantilesRiseFromEndToEnd() {
    for (double[] known : KNOWN) {
      NormalInterval interval = NormalInterval.of(known[0], known[1]);
      assertEquals(known[0], interval.quantile(0), 1e-9 * Math.abs(known[0]));
      assertEquals(known[1], interval.quantile(1), 1e-9 * Math.abs(known[1]));
      double before = interval.quantile(0);
      for (int k = 1; k <= 200; k++) {
        double next = interval.quantile(k / 200.0);
        assertTrue(next >= before, known[0] + " to " + known[1] + " at " + k);
        before = next;
      }
    }
  }

  @Test
  void emptyIntervalsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> NormalInterval.of(1, 1));
    assertThrows(IllegalArgumentException.class, () -> NormalInterval.of(Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> NormalInterval.of(0, 1).quantile(1.5));
  }
}
