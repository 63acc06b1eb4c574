package dev.espalier.tables;

import java.time.LocalDate;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Days since 1970-01-01, from the year 1 to 9999, written as {@code yyyy-MM-dd} or as one of {@link
 * #PATTERNS}.
 *
 * @param pattern where {@code d} and {@code M} alone have one digit or two
 */
record DateNotation(String pattern) implements Notation {

  /** The patterns that are told apart, the likeliest reading of the same cells first. */
  static final List<String> PATTERNS =
      List.of(
          DATE,
          "yyyy/MM/dd",
          "dd.MM.yyyy",
          "d.M.yyyy",
          "dd/MM/yyyy",
          "d/M/yyyy",
          "MM/dd/yyyy",
          "M/d/yyyy");

  private static final LocalDate FIRST = LocalDate.of(1, 1, 1);
  private static final LocalDate LAST = LocalDate.of(9999, 12, 31);
  private static final LocalDate SHOWN = LocalDate.of(2020, 12, 31);

  static DateNotation of(String pattern) {
    if (!PATTERNS.contains(pattern)) {
      throw Notation.wrong(Kind.DATE, String.join(", ", PATTERNS), pattern);
    }
    return new DateNotation(pattern);
  }

  @Override
  public double unit() {
    return 1;
  }

  @Override
  public double least() {
    return FIRST.toEpochDay();
  }

  @Override
  public double greatest() {
    return LAST.toEpochDay();
  }

  @Override
  public String values() {
    return "years from 1 to 9999";
  }

  @Override
  public double snap(double value) {
    return Math.rint(value) + 0.0;
  }

  @Override
  public String write(double value) {
    LocalDate date = LocalDate.ofEpochDay((long) value);
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < pattern.length(); at += width(pattern, at)) {
      char part = pattern.charAt(at);
      String digits =
          switch (part) {
            case 'y' -> String.valueOf(date.getYear());
            case 'M' -> String.valueOf(date.getMonthValue());
            case 'd' -> String.valueOf(date.getDayOfMonth());
            default -> String.valueOf(part);
          };
      text.append("0".repeat(Math.max(0, width(pattern, at) - digits.length()))).append(digits);
    }
    return text.toString();
  }

  /** {@inheritDoc} That is {@link #pattern} or {@code yyyy-MM-dd}. */
  @Override
  public OptionalDouble read(String cell) {
    OptionalDouble day = day(cell, pattern);
    return day.isPresent() ? day : day(cell, DATE);
  }

  @Override
  public String need(String cell) {
    return "a date such as " + write(SHOWN.toEpochDay());
  }

  /** Days since 1970-01-01 of a text {@code yyyy-MM-dd}; empty if it is none. */
  static OptionalDouble day(String text) {
    return day(text, DATE);
  }

  /** Days since 1970-01-01 of a text of that pattern; empty if it is none. */
  static OptionalDouble day(String text, String pattern) {
    int year = 0;
    int month = 0;
    int day = 0;
    int from = 0;
    for (int at = 0; at < pattern.length(); at += width(pattern, at)) {
      char part = pattern.charAt(at);
      int end = from + width(pattern, at);
      if (end > text.length()) {
        return OptionalDouble.empty();
      }
      if (part != 'y' && part != 'M' && part != 'd') {
        if (text.charAt(from) != part) {
          return OptionalDouble.empty();
        }
      } else {
        boolean second = end == from + 1 && end < text.length() && isDigit(text.charAt(end));
        end += second ? 1 : 0;
        int number = Clock.digits(text, from, end);
        year = part == 'y' ? number : year;
        month = part == 'M' ? number : month;
        day = part == 'd' ? number : day;
      }
      from = end;
    }
    boolean exists =
        from == text.length()
            && year >= 1
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= LocalDate.of(year, month, 1).lengthOfMonth();
    return exists
        ? OptionalDouble.of(LocalDate.of(year, month, day).toEpochDay())
        : OptionalDouble.empty();
  }

  private static boolean isDigit(char letter) {
    return letter >= '0' && letter <= '9';
  }

  /** How often the letter at a place of a pattern is repeated. */
  private static int width(String pattern, int at) {
    int end = at + 1;
    while (end < pattern.length() && pattern.charAt(end) == pattern.charAt(at)) {
      end++;
    }
    return end - at;
  }
}
