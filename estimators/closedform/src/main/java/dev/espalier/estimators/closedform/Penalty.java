package dev.espalier.estimators.closedform;

import java.io.Serializable;

/**
 * The penalty of a ridge regression on features of unit variance: a number, or {@code auto}.
 *
 * @param value at least 0; {@code NaN} for {@code auto}, which is generalised cross-validation
 */
public record Penalty(double value) implements Serializable {

  /** Chosen by generalised cross-validation. */
  public static final Penalty AUTO = new Penalty(Double.NaN);

  /** Checks the range. */
  public Penalty {
    if (value < 0 || value == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("need a finite penalty >= 0 or auto, got " + value);
    }
  }

  /** Reads {@code auto} or a number. */
  public static Penalty parse(String text) {
    if (text.equals("auto")) {
      return AUTO;
    }
    try {
      double value = Double.parseDouble(text);
      if (!Double.isNaN(value)) {
        return new Penalty(value);
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("need auto or a number >= 0, got " + text, e);
    }
    throw new IllegalArgumentException("need auto or a number >= 0, got " + text);
  }

  /** Whether it is to be chosen. */
  public boolean chosen() {
    return Double.isNaN(value);
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    return chosen() ? "auto" : Double.toString(value);
  }
}
