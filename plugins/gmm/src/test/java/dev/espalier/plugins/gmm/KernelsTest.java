package dev.espalier.plugins.gmm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.testkit.Cases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class KernelsTest {

  @Test
  void exponentialsAreWithinTwoUnitsInTheLastPlace(TestInfo test) {
    Cases.of(test, random -> -40 * random.nextDouble() * random.nextDouble())
        .count(20_000)
        .edges(0.0, -0.0, -1e-300, -1e-17, -0.34657359027997264, -0.34657359027997270, -40.0)
        .check(
            x -> {
              double[] value = {x};
              Kernels.exp(1, value, new double[1]);
              double exact = StrictMath.exp(x);
              assertEquals(exact, value[0], 2 * Math.ulp(exact));
            });
  }

  @Test
  void negligibleExponentialsAreZero() {
    double[] values = {-40.1, -41, -700, -1e308, Double.NEGATIVE_INFINITY, 0};
    Kernels.exp(6, values, new double[6]);
    for (int i = 0; i < 5; i++) {
      assertEquals(0, values[i]);
    }
    assertEquals(1, values[5]);
  }
}
