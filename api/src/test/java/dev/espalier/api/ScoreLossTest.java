package dev.espalier.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ScoreLossTest {

  /** The score of the Gaussian N(0, v·I). */
  private record Isotropic(int columns, double v) implements Score {
    @Override
    public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
      double a = level.a();
      double gain = a * v / (a * a * v + level.b());
      for (int i = 0; i < x.length; i++) {
        out[i] = gain * x[i];
      }
    }
  }

  private static Samples rows(int count, int columns, double v) {
    double[] values = new double[count * columns];
    RandomGenerator random = new Streams(1).stream("rows", 0);
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.sqrt(v) * random.nextGaussian();
    }
    return Samples.of(columns, values);
  }

  /**
   * Hypothesis: the mean loss of the true score of N(0, v) is the posterior variance b·v/(a²v + b).
   * Statistic: mean over 200,000 cells, alpha 1e-6; the score of a law with 5 % more variance loses
   * measurably more on the same noise.
   */
  @Test
  void theTrueScoreLosesThePosteriorVarianceAndAWrongOneMore() {
    double v = 1.7;
    Samples rows = rows(100_000, 2, v);
    NoiseLevel level = NoiseLevel.preserving(0.4);
    double expected = level.b() * v / (level.a() * level.a() * v + level.b());
    double[] losses = ScoreLoss.perRow(new Isotropic(2, v), level, rows, 5);
    double mean = mean(losses);
    // each cell's squared error is expected·chi²(1), with deviation expected·√2
    assertEquals(expected, mean, 4.89 * expected * Math.sqrt(2.0 / 200_000));
    assertTrue(mean(ScoreLoss.perRow(new Isotropic(2, 3 * v), level, rows, 5)) > mean);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  @Test
  void aRowsNoiseDependsOnItsIndexAlone() {
    Samples rows = rows(1_000, 3, 1);
    Score score = new Isotropic(3, 1);
    NoiseLevel level = NoiseLevel.exploding(0.3);
    double[] all = ScoreLoss.perRow(score, level, rows, 9);
    double[] some = ScoreLoss.perRow(score, level, rows.rows(0, 300), 9);
    assertArrayEquals(Arrays.copyOf(all, 300), some);
  }

  @Test
  void missingCellsAndOtherColumnsAreRefused() {
    Score score = new Isotropic(2, 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> ScoreLoss.perRow(score, NoiseLevel.CLEAN, rows(2, 3, 1), 0));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            ScoreLoss.perRow(
                score, NoiseLevel.CLEAN, Samples.of(2, new double[] {1, Double.NaN}), 0));
  }

  @Test
  void theDefaultScoreIsTweediesFormula() {
    Score score = new Isotropic(1, 2);
    NoiseLevel level = new NoiseLevel(0.8, 0.5);
    double[] out = new double[1];
    score.score(level, new double[] {1.3}, out);
    assertEquals(-1.3 / (0.64 * 2 + 0.5), out[0], 1e-15);
  }
}
