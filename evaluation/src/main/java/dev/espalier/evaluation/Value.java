package dev.espalier.evaluation;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a metric says.
 *
 * @param value the number
 * @param error its standard error; null where there is none
 * @param p the chance of so great a value if the laws were equal; null where that was not tested
 * @param rows how many drawn rows were looked at
 */
public record Value(double value, @Nullable Double error, @Nullable Double p, int rows)
    implements Serializable {

  /** A number alone. */
  public static Value of(double value, int rows) {
    return new Value(value, null, null, rows);
  }

  /** A number with its standard error. */
  public static Value of(Estimate estimate, int rows) {
    return new Value(estimate.value(), estimate.error(), null, rows);
  }

  /** Half the width of the 95 % interval; 0 where no error is known. */
  public double margin() {
    return error == null ? 0 : 1.96 * error;
  }

  /** The same with the p-value of a test of equal laws. */
  public Value withP(double p) {
    return new Value(value, error, p, rows);
  }
}
