package dev.espalier.api;

import java.io.Serializable;

/**
 * A whole number to be used or chosen: {@code 3}, {@code 1..20}, or {@code auto}.
 *
 * @param low the least value allowed
 * @param high the greatest value allowed; equal to {@code low} where nothing is to be chosen
 */
public record Size(int low, int high) implements Serializable {

  /** Chosen by whoever uses it, without bounds from the user. */
  public static final Size AUTO = new Size(0, Integer.MAX_VALUE);

  /** Checks the order. */
  public Size {
    if (!(low >= 0 && low <= high)) {
      throw new IllegalArgumentException("need 0 <= low <= high, got " + low + ".." + high);
    }
  }

  /** Exactly {@code value}. */
  public static Size of(int value) {
    return new Size(value, value);
  }

  /** To be chosen from {@code low} to {@code high}, both included. */
  public static Size between(int low, int high) {
    return new Size(low, high);
  }

  /** Reads {@code auto}, {@code 3} or {@code 1..20}. */
  public static Size parse(String text) {
    try {
      if (text.equals("auto")) {
        return AUTO;
      }
      int dots = text.indexOf("..");
      return dots < 0
          ? of(Integer.parseInt(text))
          : between(
              Integer.parseInt(text.substring(0, dots)),
              Integer.parseInt(text.substring(dots + 2)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("need auto, a number or a range like 1..20, got " + text);
    }
  }

  /** Whether one value is fixed, so that nothing is to be chosen. */
  public boolean fixed() {
    return low == high;
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    return equals(AUTO) ? "auto" : fixed() ? Integer.toString(low) : low + ".." + high;
  }
}
