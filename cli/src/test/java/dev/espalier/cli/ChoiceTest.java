package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.evaluation.EnergyComparison;
import dev.espalier.evaluation.Estimate;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** A plain law gives way only to what is closer beyond doubt. */
class ChoiceTest {

  private static Samples rows(long seed, String who, double shift) {
    RandomGenerator random = new Streams(seed).stream(who, 0);
    double[] values = new double[160];
    for (int k = 0; k < values.length; k++) {
      values[k] = shift + random.nextGaussian();
    }
    return Samples.of(2, values);
  }

  @Test
  void aNetworkIsTakenAndCalledCloserOnlyWhereTheIntervalIsClearOfZero() {
    List<String> names = List.of("gaussian()", "gmm()", "network()");
    int taken = 0;
    int closerInDoubt = 0;
    for (long seed = 0; seed < 150; seed++) {
      RandomGenerator random = new Streams(seed).stream("shifts", 0);
      EnergyComparison comparison =
          EnergyComparison.of(
              rows(seed, "held out", 0),
              List.of(
                  rows(seed, "gaussian", 1.2 * random.nextDouble()),
                  rows(seed, "gmm", 1.2 * random.nextDouble()),
                  rows(seed, "network", 0.6 * random.nextDouble())));
      int chosen = Choice.chosen(comparison, 2);
      String reason = Choice.reason(comparison, 2, chosen, names::get);
      Estimate gap = comparison.difference(2, comparison.firstAsClose(0, 2));
      boolean clear = gap.value() + 1.96 * gap.error() < 0;
      assertEquals(clear, chosen == 2, reason);
      assertEquals(clear, reason.startsWith("network() is closer beyond doubt"), reason);
      assertEquals(!clear, reason.contains("not closer beyond doubt"), reason);
      taken += clear ? 1 : 0;
      closerInDoubt += !clear && gap.value() < 0 ? 1 : 0;
    }
    assertTrue(taken > 20, "networks that are better are taken: " + taken);
    assertTrue(closerInDoubt > 20, "and others are closer, but in doubt: " + closerInDoubt);
  }

  @Test
  void amongPlainLawsTheSimplestOfTheCloseOnesIsTaken() {
    EnergyComparison comparison =
        EnergyComparison.of(
            rows(1, "held out", 0), List.of(rows(1, "far", 2), rows(1, "a", 0), rows(1, "b", 0)));
    assertEquals(comparison.firstAsClose(), Choice.chosen(comparison, 3));
    assertEquals(1, Choice.chosen(comparison, 3));
    assertTrue(Choice.reason(comparison, 3, 1, k -> "law " + k).startsWith("law 1 is the first"));
  }
}
