package dev.espalier.tables;

/** Reads the text of numbers: what is one, and how it is written. */
final class Numeral {

  /** What a text is. */
  enum Form {
    /** No number. */
    NONE,
    /** Digits without a point, at most 15 of them. */
    WHOLE,
    /** Digits without a point, more than 15 of them. */
    LONG,
    /** With a decimal point. */
    DECIMAL,
    /** With an exponent. */
    SCIENTIFIC,
    /** A word for infinity. */
    INFINITE;

    /** Whether it is a number that doubles can hold. */
    boolean isFinite() {
      return this != NONE && this != INFINITE;
    }
  }

  private Numeral() {}

  /**
   * The form of a text: an optional minus, digits without needless leading zeros, maybe a point and
   * decimals, maybe an exponent. A leading plus or zero is a sign of a code, not of a number.
   */
  static Form form(String text) {
    int end = text.length();
    int at = end > 0 && text.charAt(0) == '-' ? 1 : 0;
    int first = at;
    while (at < end && isDigit(text.charAt(at))) {
      at++;
    }
    int whole = at - first;
    if (whole > 1 && text.charAt(first) == '0') {
      return Form.NONE;
    }
    if (at == end) {
      return whole == 0 ? Form.NONE : whole <= 15 ? Form.WHOLE : finite(text, Form.LONG);
    }
    int decimals = 0;
    if (text.charAt(at) == '.') {
      int point = at++;
      while (at < end && isDigit(text.charAt(at))) {
        at++;
      }
      decimals = at - point - 1;
    }
    if (whole + decimals == 0) {
      String word = text.substring(first);
      boolean infinite =
          word.equalsIgnoreCase("inf")
              || word.equalsIgnoreCase("infinity")
              || text.equalsIgnoreCase("+inf")
              || text.equalsIgnoreCase("+infinity")
              || word.equals("∞");
      return infinite ? Form.INFINITE : Form.NONE;
    }
    if (at == end) {
      return finite(text, Form.DECIMAL);
    }
    if (text.charAt(at) != 'e' && text.charAt(at) != 'E') {
      return Form.NONE;
    }
    at++;
    if (at < end && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
      at++;
    }
    int exponent = at;
    while (at < end && isDigit(text.charAt(at))) {
      at++;
    }
    return at == end && at > exponent ? finite(text, Form.SCIENTIFIC) : Form.NONE;
  }

  private static Form finite(String text, Form form) {
    return Double.isInfinite(Double.parseDouble(text)) ? Form.INFINITE : form;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** The digits after the point of a text in decimal form. */
  static int decimals(String text) {
    int point = text.indexOf('.');
    return point < 0 ? 0 : text.length() - point - 1;
  }
}
