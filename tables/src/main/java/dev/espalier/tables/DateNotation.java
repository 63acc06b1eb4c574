package dev.espalier.tables;

import java.time.LocalDate;
import java.util.OptionalDouble;

/** Days since 1970-01-01 as {@code yyyy-MM-dd}, from the year 1 to 9999. */
record DateNotation() implements Notation {

  private static final LocalDate FIRST = LocalDate.of(1, 1, 1);
  private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

  static DateNotation of(String pattern) {
    if (!pattern.equals(DATE)) {
      throw Notation.wrong(Kind.DATE, DATE, pattern);
    }
    return new DateNotation();
  }

  @Override
  public String pattern() {
    return DATE;
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
    return LocalDate.ofEpochDay((long) value).toString();
  }

  @Override
  public OptionalDouble read(String cell) {
    return day(cell);
  }

  @Override
  public String need(String cell) {
    return "a date such as 2020-12-31";
  }

  /** Days since 1970-01-01 of a text {@code yyyy-MM-dd}; empty if it is none. */
  static OptionalDouble day(String text) {
    if (text.length() != 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
      return OptionalDouble.empty();
    }
    int year = Clock.digits(text, 0, 4);
    int month = Clock.digits(text, 5, 7);
    int day = Clock.digits(text, 8, 10);
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
}
