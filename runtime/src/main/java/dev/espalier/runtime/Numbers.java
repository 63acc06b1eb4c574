package dev.espalier.runtime;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Doubles as text: the fewest digits that read back to the same bits, on every JVM. */
final class Numbers {

  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  private Numbers() {}

  /** Prints a double; {@code 2}, {@code 0.001}, {@code 1.5e-7}, {@code infinity}, {@code nan}. */
  static String print(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "infinity" : "-infinity";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal shortest = shortest(value);
    BigInteger digits = shortest.unscaledValue();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -4 && exponent <= 15) {
      return shortest.toPlainString();
    }
    String sign = digits.signum() < 0 ? "-" : "";
    String all = digits.abs().toString();
    String fraction = all.length() > 1 ? "." + all.substring(1) : "";
    return sign + all.charAt(0) + fraction + "e" + exponent;
  }

  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < 17; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() == value) {
        return stripped(rounded);
      }
    }
    return stripped(exact.round(new MathContext(17)));
  }

  private static BigDecimal stripped(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 && stripped.precision() - stripped.scale() <= 16
        ? stripped.setScale(0)
        : stripped;
  }

  /** Reads what {@link #print} prints and other decimal numbers; empty if it is none. */
  static OptionalDouble parse(String text) {
    switch (text) {
      case "nan":
        return OptionalDouble.of(Double.NaN);
      case "infinity":
        return OptionalDouble.of(Double.POSITIVE_INFINITY);
      case "-infinity":
        return OptionalDouble.of(Double.NEGATIVE_INFINITY);
      default:
        if (!DECIMAL.matcher(text).matches()) {
          return OptionalDouble.empty();
        }
        double value = Double.parseDouble(text);
        return Double.isInfinite(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
  }
}
