package dev.espalier.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class NoiseLevelTest {

  @Test
  void steppingToANoisierLevelComposes() {
    NoiseLevel clean = new NoiseLevel(0.9, 0.3);
    NoiseLevel noisy = new NoiseLevel(0.5, 2.0);
    NoiseLevel step = clean.to(noisy);
    assertEquals(noisy.a(), step.a() * clean.a(), 1e-15);
    assertEquals(noisy.b(), step.a() * step.a() * clean.b() + step.b(), 1e-15);
  }

  @Test
  void steppingToACleanerLevelIsRefused() {
    NoiseLevel noisy = NoiseLevel.preserving(0.5);
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> noisy.to(NoiseLevel.preserving(0.4)));
    assertTrue(e.getMessage().startsWith("need a noisier level than"), e.getMessage());
  }

  @Test
  void tinyNoiseKeepsItsDigits() {
    NoiseLevel level = NoiseLevel.preserving(1.1e-21);
    assertEquals(1.1e-21, level.b());
    assertEquals(-Math.log(1.1e-21), level.logSnr(), 1e-12);
  }

  @Test
  void theEndsOfTheRangeAreLevels() {
    assertEquals(Double.POSITIVE_INFINITY, NoiseLevel.CLEAN.logSnr());
    assertEquals(Double.NEGATIVE_INFINITY, new NoiseLevel(0, 1).logSnr());
    assertThrows(IllegalArgumentException.class, () -> new NoiseLevel(0, 0));
    assertThrows(IllegalArgumentException.class, () -> new NoiseLevel(Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> new NoiseLevel(1, -1e-300));
  }

  @Test
  void aRangeContainsItsEndsAndSaysWhatItMisses() {
    NoiseRange range = new NoiseRange(-1, 1);
    assertTrue(range.contains(new NoiseLevel(1, Math.exp(1))));
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> range.require(new NoiseLevel(1, Math.exp(3))));
    assertTrue(e.getMessage().contains("log SNR from -1.0 to 1.0"), e.getMessage());
    assertTrue(NoiseRange.ALL.contains(NoiseLevel.CLEAN));
    assertTrue(NoiseRange.ALL.contains(new NoiseLevel(0, 1)));
  }

  @Test
  void bisectionInvertsASchedule() {
    NoiseSchedule schedule = t -> new NoiseLevel(1 - t, t * t);
    for (double t : new double[] {1e-9, 0.1, 0.5, 0.999}) {
      assertEquals(t, schedule.timeOf(schedule.at(t).logSnr()), 1e-12);
    }
    assertEquals(0, schedule.timeOf(Double.POSITIVE_INFINITY));
    assertEquals(1, schedule.timeOf(Double.NEGATIVE_INFINITY));
  }

  @Test
  void aGridMustDescend() {
    NoiseLevel noisy = NoiseLevel.preserving(0.9);
    NoiseLevel clean = NoiseLevel.preserving(0.1);
    assertEquals(2, TimeGrid.check(List.of(noisy, clean)).size());
    assertThrows(IllegalArgumentException.class, () -> TimeGrid.check(List.of(noisy, noisy)));
    assertThrows(IllegalArgumentException.class, () -> TimeGrid.check(List.of(clean, noisy)));
    assertThrows(IllegalArgumentException.class, () -> TimeGrid.check(List.of(noisy)));
    assertThrows(
        IllegalArgumentException.class,
        () -> TimeGrid.check(List.of(noisy, NoiseLevel.CLEAN, NoiseLevel.CLEAN)));
  }
}
