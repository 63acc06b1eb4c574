package dev.espalier.tables;

import java.util.OptionalDouble;

/**
 * How the numbers of a column are written, and with it which numbers there are.
 *
 * <p>Patterns: {@code any} (as many digits as it takes), {@code 0.00} (two decimals), {@code 0.##}
 * (up to two), {@code 0.0#} (one or two); with other signs, such as {@code 0,00}, {@code #,##0.0},
 * {@code # ##0,00} ({@code ##} where four digits are not set apart), {@code 0.0%} (45% is 0.45) and
 * {@code $0.00}, where {@code *} stands for as many decimals as it takes; dates such as {@code
 * yyyy-MM-dd} ({@link DateNotation#PATTERNS}), times such as {@code HH:mm:ss.SSS}, date-times such
 * as {@code yyyy-MM-dd HH:mm}, and time stamps, which are date-times followed by a {@linkplain Zone
 * zone}. Parts of a time below the unit of the data are zeros: {@code yyyy-MM-ddTHH:00:00}.
 */
sealed interface Notation permits NumberNotation, DateNotation, TimeNotation, MomentNotation {

  String ANY = "any";
  String DATE = "yyyy-MM-dd";

  /**
   * Reads a pattern for a kind of numbers.
   *
   * @throws IllegalArgumentException if the kind has no such pattern
   */
  static Notation of(Kind kind, String pattern) {
    return switch (kind) {
      case CONTINUOUS, INTEGER -> NumberNotation.of(kind, pattern);
      case DATE -> DateNotation.of(pattern);
      case TIME -> TimeNotation.of(pattern);
      case DATE_TIME, TIMESTAMP -> MomentNotation.of(kind, pattern);
      default -> throw new IllegalArgumentException("need a kind of numbers, got " + kind.word());
    };
  }

  /** The notation of a kind that writes every number there is. */
  static Notation finest(Kind kind) {
    return of(
        kind,
        switch (kind) {
          case INTEGER -> "0";
          case DATE -> DATE;
          case TIME -> "HH:mm:ss.SSSSSS";
          case DATE_TIME -> "yyyy-MM-dd HH:mm:ss.SSS";
          case TIMESTAMP -> "yyyy-MM-dd HH:mm:ss.SSSZ";
          default -> ANY;
        });
  }

  /** For a pattern that a kind does not have. */
  static IllegalArgumentException wrong(Kind kind, String such, String pattern) {
    return new IllegalArgumentException(
        "need a pattern for "
            + kind.word()
            + " cells, such as "
            + such
            + ", got '"
            + pattern
            + "'");
  }

  /** The text that this was read from. */
  String pattern();

  /** The distance between neighbouring values; 0 if they are a continuum for all purposes. */
  double unit();

  /** The least number that there is. */
  double least();

  /** The greatest number that there is. */
  double greatest();

  /** Which numbers there are, in words, such as {@code years from 1 to 9999}. */
  String values();

  /** The nearest number that this notation can write. */
  double snap(double value);

  /** The number as text. */
  String write(double value);

  /** The number of a cell of this kind, in any notation of it; empty if the cell is none. */
  OptionalDouble read(String cell);

  /** What a cell that cannot be read should have been. */
  String need(String cell);
}
