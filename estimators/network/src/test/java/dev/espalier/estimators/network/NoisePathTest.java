package dev.espalier.estimators.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Streams;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoisePathTest {

  private static final NoiseRange RANGE = new NoiseRange(-6, 7);

  private static NoisePath of(Paths paths) {
    return new NoisePath(RANGE, paths, new Streams(3));
  }

  /** Noise of one path at two levels correlates as a Brownian motion in b/a². */
  @ParameterizedTest
  @EnumSource(Paths.class)
  void twoLevelsOfAPathAreCorrelated(Paths paths) {
    // Hypothesis: variance 1 and correlation exp(-gap/2); 20,000 pairs, false-alarm rate 1e-6 each.
    NoisePath path = of(paths);
    double late = path.known(-1);
    double early = path.before(late, new Streams(5).stream("before", 0));
    assertTrue(early > late && early < late + 1, () -> early + " after " + late);
    int count = 20_000;
    double[] noise = new double[1];
    double[] first = new double[1];
    double squares = 0;
    double product = 0;
    for (int i = 0; i < count; i++) {
      RandomGenerator random = new Streams(4).stream("row", i);
      path.draw(i, late, early, random, noise, first);
      squares += noise[0] * noise[0] / count;
      product += noise[0] * first[0] / count;
    }
    double correlation = StrictMath.exp(0.5 * (late - early));
    double error = Math.sqrt((1 + correlation * correlation) / count);
    assertEquals(1, squares, 4.89 * Math.sqrt(2.0 / count));
    assertEquals(correlation, product, 4.89 * error);
    assertTrue(Math.abs(product - correlation * correlation) > 4.89 * error);
  }

  @Test
  void aFixedPathIsTheSameWheneverItIsSeen() {
    NoisePath path = of(Paths.FIXED);
    double late = path.known(-1);
    double early = path.before(late, new Streams(5).stream("before", 0));
    double[][] seen = new double[2][3];
    double[][] before = new double[2][3];
    for (int k = 0; k < 2; k++) {
      path.draw(7, late, early, new Streams(k).stream("other", k), seen[k], before[k]);
    }
    assertArrayEquals(seen[0], seen[1]);
    assertArrayEquals(before[0], before[1]);
    double[] alone = new double[3];
    path.draw(7, early, early, new Streams(9).stream("other", 0), alone, new double[3]);
    assertArrayEquals(before[0], alone);
  }

  @Test
  void nothingIsEarlierThanTheCleanestLevel() {
    for (Paths paths : Paths.values()) {
      NoisePath path = of(paths);
      RandomGenerator random = new Streams(1).stream("before", 0);
      assertEquals(RANGE.cleanest(), path.before(RANGE.cleanest(), random));
      List<NoiseLevel> through = path.through(path.known(0));
      assertEquals(path.known(0), through.get(through.size() - 1).logSnr(), 1e-9);
      assertTrue(through.get(0).logSnr() <= RANGE.cleanest() + 1e-9);
      assertTrue(through.size() > 10, through::toString);
    }
    NoisePath narrow = new NoisePath(new NoiseRange(1, 1), Paths.FIXED, new Streams(1));
    assertEquals(1, narrow.known(1));
    assertEquals(1, narrow.before(1, new Streams(1).stream("before", 0)));
  }
}
