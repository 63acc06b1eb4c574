package dev.espalier.filtering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LorenzTest {
  private static final RandomGenerator RANDOM = new Streams(1).stream("test", 0);

  @Test
  void statesAtRestStayThere() {
    double rest = Math.sqrt(8.0 / 3 * 27);
    double[] convection = {rest, rest, 27};
    new Lorenz63(0).advance(convection, 0.5, RANDOM);
    assertEquals(rest, convection[0], 1e-9);
    assertEquals(27, convection[2], 1e-9);
    double[] weather = new double[7];
    Arrays.fill(weather, 8);
    new Lorenz96(7, 8).advance(weather, 0.2, RANDOM);
    assertEquals(8, weather[3], 1e-12);
  }

  @Test
  void theCircleHasNoBeginning() {
    Lorenz96 weather = Lorenz96.standard();
    double[] state = new double[40];
    double[] turned = new double[40];
    for (int j = 0; j < 40; j++) {
      state[j] = StrictMath.sin(j * j);
      turned[(j + 7) % 40] = state[j];
    }
    weather.advance(state, 1, RANDOM);
    weather.advance(turned, 1, RANDOM);
    for (int j = 0; j < 40; j++) {
      assertEquals(state[j], turned[(j + 7) % 40], 1e-12);
    }
  }

  @Test
  void shorterAdvancesComeToTheSame() {
    double[] once = {1, 2, 20};
    double[] twice = once.clone();
    Lorenz63 convection = new Lorenz63(0);
    convection.advance(once, 0.2, RANDOM);
    convection.advance(twice, 0.1, RANDOM);
    convection.advance(twice, 0.1, RANDOM);
    for (int j = 0; j < 3; j++) {
      assertEquals(once[j], twice[j], 1e-12);
    }
  }

  @Test
  void theClimateHasItsKnownMoments() {
    Samples weather = Twin.climate(Lorenz96.standard(), 60, 10, 4);
    double mean = 0;
    double square = 0;
    for (double value : weather.toArray()) {
      mean += value / 2400;
      square += value * value / 2400;
    }
    assertEquals(2.35, mean, 0.3);
    assertEquals(3.63, Math.sqrt(square - mean * mean), 0.25);
  }

  @Test
  void noiseSpreadsWithTheRootOfTime() {
    double sum = 0;
    for (int i = 0; i < 400; i++) {
      double[] still = {0, 0, 0};
      new Lorenz63(2).advance(still, 0.25, new Streams(3).stream("noise", i));
      sum += still[2] * still[2] / 400;
    }
    assertEquals(1, sum, 0.35);
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> new Lorenz96(3, 8))
            .getMessage()
            .startsWith("need at least 4 columns"));
    assertThrows(IllegalArgumentException.class, () -> new Lorenz63(-1));
  }
}
