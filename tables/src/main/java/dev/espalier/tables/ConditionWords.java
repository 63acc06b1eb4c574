package dev.espalier.tables;

import java.util.ArrayList;
import java.util.List;

/**
 * Conditions in words that a person who typed them knows again: dates as dates, strict as strict.
 */
final class ConditionWords {

  private ConditionWords() {}

  /** The conditions in the order given, separated by commas. */
  static String of(List<Condition> conditions, List<Field> fields) {
    List<String> words = new ArrayList<>();
    for (Condition each : conditions) {
      words.add(
          each instanceof Condition.Within within
              ? of(within, field(within.column(), fields))
              : each instanceof Condition.Sum sum ? of(sum) : each.toString());
    }
    return String.join(", ", words);
  }

  private static Field field(String column, List<Field> fields) {
    return fields.stream().filter(each -> each.name().equals(column)).findFirst().orElseThrow();
  }

  /** A range of a column. */
  static String of(Condition.Within within, Field field) {
    Notation notation = field.notation();
    if (within.low() == within.high()) {
      return field.name() + "=" + quoted(number(within.low(), notation));
    }
    End low = end(within.low(), 1, notation);
    End high = end(within.high(), -1, notation);
    String below = low.infinite() ? "" : quoted(number(low.value, notation));
    String above = high.infinite() ? "" : quoted(number(high.value, notation));
    return range(field.name(), low, below, high, above);
  }

  private static String of(Condition.Sum sum) {
    if (sum.low() == sum.high()) {
      return sum.toString();
    }
    End low = end(sum.low(), 1, Notation.finest(Kind.CONTINUOUS));
    End high = end(sum.high(), -1, Notation.finest(Kind.CONTINUOUS));
    String below = low.infinite() ? "" : Decimals.shortest(low.value);
    String above = high.infinite() ? "" : Decimals.shortest(high.value);
    return range(sum.columns(), low, below, high, above);
  }

  private static String range(String what, End low, String below, End high, String above) {
    if (low.infinite() && high.infinite()) {
      return what;
    }
    if (high.infinite()) {
      return what + (low.strict ? ">" : ">=") + below;
    }
    String upper = what + (high.strict ? "<" : "<=") + above;
    return low.infinite() ? upper : below + (low.strict ? "<" : "<=") + upper;
  }

  /** An end of a range, which belongs to it unless it is strict. */
  private record End(double value, boolean strict) {
    boolean infinite() {
      return Double.isInfinite(value);
    }
  }

  /**
   * The end as it was typed.
   *
   * @param inwards 1 for a low end, −1 for a high one
   */
  private static End end(double value, int inwards, Notation notation) {
    if (Double.isInfinite(value)) {
      return new End(value, false);
    }
    if (notation.unit() > 0) {
      double near = notation.snap(value);
      boolean outside = inwards > 0 ? near < value : near > value;
      return new End(outside ? notation.snap(value + inwards * notation.unit()) : near, false);
    }
    // the neighbour of a number that takes few digits stands for what lies beyond that number
    double beyond = inwards > 0 ? Math.nextDown(value) : Math.nextUp(value);
    boolean strict = beyond == 0 || digits(beyond) + 3 < digits(value);
    return new End(strict ? beyond : value, strict);
  }

  private static int digits(double value) {
    return Decimals.exact(value).stripTrailingZeros().precision();
  }

  /** A number as its column has it, with all its digits. */
  static String number(double value, Notation notation) {
    if (notation instanceof NumberNotation numbers) {
      return numbers.writeAll(value);
    }
    return notation.write(notation.snap(value));
  }

  private static String quoted(String number) {
    return number.indexOf(',') < 0 ? number : '"' + number + '"';
  }
}
