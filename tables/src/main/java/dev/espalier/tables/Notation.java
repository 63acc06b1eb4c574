package dev.espalier.tables;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.OptionalDouble;

/**
 * How the numbers of a column are written, and with it which numbers there are.
 *
 * <p>Patterns: {@code any} (as many digits as it takes), {@code 0.00} (two decimals), {@code 0.##}
 * (up to two), {@code 0.0#} (one or two), {@code yyyy-MM-dd}, and date-times such as {@code
 * yyyy-MM-dd HH:mm:ss.SSS}, where the parts below the unit of the data are zeros: {@code
 * yyyy-MM-ddTHH:00:00}.
 */
final class Notation {

  static final String ANY = "any";
  static final String DATE = "yyyy-MM-dd";

  private static final int MOST_DECIMALS = 12;
  private static final int MOST_FRACTION = 6;

  private static final LocalDate FIRST = LocalDate.of(1, 1, 1);
  private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

  private final Kind kind;
  private final String pattern;
  private final int decimals;
  private final int least;
  private final double unit;

  private Notation(Kind kind, String pattern, int decimals, int least, double unit) {
    this.kind = kind;
    this.pattern = pattern;
    this.decimals = decimals;
    this.least = least;
    this.unit = unit;
  }

  /**
   * Reads a pattern for a kind of numbers.
   *
   * @throws IllegalArgumentException if the kind has no such pattern
   */
  static Notation of(Kind kind, String pattern) {
    if (kind == Kind.CONTINUOUS && pattern.equals(ANY)) {
      return new Notation(kind, pattern, -1, 0, 0);
    }
    if (kind == Kind.DATE && pattern.equals(DATE)) {
      return new Notation(kind, pattern, 0, 0, 1);
    }
    if (kind == Kind.CONTINUOUS || kind == Kind.INTEGER) {
      int decimals = pattern.length() < 3 ? 0 : pattern.length() - 2;
      int least = (int) pattern.chars().filter(c -> c == '0').count() - 1;
      boolean shaped =
          pattern.matches("0(\\.0*#*)?")
              && !pattern.endsWith(".")
              && decimals <= MOST_DECIMALS
              && (kind == Kind.CONTINUOUS || least == decimals);
      if (shaped) {
        return new Notation(kind, pattern, decimals, least, kind == Kind.INTEGER ? 1 : 0);
      }
    }
    if (kind == Kind.DATE_TIME
        && pattern.matches(
            "yyyy-MM-dd[ T](HH:mm(:ss(\\.S{1,6})?|:00)?|HH:00(:00)?|00:00(:00)?)Z?")) {
      int fraction = (int) pattern.chars().filter(c -> c == 'S').count();
      double unit =
          fraction > 0
              ? 0
              : pattern.contains("ss")
                  ? 1
                  : pattern.contains("mm") ? 60 : pattern.contains("HH") ? 3600 : 86400;
      return new Notation(kind, pattern, fraction, fraction, unit);
    }
    throw new IllegalArgumentException(
        "need a pattern for "
            + kind.word()
            + " cells, such as "
            + switch (kind) {
              case CONTINUOUS -> "any, 0.00 or 0.##";
              case INTEGER -> "0";
              case DATE -> DATE;
              default -> "yyyy-MM-ddTHH:mm:ss";
            }
            + ", got '"
            + pattern
            + "'");
  }

  /** From {@code least} to {@code most} decimals. */
  static Notation decimals(Kind kind, int least, int most) {
    return of(kind, most == 0 ? "0" : "0." + "0".repeat(least) + "#".repeat(most - least));
  }

  String pattern() {
    return pattern;
  }

  /** The distance between neighbouring values; 0 if they are a continuum for all purposes. */
  double unit() {
    return decimals > 0 && kind == Kind.DATE_TIME ? 1 / Decimals.power(decimals) : unit;
  }

  /** The least number that there is: years start at 1, whole numbers have at most 15 digits. */
  double least() {
    return switch (kind) {
      case INTEGER -> -999_999_999_999_999.0;
      case DATE -> FIRST.toEpochDay();
      case DATE_TIME -> FIRST.toEpochDay() * 86400.0;
      default -> -Double.MAX_VALUE;
    };
  }

  /** The greatest number that there is: years end with 9999. */
  double greatest() {
    return switch (kind) {
      case DATE -> LAST.toEpochDay();
      case DATE_TIME -> LAST.toEpochDay() * 86400.0;
      default -> -least();
    };
  }

