package dev.espalier.api;

import java.io.Serializable;

/**
 * The noise levels that a score knows, as an interval of {@link NoiseLevel#logSnr()}.
 *
 * <p>The interval speaks of every schedule at once: a score at {@code (a, b)} is a rescaled score
 * at any other level with the same ratio of signal to noise.
 *
 * @param noisiest the least log signal-to-noise ratio, maybe {@code -∞}
 * @param cleanest the greatest log signal-to-noise ratio, maybe {@code +∞}
 */
public record NoiseRange(double noisiest, double cleanest) implements Serializable {

  /** Every level, as closed forms know them. */
  public static final NoiseRange ALL =
      new NoiseRange(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** Checks the order. */
  public NoiseRange {
    if (!(noisiest <= cleanest)) {
      throw new IllegalArgumentException(
          "need noisiest <= cleanest in log SNR, got " + noisiest + " and " + cleanest);
    }
  }

  /** Whether {@code level} lies in this range, give or take the rounding of a conversion. */
  public boolean contains(NoiseLevel level) {
    double slack = 1e-9;
    double logSnr = level.logSnr();
    return logSnr >= noisiest - slack && logSnr <= cleanest + slack;
  }

  /** The levels that both ranges have. */
  public NoiseRange intersect(NoiseRange other) {
    return new NoiseRange(Math.max(noisiest, other.noisiest), Math.min(cleanest, other.cleanest));
  }

  /**
   * Fails unless this range contains {@code level}.
   *
   * @throws IllegalArgumentException naming the range and the level
   */
  public void require(NoiseLevel level) {
    if (!contains(level)) {
      throw new IllegalArgumentException(
          "this score was trained for log SNR from "
              + noisiest
              + " to "
              + cleanest
              + ", got "
              + level.logSnr()
              + " at "
              + level
              + ". Choose a time grid inside the range or train on a wider one");
    }
  }
}
