package dev.espalier.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LineTest {
  private static final Line LINE = Line.of(-10, 10, 0.02);

  private static double[] normal(double mean, double variance) {
    double[] points = LINE.points();
    double[] density = new double[points.length];
    for (int i = 0; i < points.length; i++) {
      double z = points[i] - mean;
      density[i] =
          StrictMath.exp(-0.5 * z * z / variance) / StrictMath.sqrt(2 * Math.PI * variance);
    }
    return density;
  }

  private static double worst(double[] p, double[] q) {
    double worst = 0;
    for (int i = 0; i < p.length; i++) {
      worst = Math.max(worst, Math.abs(p[i] - q[i]));
    }
    return worst;
  }

  @Test
  void spacingIsAtMostWhatWasAskedFor() {
    assertEquals(1024, LINE.size());
    assertEquals(-10, LINE.points()[0]);
    assertEquals(10 - LINE.spacing(), LINE.points()[1023], 1e-12);
  }

  @Test
  void blurAddsVariances() {
    double[] blurred = LINE.blur(normal(0.3, 0.6), 0.4, new Fourier(LINE.size()));
    assertEquals(0, worst(normal(0.3, 1), blurred), 1e-14);
    assertTrue(worst(normal(0.3, 1.001), blurred) > 1e-5);
  }

  @Test
  void spreadAddsVariancesOfEachPoint() {
    double[] mean = LINE.points();
    double[] deviation = new double[mean.length];
    Arrays.fill(deviation, StrictMath.sqrt(0.4));
    assertEquals(0, worst(normal(0, 1), LINE.spread(normal(0, 0.6), mean, deviation)), 1e-12);
  }

  @Test
  void interpolationFollowsAMap() {
    double[] nodes = LINE.points();
    double[] values = normal(0, 1);
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = 0.8 * nodes[i] + 0.1;
      values[i] /= 0.8;
    }
    assertEquals(0, worst(normal(0.1, 0.64), LINE.interpolate(nodes, values, 0, 0)), 1e-9);
    double[] falling = {0, 1, 0.5, 2, 3, 4, 5};
    assertThrows(IllegalStateException.class, () -> LINE.interpolate(falling, new double[7], 0, 0));
  }

  @Test
  void cumulativeIsTheIntegral() {
    double[] below = LINE.cumulative(normal(0, 1));
    assertEquals(0.5, below[512], 1e-13);
    assertEquals(0.8413447460685429, below[512 + (int) Math.round(1 / LINE.spacing())], 2e-3);
    assertEquals(1, below[1023], 1e-13);
    Line exact = new Line(-8, 8, 1024);
    double[] there = exact.cumulative(Laws.standardNormal(exact.points()));
    assertEquals(0.8413447460685429, there[512 + 64], 1e-12);
  }

  @Test
  void totalVariationsAgree() {
    double[] p = normal(0, 1);
    double[] q = normal(1, 1);
    double exact = 0.3829249225480262;
    assertEquals(exact, LINE.totalVariation(p, q), 1e-5);
    assertEquals(exact, LINE.totalVariationBetween(LINE.cumulative(p), LINE.cumulative(q)), 1e-4);
  }

  @Test
  void scalesInManyDimensionsAreApartAsTabulated() {
    assertEquals(0, Radial.ofScales(1, 5));
    // In two dimensions the squared length is exponential: |r^(-1/(r-1)) - r^(-r/(r-1))|.
    double ratio = 1.5;
    double near = StrictMath.pow(ratio, -1 / (ratio - 1));
    double far = StrictMath.pow(ratio, -ratio / (ratio - 1));
    assertEquals(near - far, Radial.ofScales(ratio, 2), 1e-12);
    assertEquals(near - far, Radial.ofScales(1 / ratio, 2), 1e-12);
    assertEquals(StrictMath.log(24), Radial.logGammaOfHalf(10), 1e-12);
    assertEquals(
        0.5 * StrictMath.log(Math.PI) - StrictMath.log(2), Radial.logGammaOfHalf(3), 1e-14);
  }
}
