package dev.espalier.tables;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Something known of the rows of a table, that a model can be conditioned on.
 *
 * <p>As text: {@code species=Adelie}, {@code year=2008}, {@code x>1.5}, {@code 2<=x<=5}, {@code
 * born>=2020-01-01}, {@code x + 2*y = 10}, {@code x - y < 0}. Several are separated by commas. A
 * column's name or a cell with other characters stands in double quotes, and so does a number that
 * is not plain but as its column has it: {@code price<="1.234,50"}.
 */
public sealed interface Condition {

  /**
   * A cell that is known.
   *
   * @param column its name
   * @param cell as a CSV file has it
   */
  record Is(String column, String cell) implements Condition {
    /** Points that may set thousands apart; in quotes they are read as the column has them. */
    private static final Pattern POINTS = Pattern.compile("-?[1-9][0-9]{0,2}(\\.[0-9]{3})+");

    @Override
    public String toString() {
      boolean plain =
          cell.indexOf(',') < 0
              && cell.indexOf('"') < 0
              && cell.equals(cell.strip())
              && !POINTS.matcher(cell).matches();
      return column + "=" + (plain ? cell : '"' + cell.replace("\"", "\"\"") + '"');
    }
  }

  /**
   * A number between two ends, which belong to the range.
   *
   * @param column its name
   * @param low maybe {@code −∞}; dates in days and date-times in seconds since 1970-01-01
   * @param high at least {@code low}, maybe {@code +∞}
   */
  record Within(String column, double low, double high) implements Condition {
    /** Checks the order. */
    public Within {
      if (!(low <= high)) {
        throw new IllegalArgumentException(
            "need low <= high for '" + column + "', got " + low + " and " + high);
      }
    }

    @Override
    public String toString() {
      return range(column, low, high);
    }
  }

  /**
   * A weighted sum of numbers between two ends, or equal to both.
   *
   * @param weights by column, finite and not 0
   * @param low maybe {@code −∞}
   * @param high at least {@code low}, maybe {@code +∞}
   */
  record Sum(Map<String, Double> weights, double low, double high) implements Condition {
    /** Copies and checks. */
    public Sum {
      weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
      if (weights.isEmpty()
          || weights.values().stream().anyMatch(each -> !Double.isFinite(each) || each == 0)) {
        throw new IllegalArgumentException(
            "need finite weights other than 0 in a sum, got " + weights);
      }
      if (!(low <= high)) {
        throw new IllegalArgumentException(
            "need low <= high for a sum, got " + low + " and " + high);
      }
    }

    /** The sum without its ends. */
    String columns() {
      StringBuilder sum = new StringBuilder();
      weights.forEach(
          (column, weight) -> {
            sum.append(sum.isEmpty() ? (weight < 0 ? "-" : "") : weight < 0 ? " - " : " + ");
            double size = Math.abs(weight);
            sum.append(size == 1 ? "" : Decimals.shortest(size) + "*").append(column);
          });
      return sum.toString();
    }

    @Override
    public String toString() {
      return low == high ? columns() + " = " + Decimals.shortest(low) : range(columns(), low, high);
    }
  }

  private static String range(String what, double low, double high) {
    String below = Double.isInfinite(low) ? "" : Decimals.shortest(low) + "<=";
    String above = Double.isInfinite(high) ? "" : "<=" + Decimals.shortest(high);
    return below.isEmpty() && !above.isEmpty() ? what + above : below + what + above;
  }

  /** A cell that is known. */
  static Condition cell(String column, String cell) {
    return new Is(column, cell);
  }

  /** A number between two ends, which belong to the range. */
  static Condition within(String column, double low, double high) {
    return new Within(column, low, high);
  }

  /** A weighted sum of numbers that is known. */
  static Condition sum(Map<String, Double> weights, double value) {
    return new Sum(weights, value, value);
  }

  /**
   * Reads conditions that are separated by commas.
   *
   * @param fields the columns there are
   * @throws IllegalArgumentException if the text has an error or names an unknown column
   */
  static List<Condition> parse(String text, List<Field> fields) {
    return new ConditionText(text, fields).all();
  }

  /** The text that {@link #parse} reads, for conditions in the order given. */
  static String print(List<Condition> conditions) {
    List<String> texts = new ArrayList<>();
    conditions.forEach(each -> texts.add(each.toString()));
    return String.join(", ", texts);
  }
}
