package dev.espalier.estimators.closedform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Evidence;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What every structure is held against. */
class NoneFinderTest {

  /** Normal rows whose columns share a part of them all. */
  private static Evidence look(double common) {
    double[] values = new double[400 * 4];
    RandomGenerator random = new Streams(6).stream("rows", 0);
    Arrays.setAll(values, i -> random.nextGaussian());
    for (int i = 0; i < values.length; i += 4) {
      double part = common * random.nextGaussian();
      for (int j = 0; j < 4; j++) {
        values[i + j] += part;
      }
    }
    return new NoneFinder().find(FitRequest.of(Samples.of(4, values)).withSeed(3));
  }

  @Test
  void isotropicRowsNeedNoCovariance() {
    Evidence evidence = look(0);
    assertEquals("isotropic", evidence.choice().size());
    assertEquals(new Isotropic(), evidence.choice().estimator());
    assertEquals(
        "independent columns of equal variance explain the rows as well as correlations do",
        evidence.verdict());
    assertTrue(evidence.structures().isEmpty());
  }

  @Test
  void correlatedRowsDo() {
    Evidence evidence = look(2);
    assertEquals("one normal law", evidence.choice().size());
    assertEquals(new Gaussian(), evidence.choice().estimator());
    assertEquals("columns are correlated or differ in variance", evidence.verdict());
    assertTrue(evidence.choice().loss().mean() < evidence.candidates().get(0).loss().mean());
  }
}
