package dev.espalier.tables;

import java.util.OptionalDouble;

/**
 * Times of day in seconds since midnight, such as {@code 23:59:59}.
 *
 * @param pattern of the {@link Clock}
 */
record TimeNotation(String pattern) implements Notation {

  static TimeNotation of(String pattern) {
    if (!Clock.isPattern(pattern) || !pattern.startsWith("HH")) {
      throw Notation.wrong(Kind.TIME, "HH:mm:ss", pattern);
    }
    return new TimeNotation(pattern);
  }

  @Override
  public double unit() {
    return Clock.unitOf(pattern);
  }

  @Override
  public double least() {
    return 0;
  }

  @Override
  public double greatest() {
    return Math.nextDown(Clock.DAY);
  }

  @Override
  public String values() {
    return "times from 00:00 to before 24:00";
  }

  @Override
  public double snap(double value) {
    return Math.min(Clock.snap(pattern, value), Clock.snap(pattern, Clock.DAY - unit()));
  }

  @Override
  public String write(double value) {
    StringBuilder text = new StringBuilder();
    double second = Math.floor(value);
    Clock.write(text, pattern, (int) second, value - second);
    return text.toString();
  }

  @Override
  public OptionalDouble read(String cell) {
    return seconds(cell);
  }

  @Override
  public String need(String cell) {
    return "a time such as 23:59:59";
  }

  /** Seconds since midnight; empty if the text is no time. */
  static OptionalDouble seconds(String text) {
    return Clock.end(text, 0) == text.length()
        ? Clock.read(text, 0, text.length())
        : OptionalDouble.empty();
  }
}
