package dev.espalier.estimators.closedform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SelectionTest {

  @Test
  void everyRankIsThatOfTheSortedValues() {
    RandomGenerator random = Laws.random("everyRankIsThatOfTheSortedValues");
    for (int n = 1; n < 40; n++) {
      double[] values = new double[n];
      for (int i = 0; i < n; i++) {
        values[i] = n % 3 == 0 ? random.nextInt(4) : random.nextGaussian();
      }
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      for (int k = 1; k <= n; k++) {
        assertEquals(sorted[n - k], Selection.greatest(values.clone(), k), 0.0);
      }
    }
  }
}
