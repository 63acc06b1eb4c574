package dev.espalier.tables;

import java.math.BigDecimal;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers as decimals, a percentage as its hundredth.
 *
 * @param kind continuous or integer
 * @param pattern as in {@link Notation}
 * @param style the signs around and between the digits
 * @param mostDecimals that are written; −1 for as many as it takes
 * @param leastDecimals at least so many
 */
record NumberNotation(
    Kind kind, String pattern, NumberStyle style, int mostDecimals, int leastDecimals)
    implements Notation {

  private static final int MOST_DECIMALS = 12;
  private static final double MOST_WHOLE = 999_999_999_999_999.0;

  private static final String SPACE = "[" + NumberStyle.SPACES + "]";

  private static final Pattern PATTERN =
      Pattern.compile(
          ("(?<before>\\p{Sc}" + SPACE + "?)?")
              + ("(?:0|(?<marks>##?)(?<group>[,.'\u2019]|" + SPACE + ")##0)")
              + "(?:(?<point>[.,])(?<decimals>0+#*|#+|\\*))?"
              + ("(?<after>" + SPACE + "?[%\\p{Sc}])?"));

  static NumberNotation of(Kind kind, String pattern) {
    boolean whole = kind == Kind.INTEGER;
    if (!whole && pattern.equals(ANY)) {
      return new NumberNotation(kind, pattern, NumberStyle.PLAIN, -1, 0);
    }
    Matcher parts = PATTERN.matcher(pattern);
    if (!parts.matches()) {
      throw wrong(kind, pattern);
    }
    char group = parts.group("group") == null ? NumberStyle.NONE : parts.group("group").charAt(0);
    char point =
        parts.group("point") != null ? parts.group("point").charAt(0) : group == '.' ? ',' : '.';
    NumberStyle style =
        new NumberStyle(
            text(parts, "before"),
            group,
            3 + Math.max(1, text(parts, "marks").length()),
            point,
            text(parts, "after"));
    String decimals = text(parts, "decimals");
    boolean any = decimals.equals("*");
    int least = (int) decimals.chars().filter(c -> c == '0').count();
    boolean fits =
        group != point
            && (style.before().isEmpty() || style.after().isEmpty())
            && decimals.length() <= MOST_DECIMALS
            && !(any && style.equals(NumberStyle.PLAIN))
            && !(whole && (any || style.percent() || least != decimals.length()));
    if (!fits) {
      throw wrong(kind, pattern);
    }
    return new NumberNotation(kind, pattern, style, any ? -1 : decimals.length(), least);
  }

  private static String text(Matcher parts, String name) {
    return parts.group(name) == null ? "" : parts.group(name);
  }

  private static IllegalArgumentException wrong(Kind kind, String pattern) {
    return Notation.wrong(
        kind,
        kind == Kind.INTEGER ? "0, #,##0 or 0 €" : "any, 0.00, 0.##, 0,00, #,##0.00 or 0.0%",
        pattern);
  }

  private boolean whole() {
    return kind == Kind.INTEGER;
  }

  /** By how many places the decimal sign moves to the right when a number is written. */
  private int moved() {
    return style.percent() ? 2 : 0;
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
    return mostDecimals < 0 ? value : Decimals.round(value, mostDecimals + moved());
  }

  @Override
  public String write(double value) {
    return style.styled(plain(value));
  }

  private String plain(double value) {
    if (whole()) {
      String digits = Long.toString((long) value);
      return leastDecimals == 0 ? digits : digits + "." + "0".repeat(leastDecimals);
    }
    if (mostDecimals >= 0) {
      return Decimals.fixed(
          new BigDecimal(value).movePointRight(moved()), leastDecimals, mostDecimals);
    }
    return all(value);
  }

  private String all(double value) {
    return style.bare()
        ? Decimals.shortest(value)
        : Decimals.exact(value).movePointRight(moved()).stripTrailingZeros().toPlainString();
  }

  /** A finite number in this style, with as many decimals as it takes. */
  String writeAll(double value) {
    return style.styled(all(value));
  }

  @Override
  public OptionalDouble read(String cell) {
    OptionalDouble value = real(style, cell);
    boolean fits =
        value.isPresent()
            && (!whole()
                || value.getAsDouble() == Math.rint(value.getAsDouble())
                    && Math.abs(value.getAsDouble()) <= MOST_WHOLE);
    return fits ? value : OptionalDouble.empty();
  }

  /** The number of a cell in this style or, if it is none, in the plain one; maybe not whole. */
  OptionalDouble readReal(String cell) {
    OptionalDouble value = real(style, cell);
    return value.isPresent() ? value : real(NumberStyle.PLAIN, cell);
  }

  /** The number of a cell in the plain style; maybe not whole. */
  static OptionalDouble readPlain(String cell) {
    return real(NumberStyle.PLAIN, cell);
  }

  private static OptionalDouble real(NumberStyle style, String cell) {
    String plain = style.plain(cell);
    return Numeral.form(plain).isFinite()
        ? OptionalDouble.of(Double.parseDouble(style.percent() ? plain + "e-2" : plain) + 0.0)
        : OptionalDouble.empty();
  }

  @Override
  public String need(String cell) {
    String need = whole() ? "a whole number of at most 15 digits" : "a number";
    double shown = style.percent() ? 0.12 : 1234;
    return style.equals(NumberStyle.PLAIN) ? need : need + " such as " + write(shown);
  }
}
