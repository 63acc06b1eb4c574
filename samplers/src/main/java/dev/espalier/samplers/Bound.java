package dev.espalier.samplers;

import java.io.Serializable;

/**
 * An end of a time grid: a number, or {@code auto} for the usual one, moved into the range that the
 * score knows.
 *
 * @param value the number; {@code NaN} stands for {@code auto}
 */
public record Bound(double value) implements Serializable {

  /** The usual end, moved into the range that the score knows. */
  public static final Bound AUTO = new Bound(Double.NaN);

  /** Checks the range. */
  public Bound {
    if (Double.isInfinite(value)) {
      throw new IllegalArgumentException("need a finite bound or auto, got " + value);
    }
  }

  /** Exactly {@code value}; a score that does not know this level is refused. */
  public static Bound of(double value) {
    return parse(Double.toString(value));
  }

  /** Reads {@code auto} or a number. */
  public static Bound parse(String text) {
    if (text.equals("auto")) {
      return AUTO;
    }
    try {
      double value = Double.parseDouble(text);
      if (!Double.isNaN(value)) {
        return new Bound(value);
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("need auto or a number, got " + text, e);
    }
    throw new IllegalArgumentException("need auto or a number, got " + text);
  }

  /** The number, or the usual one moved into the range from {@code low} to {@code high}. */
  double within(double usual, double low, double high) {
    return Double.isNaN(value) ? Math.max(low, Math.min(high, usual)) : value;
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    return Double.isNaN(value) ? "auto" : Double.toString(value);
  }
}
