package dev.espalier.tables;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * The clock part of times and moments, such as {@code 23:59:59.25}, and its patterns.
 *
 * <p>Patterns: {@code HH:mm}, {@code HH:mm:ss}, {@code HH:mm:ss.SSS} with one to six S, and the
 * same with zeros for what is zero in all cells, such as {@code HH:00}.
 */
final class Clock {

  static final double DAY = 86_400;

  private static final int MOST_FRACTION = 6;
  private static final Pattern PATTERN =
      Pattern.compile("HH:mm(:ss(\\.S{1,6})?|:00)?|HH:00(:00)?|00:00(:00)?");

  private Clock() {}

  /** Where the clock that starts at {@code from} ends in a text; −1 if there is none. */
  static int end(String text, int from) {
    int length = text.length();
    if (length < from + 5 || text.charAt(from + 2) != ':') {
      return -1;
    }
    if (length < from + 8 || text.charAt(from + 5) != ':') {
      return from + 5;
    }
    if (length == from + 8 || text.charAt(from + 8) != '.') {
      return from + 8;
    }
    int end = from + 9;
    while (end < length && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end > from + 9 && end - from - 9 <= MOST_FRACTION ? end : -1;
  }

  /** Seconds since midnight of the clock between two places; empty if there is none. */
  static OptionalDouble read(String text, int from, int to) {
    int hour = digits(text, from, from + 2);
    int minute = digits(text, from + 3, from + 5);
    int second = to - from > 5 ? digits(text, from + 6, from + 8) : 0;
    int places = Math.max(0, to - from - 9);
    int parts = places > 0 ? digits(text, from + 9, to) : 0;
    boolean exists =
        hour >= 0
            && hour < 24
            && minute >= 0
            && minute < 60
            && second >= 0
            && second < 60
            && parts >= 0;
    return exists
        ? OptionalDouble.of(hour * 3600 + minute * 60 + second + parts / Decimals.power(places))
        : OptionalDouble.empty();
  }

  /** The pattern of a clock that takes so many characters. */
  static String pattern(int length) {
    return length == 5 ? "HH:mm" : length == 8 ? "HH:mm:ss" : "HH:mm:ss." + "S".repeat(length - 9);
  }

  /** The pattern with zeros for the parts that are zero in all values of this unit. */
  static String coarser(String pattern, double unit) {
    String coarse = pattern;
    if (unit >= 60) {
      coarse = coarse.replace("ss", "00");
    }
    if (unit >= 3600) {
      coarse = coarse.replace("mm", "00");
    }
    return unit >= DAY ? coarse.replace("HH", "00") : coarse;
  }

  /** The coarsest of a day, an hour, a minute and a second that divides the seconds; or 0. */
  static double unit(double seconds) {
    for (double each : new double[] {DAY, 3600, 60, 1}) {
      if (seconds % each == 0) {
        return each;
      }
    }
    return 0;
  }

  static boolean isPattern(String text) {
    return PATTERN.matcher(text).matches();
  }

  /** The digits of fractions of a second in a pattern. */
  static int decimals(String pattern) {
    return pattern.length() < 9 ? 0 : pattern.length() - 9;
  }

  /** The seconds between neighbouring values of a pattern. */
  static double unitOf(String pattern) {
    if (pattern.contains("S")) {
      return 1 / Decimals.power(decimals(pattern));
    }
    return pattern.contains("ss")
        ? 1
        : pattern.contains("mm") ? 60 : pattern.contains("HH") ? 3600 : DAY;
  }

  /** The nearest number of seconds that a pattern can write. */
  static double snap(String pattern, double seconds) {
    int decimals = decimals(pattern);
    if (decimals > 0) {
      return Decimals.round(seconds, decimals);
    }
    double unit = unitOf(pattern);
    return Math.rint(seconds / unit) * unit + 0.0;
  }

  /**
   * Writes a clock.
   *
   * @param second of the day
   * @param fraction of a second, from 0 to below 1
   */
  static void write(StringBuilder text, String pattern, int second, double fraction) {
    put(text, second / 3600, 2);
    put(text.append(':'), second / 60 % 60, 2);
    if (pattern.length() > 5) {
      put(text.append(':'), second % 60, 2);
    }
    int decimals = decimals(pattern);
    if (decimals > 0) {
      long most = (long) Decimals.power(decimals) - 1;
      put(text.append('.'), Math.min(most, Math.round(fraction * (most + 1))), decimals);
    }
  }

  private static void put(StringBuilder text, long value, int width) {
    String digits = Long.toString(value);
    text.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
  }

  /** The digits from {@code from} to {@code to} as a number; −1 if one is no digit. */
  static int digits(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = 10 * value + digit;
    }
    return value;
  }
}
