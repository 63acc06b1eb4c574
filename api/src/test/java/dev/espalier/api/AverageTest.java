package dev.espalier.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AverageTest {

  @Test
  void theErrorIsThatOfTheMean() {
    // deviations −3, −1, 1, 3: variance 20/3, and of the mean 20/12
    assertEquals(new Average(5, Math.sqrt(20.0 / 3 / 4)), Average.of(new double[] {2, 4, 6, 8}));
    assertEquals(new Average(-1, 0), Average.of(new double[] {-1, -1}));
  }

  @Test
  void whatIsNotKnownIsNotWithin() {
    assertEquals(new Average(7, Double.NaN), Average.of(new double[] {7}));
    assertEquals(new Average(Double.NaN, Double.NaN), Average.of(new double[0]));
    assertFalse(Average.of(new double[] {-7}).within(2));
    assertTrue(new Average(2, 1).within(2));
    assertFalse(new Average(Math.nextUp(2.0), 1).within(2));
    assertTrue(new Average(-3, 0).within(1));
  }
}
