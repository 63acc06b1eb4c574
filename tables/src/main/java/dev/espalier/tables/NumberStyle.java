package dev.espalier.tables;

import java.util.List;

/**
 * The signs around and between the digits of numbers: a decimal point or comma, thousands set
 * apart, a percent or currency sign.
 *
 * <p>Spaces of any width are one sign when they are read, and so are straight and curved
 * apostrophes; between a number and the sign around it there may be a space or not.
 *
 * @param before a currency sign, maybe with a space after it; empty for none
 * @param group what sets thousands apart: a comma, a point, a space or an apostrophe; or {@link
 *     #NONE}
 * @param leastGrouped the least digits before the decimal sign that are set apart, 4 or 5
 * @param point the decimal sign, a point or a comma, other than {@code group}
 * @param after a percent or currency sign, maybe with a space before it; empty for none
 */
record NumberStyle(String before, char group, int leastGrouped, char point, String after) {

  static final char NONE = 0;

  /** The spaces that people set thousands apart with, the ordinary one first. */
  static final String SPACES = " \u00A0\u2009\u202F";

  private static final String APOSTROPHES = "'\u2019";

  /** What every program reads: 1234.5. */
  static final NumberStyle PLAIN = of(NONE, '.');

  /** The styles that are told apart, the likelier reading of the same cells first. */
  static final List<NumberStyle> ALL =
      List.of(
          PLAIN,
          of(NONE, ','),
          of(',', '.'),
          of('.', ','),
          of(' ', '.'),
          of(' ', ','),
          of('\'', '.'),
          of('\'', ','));

  private static NumberStyle of(char group, char point) {
    return new NumberStyle("", group, 4, point, "");
  }

  /** This style with signs around the number. */
  NumberStyle around(String before, String after) {
    return new NumberStyle(before, group, leastGrouped, point, after);
  }

  /** This style with another look of the sign between thousands, set from so many digits on. */
  NumberStyle grouped(char group, int leastGrouped) {
    return new NumberStyle(before, group, leastGrouped, point, after);
  }

  /** The index in {@link #ALL} of the style that reads the same numbers without their signs. */
  int index() {
    char like = group == NONE ? NONE : like(group);
    int index = 0;
    while (ALL.get(index).group != like || ALL.get(index).point != point) {
      index++;
    }
    return index;
  }

  /** The sign that stands for all that look alike. */
  static char like(char sign) {
    return SPACES.indexOf(sign) >= 0 ? ' ' : APOSTROPHES.indexOf(sign) >= 0 ? '\'' : sign;
  }

  /** A text with one sign for all that look alike. */
  static String alike(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (like(text.charAt(i)) != text.charAt(i)) {
        return text.codePoints()
            .map(c -> c <= Character.MAX_VALUE ? like((char) c) : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
      }
    }
    return text;
  }

  /** The sign before or after a number without the space that may be between them. */
  static String sign(String around) {
    return alike(around).strip();
  }

  /** Whether numbers are written in hundredths. */
  boolean percent() {
    return after.endsWith("%");
  }

  /** Whether nothing but the decimal sign differs from {@link #PLAIN}, so that exponents may be. */
  boolean bare() {
    return group == NONE && before.isEmpty() && after.isEmpty();
  }

  /**
   * A cell of this style in the plain one, without signs around it; empty if it is of another style
   * or has two decimal signs. What is left may still be no number.
   */
  String plain(String cell) {
    if (equals(PLAIN)) {
      return cell;
    }
    String text = alike(cell);
    int from = text.startsWith("-") ? 1 : 0;
    String front = sign(before);
    String back = sign(after);
    boolean around =
        text.length() - from > front.length() + back.length()
            && text.startsWith(front, from)
            && text.endsWith(back);
    if (!around) {
      return "";
    }
    String inside = text.substring(from + front.length(), text.length() - back.length());
    String number = inside.length() == text.length() - from ? inside : inside.strip();
    int split = number.indexOf(point);
    String whole = split < 0 ? number : number.substring(0, split);
    String rest = split < 0 ? "" : number.substring(split + 1);
    whole = group != NONE && whole.indexOf(like(group)) >= 0 ? joined(whole) : whole;
    for (int i = 0; i < whole.length() + rest.length(); i++) {
      char c = i < whole.length() ? whole.charAt(i) : rest.charAt(i - whole.length());
      boolean exponent = bare() && "eE+-".indexOf(c) >= 0;
      if (!(c >= '0' && c <= '9' || exponent)) {
        return "";
      }
    }
    return text.substring(0, from) + whole + (split < 0 ? "" : "." + rest);
  }

  /** Digits that were set apart in threes, joined; a text that is no number otherwise. */
  private String joined(String whole) {
    char sign = like(group);
    int first = whole.indexOf(sign);
    boolean threes = first >= 1 && first <= 3 && (whole.length() - first) % 4 == 0;
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < whole.length(); i++) {
      boolean between = i >= first && (i - first) % 4 == 0;
      threes &= between == (whole.charAt(i) == sign);
      if (!between) {
        digits.append(whole.charAt(i));
      }
    }
    return threes ? digits.toString() : whole;
  }

  /** A number in the plain style, without exponent unless this is bare, in this one. */
  String styled(String plain) {
    if (equals(PLAIN)) {
      return plain;
    }
    int from = plain.startsWith("-") ? 1 : 0;
    int split = plain.indexOf('.');
    int end = split < 0 ? plain.length() : split;
    StringBuilder text = new StringBuilder(plain.substring(0, from)).append(before);
    boolean apart = group != NONE && end - from >= leastGrouped;
    for (int i = from; i < end; i++) {
      if (apart && i > from && (end - i) % 3 == 0) {
        text.append(group);
      }
      text.append(plain.charAt(i));
    }
    if (split >= 0) {
      text.append(point).append(plain, split + 1, plain.length());
    }
    return text.append(after).toString();
  }

  /** The pattern of this style with a pattern of decimals such as {@code 0#}, {@code *} or none. */
  String pattern(String decimals) {
    if (equals(PLAIN) && decimals.equals("*")) {
      return Notation.ANY;
    }
    String whole = group == NONE ? "0" : "#".repeat(leastGrouped - 3) + group + "##0";
    return before + whole + (decimals.isEmpty() ? "" : point + decimals) + after;
  }
}
