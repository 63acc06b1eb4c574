package dev.espalier.experiments;

import java.util.Locale;

/**
 * The values that are accepted, and the reference value where there is one.
 *
 * @param reference the value to compare with; {@code NaN} if there is none
 * @param low the least value accepted, maybe {@code -∞}
 * @param high the greatest value accepted, maybe {@code +∞}
 */
public record Accepted(double reference, double low, double high) {

  /** Values within a relative tolerance of the reference. */
  public static Accepted within(double reference, double relative) {
    double slack = relative * Math.abs(reference);
    return new Accepted(reference, reference - slack, reference + slack);
  }

  /** Values from {@code low} to {@code high}. */
  public static Accepted between(double low, double high) {
    return new Accepted(Double.NaN, low, high);
  }

  /** Values up to {@code high}. */
  public static Accepted below(double high) {
    return between(Double.NEGATIVE_INFINITY, high);
  }

  /** Every finite value: one that is reported only. */
  public static Accepted any() {
    return between(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /** These values with a reference beside them. */
  public Accepted beside(double reference) {
    return new Accepted(reference, low, high);
  }

  /** Whether {@code value} is accepted; {@code NaN} and infinite values never are. */
  public boolean contains(double value) {
    return Math.abs(value) < Double.POSITIVE_INFINITY && low <= value && value <= high;
  }

  /** Whether every finite value is accepted. */
  boolean all() {
    return low == Double.NEGATIVE_INFINITY && high == Double.POSITIVE_INFINITY;
  }

  /** The range in words: {@code 0.05 to 0.062}, {@code <= 0.003}, or nothing. */
  String text() {
    if (all()) {
      return "";
    }
    if (low == Double.NEGATIVE_INFINITY) {
      return "<= " + number(high);
    }
    if (high == Double.POSITIVE_INFINITY) {
      return ">= " + number(low);
    }
    return number(low) + " to " + number(high);
  }

  /** A number in four digits; nothing for {@code NaN}. */
  static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4g", value);
  }
}
