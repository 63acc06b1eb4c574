package dev.espalier.samplers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseSchedule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchedulesTest {

  static Stream<NoiseSchedule> schedules() {
    return Stream.of(
        Ou.standard(),
        new Ou(0.3),
        VpLinear.standard(),
        new VpLinear(2, 2),
        VpCosine.standard(),
        new VpCosine(0),
        Ve.standard(),
        Edm.standard(),
        new Flow());
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void timeOfInvertsAt(NoiseSchedule schedule) {
    for (double t : new double[] {1e-6, 1e-3, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.999}) {
      assertEquals(t, schedule.timeOf(schedule.at(t).logSnr()), 1e-12, schedule + " at " + t);
    }
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void levelsConvertToEverySchedule(NoiseSchedule schedule) {
    for (NoiseSchedule other : schedules().toList()) {
      for (double t : new double[] {0.2, 0.4, 0.6}) {
        double logSnr = schedule.at(t).logSnr();
        double there = other.timeOf(logSnr);
        if (there > 0 && there < 1) {
          assertEquals(logSnr, other.at(there).logSnr(), 1e-12 * Math.max(1, Math.abs(logSnr)));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void timeOfAgreesWithBisection(NoiseSchedule schedule) {
    NoiseSchedule plain = schedule::at;
    for (double logSnr : new double[] {-6, -3, -1, 0, 0.5, 2, 5}) {
      assertEquals(plain.timeOf(logSnr), schedule.timeOf(logSnr), 1e-12, schedule + ", " + logSnr);
    }
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void endsAreReachedOrClamped(NoiseSchedule schedule) {
    assertEquals(1, schedule.timeOf(Double.NEGATIVE_INFINITY));
    assertEquals(0, schedule.timeOf(Double.POSITIVE_INFINITY));
    assertEquals(1, schedule.timeOf(-2000));
    assertEquals(0, schedule.timeOf(2000), 1e-300);
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void noiseRisesWithTime(NoiseSchedule schedule) {
    double before = Double.POSITIVE_INFINITY;
    for (int k = schedule instanceof Ve ? 0 : 1; k <= 1000; k++) {
      double now = schedule.at(k / 1000.0).logSnr();
      assertTrue(now < before, schedule + " at " + k);
      before = now;
    }
  }

  @Test
  void variancePreservingSchedulesPreserveVariance() {
    for (NoiseSchedule schedule :
        List.of(Ou.standard(), VpLinear.standard(), VpCosine.standard(), new VpCosine(0))) {
      for (int k = 0; k <= 100; k++) {
        NoiseLevel level = schedule.at(k / 100.0);
        assertEquals(1, level.a() * level.a() + level.b(), 1e-14, schedule + " at " + k);
      }
    }
  }

  @Test
  void smallVariancesKeepAllDigits() {
    double t = 1e-13;
    assertEquals(2 * 5 * t, Ou.standard().at(t).b(), 1e-12 * t * 10);
    assertEquals(0.1 * t, VpLinear.standard().at(t).b(), 1e-12 * t);
    double start = 0.5 * Math.PI * 0.008 / 1.008;
    double slope = 2 * StrictMath.tan(start) * (0.5 * Math.PI - start);
    assertEquals(slope * t, VpCosine.standard().at(t).b(), 1e-10 * slope * t);
  }

  @Test
  void someLevelsAreKnown() {
    assertEquals(new NoiseLevel(0.75, 0.0625), new Flow().at(0.25));
    assertEquals(new NoiseLevel(0, 1), VpCosine.standard().at(1));
    assertEquals(new NoiseLevel(1, 1600), Edm.standard().at(0.5));
    assertEquals(0.5, Ve.standard().at(StrictMath.log(50) / StrictMath.log(5000)).sigma(), 1e-12);
    assertEquals(-10, Ou.standard().at(1).logSnr(), 1e-4);
  }

  @Test
  void rangesAreChecked() {
    assertEquals(
        "need a finite horizon > 0, got -1.0",
        assertThrows(IllegalArgumentException.class, () -> new Ou(-1)).getMessage());
    assertEquals(
        "need betaMin <= betaMax, got betaMin=3.0, betaMax=2.0",
        assertThrows(IllegalArgumentException.class, () -> new VpLinear(3, 2)).getMessage());
    assertEquals(
        "need a finite offset >= 0, got NaN",
        assertThrows(IllegalArgumentException.class, () -> new VpCosine(Double.NaN)).getMessage());
    assertEquals(
        "need sigmaMin < sigmaMax, got sigmaMin=3.0, sigmaMax=3.0",
        assertThrows(IllegalArgumentException.class, () -> new Ve(3, 3)).getMessage());
    assertEquals(
        "need a time from 0 to 1, got 1.5",
        assertThrows(IllegalArgumentException.class, () -> new Flow().at(1.5)).getMessage());
  }
}
