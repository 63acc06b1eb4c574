package dev.espalier.evaluation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Rows of words in aligned columns, as plain text; columns of numbers are aligned to the right. Not
 * safe for concurrent use.
 */
public final class TextTable {

  private final List<List<String>> rows = new ArrayList<>();

  /** A table of as many columns as there are headings. */
  public TextTable(List<String> headings) {
    rows.add(List.copyOf(headings));
  }

  /**
   * Adds a row; control characters become escapes.
   *
   * @throws IllegalArgumentException if there are not as many cells as headings
   */
  public void row(List<String> cells) {
    if (cells.size() != rows.get(0).size()) {
      throw new IllegalArgumentException(
          "need " + rows.get(0).size() + " cells in a row, got " + cells.size());
    }
    rows.add(cells.stream().map(TextTable::line).toList());
  }

  /** The text on one line: a control character becomes its escape, such as {@code \n}. */
  public static String line(String text) {
    StringBuilder line = new StringBuilder();
    for (char c : text.toCharArray()) {
      switch (c) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> {
          if (Character.isISOControl(c)) {
            line.append(String.format("\\u%04x", (int) c));
          } else {
            line.append(c);
          }
        }
      }
    }
    return line.toString();
  }

  /** The lines, each ended. */
  @Override
  public String toString() {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    boolean[] numeric = new boolean[columns];
    for (int j = 0; j < columns; j++) {
      numeric[j] = rows.size() > 1;
      for (int i = 0; i < rows.size(); i++) {
        String cell = rows.get(i).get(j);
        widths[j] = Math.max(widths[j], cell.length());
        numeric[j] &= i == 0 || cell.isEmpty() || cell.matches("[-+±.0-9eE %–]+");
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int j = 0; j < columns; j++) {
        String padding = " ".repeat(widths[j] - row.get(j).length());
        line.append(numeric[j] ? padding + row.get(j) : row.get(j) + padding).append("  ");
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** A number in four significant digits, without an exponent where it is short without one. */
  public static String number(double value) {
    double size = Math.abs(value);
    if (value == 0 || size >= 1e-4 && size < 1e7) {
      BigDecimal rounded = new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros();
      return rounded.toPlainString();
    }
    return String.format(Locale.ROOT, "%.3e", value);
  }
}
