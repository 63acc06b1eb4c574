package dev.espalier.tables;

import java.util.OptionalDouble;

/**
 * Numbers as decimals.
 *
 * @param kind continuous or integer
 * @param pattern as in {@link Notation}
 * @param mostDecimals −1 for as many as it takes
 * @param leastDecimals at least so many
 */
record NumberNotation(Kind kind, String pattern, int mostDecimals, int leastDecimals)
    implements Notation {

  private static final int MOST_DECIMALS = 12;
  private static final double MOST_WHOLE = 999_999_999_999_999.0;

  static NumberNotation of(Kind kind, String pattern) {
    if (kind == Kind.CONTINUOUS && pattern.equals(ANY)) {
      return new NumberNotation(kind, pattern, -1, 0);
    }
    int decimals = pattern.length() < 3 ? 0 : pattern.length() - 2;
    int least = (int) pattern.chars().filter(c -> c == '0').count() - 1;
    boolean shaped =
        pattern.matches("0(\\.0*#*)?")
            && !pattern.endsWith(".")
            && decimals <= MOST_DECIMALS
            && (kind == Kind.CONTINUOUS || least == decimals);
    if (!shaped) {
      throw Notation.wrong(kind, kind == Kind.INTEGER ? "0" : "any, 0.00 or 0.##", pattern);
    }
    return new NumberNotation(kind, pattern, decimals, least);
  }

  private boolean whole() {
    return kind == Kind.INTEGER;
  }

  @Override
  public double unit() {
    return whole() ? 1 : 0;
  }

  @Override
  public double least() {
    return -greatest();
  }

  @Override
  public double greatest() {
    return whole() ? MOST_WHOLE : Double.MAX_VALUE;
  }

  @Override
  public String values() {
    return whole() ? "whole numbers of at most 15 digits" : "finite numbers";
  }

  @Override
  public double snap(double value) {
    if (whole()) {
      return Math.rint(value) + 0.0;
    }
    return mostDecimals < 0 ? value : Decimals.round(value, mostDecimals);
  }

  @Override
  public String write(double value) {
    if (whole()) {
      return Long.toString((long) value) + pattern.substring(1);
    }
    return mostDecimals < 0
        ? Decimals.shortest(value)
        : Decimals.fixed(value, leastDecimals, mostDecimals);
  }

  @Override
  public OptionalDouble read(String cell) {
    Numeral.Form form = Numeral.form(cell);
    if (form == Numeral.Form.NONE || form == Numeral.Form.INFINITE) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(cell);
    boolean fits = !whole() || value == Math.rint(value) && Math.abs(value) <= MOST_WHOLE;
    return fits ? OptionalDouble.of(value + 0.0) : OptionalDouble.empty();
  }

  @Override
  public String need(String cell) {
    return whole() ? "a whole number of at most 15 digits" : "a number";
  }
}
