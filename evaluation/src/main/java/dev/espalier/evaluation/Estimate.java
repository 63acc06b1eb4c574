package dev.espalier.evaluation;

import java.io.Serializable;

/**
 * A number estimated from rows, with its standard error.
 *
 * @param value the estimate
 * @param error its standard error, at least 0
 */
public record Estimate(double value, double error) implements Serializable {

  /** Checks the range. */
  public Estimate {
    if (!(error >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(
          "need a finite value and an error >= 0, got " + value + " and " + error);
    }
  }
}
