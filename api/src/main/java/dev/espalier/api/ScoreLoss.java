package dev.espalier.api;

import java.util.random.RandomGenerator;

/**
 * The held-out score loss: how far the posterior mean of a noised row is from the clean row.
 *
 * <p>{@code E‖m(a·x0 + √b·w) − x0‖²/d} is the denoising loss in units of the clean row. Its least
 * value over all functions is reached by the true score, so it ranks scores of every kind on rows
 * that they were not fitted to. The noise of row i at a level depends on the seed, i and the level
 * alone, so that scores compare on common random numbers.
 */
public final class ScoreLoss {

  private static final int BLOCK = 256;

  private ScoreLoss() {}

  /**
   * The loss of every row at one level: {@code ‖m(x) − x0‖²/d}, one noise draw a row.
   *
   * @throws IllegalArgumentException if a cell is missing or the columns differ
   */
  public static double[] perRow(Score score, NoiseLevel level, Samples rows, long seed) {
    int d = score.columns();
    if (rows.columns() != d || rows.hasMissing()) {
      throw new IllegalArgumentException(
          "need complete rows of "
              + d
              + " columns, got "
              + rows
              + (rows.hasMissing() ? " with missing cells" : ""));
    }
    Streams streams =
        new Streams(new Streams(seed).seed("score loss", Double.doubleToLongBits(level.logSnr())));
    double root = Math.sqrt(level.b());
    double[] losses = new double[rows.count()];
    for (int from = 0; from < rows.count(); from += BLOCK) {
      int to = Math.min(rows.count(), from + BLOCK);
      double[] clean = new double[(to - from) * d];
      double[] noisy = new double[clean.length];
      double[] mean = new double[clean.length];
      rows.copyRows(from, to, clean, 0);
      for (int i = from; i < to; i++) {
        RandomGenerator random = streams.stream("row", i);
        for (int j = (i - from) * d; j < (i - from + 1) * d; j++) {
          noisy[j] = level.a() * clean[j] + root * random.nextGaussian();
        }
      }
      score.posteriorMean(level, noisy, mean);
      for (int i = from; i < to; i++) {
        double sum = 0;
        for (int j = (i - from) * d; j < (i - from + 1) * d; j++) {
          double error = mean[j] - clean[j];
          sum += error * error;
        }
        losses[i] = sum / d;
      }
    }
    return losses;
  }
}
