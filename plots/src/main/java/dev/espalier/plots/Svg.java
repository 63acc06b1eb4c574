package dev.espalier.plots;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Text of SVG: elements with attributes, numbers without noise, words that are safe. */
final class Svg {

  static final int COLOURS = 6;

  static final String STYLE =
      """
      :root{--plot-ink:#26302b;--plot-faint:#d9ded9;--plot-ground:#fff;--plot-1:#2f6690;\
      --plot-2:#c8502f;--plot-3:#3a8f5c;--plot-4:#a87b00;--plot-5:#7d5ba6;--plot-6:#68716b}
      @media (prefers-color-scheme:dark){:root{--plot-ink:#dfe6e0;--plot-faint:#3a433d;\
      --plot-ground:#161b18;--plot-1:#7db4dd;--plot-2:#f2916f;--plot-3:#6cc58d;--plot-4:#e0b84c;\
      --plot-5:#b99be0;--plot-6:#a2aba5}}
      @media print{:root{--plot-ink:#000;--plot-faint:#ccc;--plot-ground:#fff;--plot-1:#2f6690;\
      --plot-2:#c8502f;--plot-3:#3a8f5c;--plot-4:#a87b00;--plot-5:#7d5ba6;--plot-6:#68716b}}
      svg.plot{font:11px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;\
      fill:var(--plot-ink);max-width:100%;height:auto}
      svg.plot .title{font-size:13px;font-weight:600}
      svg.plot .frame{fill:none;stroke:var(--plot-faint)}
      svg.plot .ground{fill:var(--plot-ground)}
      svg.plot .line{fill:none;stroke-width:1.8;stroke-linejoin:round;stroke-linecap:round}
      svg.plot .dots{fill:none;stroke-width:5;stroke-linecap:round}
      svg.plot .cloud{fill:none;stroke-width:3.2;stroke-linecap:round;stroke-opacity:.45}
      svg.plot .band{stroke:none;fill-opacity:.18}
      svg.plot .area{fill-opacity:.35;stroke:none}
      """
          + colours();

  private final StringBuilder out = new StringBuilder();

  private static String colours() {
    StringBuilder css = new StringBuilder();
    for (int k = 1; k <= COLOURS; k++) {
      css.append("svg.plot .f%d{fill:var(--plot-%d)}".formatted(k, k));
      css.append("svg.plot .s%d{stroke:var(--plot-%d)}\n".formatted(k, k));
    }
    return css.toString();
  }

  /** Begins a picture of this size in CSS pixels, which shrinks with its surroundings. */
  Svg(double width, double height, String title, String description) {
    out.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\" role=\"img\""
                + " width=\"%s\" height=\"%s\" viewBox=\"0 0 %s %s\" aria-label=\"%s\">",
            number(width),
            number(height),
            number(width),
            number(height),
            escaped(title + ". " + description)));
    out.append("<title>").append(escaped(title)).append("</title>");
    out.append("<desc>").append(escaped(description)).append("</desc>");
  }

  /** An element; attributes by name and value in turn, numbers and texts. */
  Svg element(String tag, Object... attributes) {
    open(tag, attributes);
    out.insert(out.length() - 1, '/');
    return this;
  }

  private void open(String tag, Object... attributes) {
    out.append('<').append(tag);
    for (int k = 0; k < attributes.length; k += 2) {
      Object value = attributes[k + 1];
      out.append(' ').append(attributes[k]).append("=\"");
      out.append(value instanceof Number n ? number(n.doubleValue()) : escaped(value.toString()));
      out.append('"');
    }
    out.append('>');
  }

  /** Words at a place; {@code anchor} is {@code start}, {@code middle} or {@code end}. */
  Svg text(double x, double y, String anchor, String words) {
    return words(words, "x", x, "y", y, "text-anchor", anchor);
  }

  /** An element of text with any attributes. */
  Svg words(String words, Object... attributes) {
    open("text", attributes);
    out.append(escaped(words)).append("</text>");
    return this;
  }

  /** An element that says what it is when it is pointed at. */
  Svg told(String tag, String words, Object... attributes) {
    open(tag, attributes);
    out.append("<title>").append(escaped(words)).append("</title></").append(tag).append('>');
    return this;
  }

  String end() {
    return out.append("</svg>").toString();
  }

  /** The class of the k-th colour, which come round again. */
  static int colour(int k) {
    return 1 + k % COLOURS;
  }

  /** The dashes of the k-th line. */
  static String dashes(int k) {
    return switch (k % 5) {
      case 1 -> "6 3";
      case 2 -> "2 3";
      case 3 -> "9 3 2 3";
      case 4 -> "4 2";
      default -> "none";
    };
  }

  /** At most two decimals. */
  static String number(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /** The text with what XML reserves, or forbids, replaced. */
  static String escaped(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                default -> {
                  boolean forbidden =
                      Character.isISOControl(c)
                          || c >= 0xD800 && c < 0xE000
                          || c == 0xFFFE
                          || c == 0xFFFF;
                  safe.appendCodePoint(forbidden ? 0xFFFD : c);
                }
              }
            });
    return safe.toString();
  }

  /** The words, shortened to so many characters. */
  static String shortened(String words, int most) {
    return words.codePointCount(0, words.length()) <= most
        ? words
        : words.substring(0, words.offsetByCodePoints(0, most - 1)) + "…";
  }
}
