package dev.espalier.samplers;

import java.io.Serializable;

/**
 * The loss of a score at one noise level, written {@code -4:0.93}.
 *
 * @param logSnr the log signal-to-noise ratio of the level; finite
 * @param loss the mean squared error of the posterior mean, in any unit; finite and at least 0
 */
public record LevelLoss(double logSnr, double loss) implements Serializable {

  /** Checks the ranges. */
  public LevelLoss {
    if (!(Math.abs(logSnr) < Double.POSITIVE_INFINITY
        && loss >= 0
        && loss < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "need a finite log signal-to-noise ratio and a finite loss >= 0, got "
              + logSnr
              + " and "
              + loss);
    }
  }

  /** Reads {@code logSnr:loss}. */
  public static LevelLoss parse(String text) {
    int colon = text.indexOf(':');
    try {
      return new LevelLoss(
          Double.parseDouble(text.substring(0, Math.max(0, colon))),
          Double.parseDouble(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "need a log signal-to-noise ratio and a loss such as -4:0.93, got " + text, e);
    }
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    return logSnr + ":" + loss;
  }
}