  /** The nearest number that this notation can write. */
  double snap(double value) {
    if (kind == Kind.CONTINUOUS || kind == Kind.DATE_TIME && decimals > 0) {
      return decimals < 0 ? value : Decimals.round(value, decimals);
    }
    return Math.rint(value / unit) * unit + 0.0;
  }

  /** The number as text. */
  String write(double value) {
    switch (kind) {
      case CONTINUOUS:
        return decimals < 0 ? Decimals.shortest(value) : Decimals.fixed(value, least, decimals);
      case INTEGER:
        return Long.toString((long) value) + pattern.substring(1);
      case DATE:
        return LocalDate.ofEpochDay((long) value).toString();
      default:
        return dateTime(value);
    }
  }

  private String dateTime(double value) {
    double second = Math.floor(value);
    LocalDateTime time = LocalDateTime.ofEpochSecond((long) second, 0, ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(time.toLocalDate().toString());
    text.append(pattern.charAt(10));
    digits(text, time.getHour(), 2);
    digits(text.append(':'), time.getMinute(), 2);
    if (pattern.replace("Z", "").length() > 16) {
      digits(text.append(':'), time.getSecond(), 2);
    }
    if (decimals > 0) {
      long fraction = Math.round((value - second) * Decimals.power(decimals));
      digits(text.append('.'), fraction, decimals);
    }
    return text.append(pattern.endsWith("Z") ? "Z" : "").toString();
  }

  private static void digits(StringBuilder text, long value, int width) {
    String digits = Long.toString(value);
    text.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
  }

  /** Days since 1970-01-01 of a text {@code yyyy-MM-dd}; empty if it is none. */
  static OptionalDouble date(String text) {
    if (text.length() != 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
      return OptionalDouble.empty();
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    boolean exists =
        year >= 1
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= LocalDate.of(year, month, 1).lengthOfMonth();
    return exists
        ? OptionalDouble.of(LocalDate.of(year, month, day).toEpochDay())
        : OptionalDouble.empty();
  }

  /** Seconds since 1970-01-01 of an ISO date-time text; empty if it is none. */
  static OptionalDouble dateTime(String text) {
    String pattern = dateTimePattern(text);
    if (pattern.isEmpty()) {
      return OptionalDouble.empty();
    }
    OptionalDouble day = date(text.substring(0, 10));
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = pattern.contains("ss") ? number(text, 17, 19) : 0;
    int fraction = (int) pattern.chars().filter(c -> c == 'S').count();
    int parts = fraction > 0 ? number(text, 20, 20 + fraction) : 0;
    boolean exists =
        day.isPresent()
            && hour >= 0
            && hour < 24
            && minute >= 0
            && minute < 60
            && second >= 0
            && second < 60
            && parts >= 0;
    return exists
        ? OptionalDouble.of(
            day.getAsDouble() * 86400
                + hour * 3600
                + minute * 60
                + second
                + parts / Decimals.power(fraction))
        : OptionalDouble.empty();
  }

  /** The pattern with the finest parts that a date-time text has; empty if it is none. */
  static String dateTimePattern(String text) {
    boolean zulu = text.endsWith("Z");
    int end = text.length() - (zulu ? 1 : 0);
    int fraction = Math.max(0, end - 20);
    boolean shaped =
        (end == 16 || end == 19 || end > 20 && fraction <= MOST_FRACTION)
            && (text.charAt(10) == 'T' || text.charAt(10) == ' ')
            && text.charAt(13) == ':'
            && (end == 16 || text.charAt(16) == ':')
            && (end < 20 || text.charAt(19) == '.');
    if (!shaped) {
      return "";
    }
    return DATE
        + text.charAt(10)
        + (end == 16 ? "HH:mm" : "HH:mm:ss")
        + (fraction > 0 ? "." + "S".repeat(fraction) : "")
        + (zulu ? "Z" : "");
  }

  /** The date-time pattern with zeros for the parts that are zero in all values. */
  static String coarser(String pattern, double unit) {
    String coarse = pattern;
    if (unit >= 60) {
      coarse = coarse.replace("ss", "00");
    }
    if (unit >= 3600) {
      coarse = coarse.replace("mm", "00");
    }
    return unit >= 86400 ? coarse.replace("HH", "00") : coarse;
  }

  /** The digits from {@code from} to {@code to} as a number; −1 if one is no digit. */
  private static int number(String text, int from, int to) {
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
