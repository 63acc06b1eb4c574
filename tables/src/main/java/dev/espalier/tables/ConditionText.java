package dev.espalier.tables;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads conditions such as {@code species=Adelie, 2<=x<=5, x + 2*y = 10}. */
final class ConditionText {

  /** The texts of times and moments are not shorter and not longer. */
  private static final int SHORTEST = 5;

  private static final int LONGEST = 80;

  private final String text;
  private final List<Field> fields;
  private int at;

  ConditionText(String text, List<Field> fields) {
    this.text = text;
    this.fields = fields;
  }

  List<Condition> all() {
    List<Condition> all = new ArrayList<>();
    skip();
    while (at < text.length()) {
      all.add(one());
      skip();
      if (at < text.length()) {
        if (text.charAt(at) != ',') {
          throw wrong("a comma between conditions");
        }
        at++;
        skip();
      }
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "need a condition such as column=cell or column>1.5, got none");
    }
    return all;
  }

  private IllegalArgumentException wrong(String need) {
    String rest = text.substring(Math.min(at, text.length()));
    return new IllegalArgumentException(
        "need "
            + need
            + " in '"
            + Csv.shown(text)
            + "', got "
            + (rest.isBlank() ? "its end" : "'" + Csv.shown(rest) + "'"));
  }

  private void skip() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  /** A side of a comparison: a number or a sum of columns. */
  private record Side(Map<String, Double> weights, double constant) {
    boolean isNumber() {
      return weights.isEmpty();
    }

    /** The one column that stands alone; empty if there are several or it has a weight. */
    String alone() {
      boolean alone =
          weights.size() == 1 && weights.values().iterator().next() == 1 && constant == 0;
      return alone ? weights.keySet().iterator().next() : "";
    }
  }

  private Condition one() {
    String column = column();
    if (!column.isEmpty()) {
      Field field = field(column);
      int start = at;
      skip();
      String operator = operator();
      if (!field.kind().isNumber()) {
        if (!operator.equals("=")) {
          at = start;
          throw wrong(
              "'=' and a cell after the " + field.kind().word() + " column '" + column + "'");
        }
        return Condition.cell(column, cell());
      }
      if (operator.equals("=")) {
        String cell = cell();
        OptionalDouble plain = NumberNotation.readPlain(cell);
        OptionalDouble number = number(field, cell);
        boolean quoted = at > 0 && text.charAt(at - 1) == '"';
        if (!quoted && !field.kind().isTemporal() && plain.isPresent() && !plain.equals(number)) {
          return Condition.within(column, plain.getAsDouble(), plain.getAsDouble());
        }
        if (number.isPresent()) {
          return Condition.cell(column, cell);
        }
      }
      at = start;
      return comparison(column);
    }
    return comparison("");
  }

  /** A comparison of sums, whose first column was read already if it is given. */
  private Condition comparison(String first) {
    Side left = side(first, "");
    String operator = operator();
    if (operator.isEmpty()) {
      throw wrong("one of = < <= > >=");
    }
    Side middle = side("", left.alone());
    skip();
    String second = operator();
    if (second.isEmpty()) {
      return compared(left, operator, middle);
    }
    Side right = side("", middle.alone());
    boolean rising = operator.startsWith("<") && second.startsWith("<");
    boolean falling = operator.startsWith(">") && second.startsWith(">");
    if (!((rising || falling) && left.isNumber() && right.isNumber())) {
      throw new IllegalArgumentException(
          "need two numbers around a column, such as 2<=x<=5, got '" + Csv.shown(text) + "'");
    }
    double low = rising ? left.constant : right.constant;
    double high = rising ? right.constant : left.constant;
    String below = rising ? operator : second;
    String above = rising ? second : operator;
    return bounded(
        middle,
        below.endsWith("=") ? low : Math.nextUp(low),
        above.endsWith("=") ? high : Math.nextDown(high));
  }

  private Condition compared(Side left, String operator, Side right) {
    Map<String, Double> weights = new LinkedHashMap<>(left.weights);
    right.weights.forEach((column, weight) -> weights.merge(column, -weight, Double::sum));
    weights.values().removeIf(weight -> weight == 0);
    if (weights.isEmpty()) {
      throw new IllegalArgumentException(
          "need a column in every condition, got '" + Csv.shown(text) + "'");
    }
    boolean swapped = left.isNumber();
    if (swapped) {
      weights.replaceAll((column, weight) -> -weight);
    }
    double value = swapped ? left.constant - right.constant : right.constant - left.constant;
    Side all = new Side(weights, 0);
    boolean less = operator.startsWith("<") != swapped;
    return switch (operator) {
      case "=" -> bounded(all, value, value);
      case "<=", ">=" ->
          less
              ? bounded(all, Double.NEGATIVE_INFINITY, value)
              : bounded(all, value, Double.POSITIVE_INFINITY);
      default ->
          less
              ? bounded(all, Double.NEGATIVE_INFINITY, Math.nextDown(value))
              : bounded(all, Math.nextUp(value), Double.POSITIVE_INFINITY);
    };
  }

  private Condition bounded(Side side, double low, double high) {
    double from = low - side.constant;
    double to = high - side.constant;
    if (!(from <= to)) {
      throw new IllegalArgumentException(
          "need a range that is not empty, got '" + Csv.shown(text) + "'");
    }
    if (side.weights.size() == 1) {
      Map.Entry<String, Double> only = side.weights.entrySet().iterator().next();
      double one = from / only.getValue();
      double other = to / only.getValue();
      if (from == to) {
        return Condition.within(only.getKey(), one, one);
      }
      return Condition.within(only.getKey(), Math.min(one, other), Math.max(one, other));
    }
    return new Condition.Sum(side.weights, from, to);
  }

  /**
   * A sum of terms.
   *
   * @param first a column that was read already
   * @param beside the column that this is compared with, whose notation a number may have
   */
  private Side side(String first, String beside) {
    Map<String, Double> weights = new LinkedHashMap<>();
    double constant = 0;
    boolean some = false;
    if (!first.isEmpty()) {
      add(weights, first, 1);
      some = true;
    }
    while (true) {
      skip();
      double sign = 1;
      if (some) {
        if (at >= text.length() || "+-".indexOf(text.charAt(at)) < 0) {
          return new Side(weights, constant);
        }
        sign = text.charAt(at++) == '-' ? -1 : 1;
        skip();
      } else if (at < text.length() && text.charAt(at) == '-') {
        sign = -1;
        at++;
        skip();
      }
      some = true;
      String column = column();
      if (!column.isEmpty()) {
        add(weights, column, sign);
        continue;
      }
      double number = constant(beside);
      skip();
      if (at < text.length() && text.charAt(at) == '*') {
        at++;
        skip();
        String of = column();
        if (of.isEmpty()) {
          throw wrong("a column after '*', one of " + names() + ",");
        }
        add(weights, of, sign * number);
      } else {
        constant += sign * number;
      }
    }
  }

  private void add(Map<String, Double> weights, String column, double weight) {
    if (!field(column).kind().isNumber()) {
      throw new IllegalArgumentException(
          "need a column of numbers in a comparison, got '"
              + column
              + "', which is "
              + field(column).kind().word());
    }
    weights.merge(column, weight, Double::sum);
  }

  /**
   * A plain number, one as the column has it, in quotes if it has commas, or a date, time or moment
   * where the column has such.
   */
  private double constant(String beside) {
    int start = at;
    OptionalDouble cell = asInColumn(beside);
    if (cell.isPresent()) {
      return cell.getAsDouble();
    }
    for (int end = Math.min(text.length(), start + LONGEST); end >= start + SHORTEST; end--) {
      String part = text.substring(start, end);
      boolean maybe = false;
      for (Field field : fields) {
        boolean about = beside.isEmpty() || field.name().equals(beside);
        maybe |= about && field.kind().isTemporal() && number(field, part).isPresent();
      }
      if (maybe) {
        at = end;
        Optional<Field> field = about(beside).filter(each -> each.kind().isTemporal());
        if (field.isPresent() && number(field.get(), part).isPresent()) {
          return number(field.get(), part).getAsDouble();
        }
        at = start;
      }
    }
    int end = start;
    while (end < text.length()) {
      char c = text.charAt(end);
      boolean exponent =
          end > start && (text.charAt(end - 1) == 'e' || text.charAt(end - 1) == 'E');
      boolean digit = c >= '0' && c <= '9' || c == '.' || c == 'e' || c == 'E';
      if (!(digit || exponent && (c == '+' || c == '-'))) {
        break;
      }
      end++;
    }
    OptionalDouble number = NumberNotation.readPlain(text.substring(start, end));
    if (number.isEmpty()) {
      throw wrong("a column, one of " + names() + ", or a number");
    }
    at = end;
    return number.getAsDouble();
  }

  /**
   * A number in the notation of the column beside it, if it stands in quotes or is no plain number.
   */
  private OptionalDouble asInColumn(String beside) {
    int start = at;
    boolean inQuotes = at < text.length() && text.charAt(at) == '"';
    String word;
    if (inQuotes) {
      word = quoted();
    } else {
      while (at < text.length() && ",<>=*+\"".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      word = text.substring(start, at).strip();
    }
    Optional<Field> field = about(beside).filter(each -> !each.kind().isTemporal());
    if (field.isPresent() && (inQuotes || NumberNotation.readPlain(word).isEmpty())) {
      OptionalDouble number = number(field.get(), word);
      if (number.isPresent()) {
        return number;
      }
    }
    at = start;
    return OptionalDouble.empty();
  }

  /** The field of numbers that is named, or that comes after the next operator. */
  private Optional<Field> about(String beside) {
    int here = at;
    String column = beside;
    if (beside.isEmpty()) {
      skip();
      operator();
      skip();
      column = column();
      at = here;
    }
    return column.isEmpty()
        ? Optional.empty()
        : Optional.of(field(column)).filter(each -> each.kind().isNumber());
  }

  private String operator() {
    skip();
    for (String each : List.of("<=", ">=", "==", "<", ">", "=")) {
      if (text.startsWith(each, at)) {
        at += each.length();
        return each.equals("==") ? "=" : each;
      }
    }
    return "";
  }

  /** The column named here, the longest one that fits; empty if there is none. */
  private String column() {
    if (at < text.length() && text.charAt(at) == '"') {
      int start = at;
      String name = quoted();
      if (fields.stream().anyMatch(field -> field.name().equals(name))) {
        return name;
      }
      at = start;
      return ""; // a number in quotes, or an error where one is needed
    }
    String best = "";
    for (Field field : fields) {
      String name = field.name();
      if (name.length() > best.length() && text.startsWith(name, at) && ends(name)) {
        best = name;
      }
    }
    at += best.length();
    return best;
  }

  /** Whether a name ends where no letter, digit or underscore goes on. */
  private boolean ends(String name) {
    int end = at + name.length();
    if (end == text.length() || !word(name.charAt(name.length() - 1))) {
      return true;
    }
    return !word(text.charAt(end));
  }

  private static boolean word(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  /** A cell: in quotes, or all up to the next comma. */
  private String cell() {
    skip();
    if (at < text.length() && text.charAt(at) == '"') {
      return quoted();
    }
    int end = text.indexOf(',', at);
    end = end < 0 ? text.length() : end;
    String cell = text.substring(at, end).strip();
    if (cell.isEmpty()) {
      throw wrong("a cell after '='");
    }
    at = end;
    return cell;
  }

  private String quoted() {
    StringBuilder word = new StringBuilder();
    int next = at + 1;
    while (next < text.length()) {
      char c = text.charAt(next);
      if (c == '"') {
        if (next + 1 < text.length() && text.charAt(next + 1) == '"') {
          next++;
        } else {
          at = next + 1;
          return word.toString();
        }
      }
      word.append(c);
      next++;
    }
    throw wrong("a closing quote");
  }

  private Field field(String name) {
    return fields.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private String names() {
    return Csv.shown(fields.stream().map(Field::name).toList());
  }

  /** A cell of a column of numbers as a number. */
  static OptionalDouble number(Field field, String cell) {
    // a whole number is checked where it is known what the condition does with it
    return field.notation() instanceof NumberNotation notation
        ? notation.readReal(cell)
        : field.notation().read(cell);
  }
}
