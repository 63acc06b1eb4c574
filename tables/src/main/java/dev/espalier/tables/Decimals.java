package dev.espalier.tables;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as text, the same on every Java version. */
final class Decimals {

  private static final double[] POWERS = new double[23];

  static {
    double power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  private Decimals() {}

  /** {@code 10^decimals}, exact up to 22. */
  static double power(int decimals) {
    return POWERS[decimals];
  }

  /** The double nearest to {@code value} rounded to that many decimals. */
  static double round(double value, int decimals) {
    double scaled = value * POWERS[decimals];
    return Math.abs(scaled) < 0x1p53 ? Math.rint(scaled) / POWERS[decimals] + 0.0 : value;
  }

  /** The number rounded to {@code most} decimals, trailing zeros cut down to {@code least}. */
  static String fixed(double value, int least, int most) {
    return fixed(new BigDecimal(value), least, most);
  }

  /** The number rounded to {@code most} decimals, trailing zeros cut down to {@code least}. */
  static String fixed(BigDecimal value, int least, int most) {
    String text = value.setScale(most, RoundingMode.HALF_EVEN).toPlainString();
    int end = text.length();
    while (end > text.length() - (most - least) && text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
  }

  /** A short text that reads back as exactly this number. */
  static String shortest(double value) {
    return Double.isInfinite(value) ? Double.toString(value) : plain(exact(value));
  }

  /** A short text that reads back as exactly this number of single precision. */
  static String shortest(float value) {
    if (Float.isInfinite(value)) {
      return Float.toString(value);
    }
    BigDecimal whole = new BigDecimal(value);
    for (int digits = 6; digits < 9; digits++) {
      BigDecimal rounded = whole.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.floatValue() == value) {
        return plain(rounded);
      }
    }
    return plain(whole.round(new MathContext(9, RoundingMode.HALF_EVEN)));
  }

  private static String plain(BigDecimal value) {
    BigDecimal exact = value.stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    return exponent >= -6 && exponent < 17 ? exact.toPlainString() : exact.toString();
  }

  /** A decimal of at most 17 digits that reads back as exactly this finite number. */
  static BigDecimal exact(double value) {
    BigDecimal whole = new BigDecimal(value);
    for (int digits = 15; digits < 17; digits++) {
      BigDecimal rounded = whole.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == value) {
        return rounded;
      }
    }
    return whole.round(new MathContext(17, RoundingMode.HALF_EVEN));
  }
}
