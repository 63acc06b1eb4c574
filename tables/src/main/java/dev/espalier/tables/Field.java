package dev.espalier.tables;

import java.util.List;

/**
 * The type of a column: its name, what its cells are, and how they are written.
 *
 * @param name not blank
 * @param kind what the cells are
 * @param pattern how numbers are written: {@code any}, {@code 0.00}, {@code 0.0#}, {@code
 *     yyyy-MM-dd}, {@code HH:mm}, {@code yyyy-MM-ddTHH:mm:ss}, {@code
 *     yyyy-MM-ddTHH:mm:ssXXX[Europe/Berlin]} and the like; for identifiers the form in which models
 *     write fresh ones, such as {@code C-[0-9]{5}}, or empty if models leave them out; empty for
 *     other kinds
 * @param categories the known words, distinct, in the order of the codes; for booleans the word for
 *     no comes first, for ordered ones the lowest; empty for kinds without
 * @param low the least number allowed, declared by a schema; {@code −∞} if none was
 * @param high the greatest number allowed, declared by a schema; {@code +∞} if none was
 */
public record Field(
    String name, Kind kind, String pattern, List<String> categories, double low, double high) {

  /** Checks that the parts fit together. */
  public Field {
    categories = List.copyOf(categories);
    if (name.isBlank()) {
      throw new IllegalArgumentException("need a name for every column, got none");
    }
    if (kind.isNumber()) {
      Notation.of(kind, pattern);
    } else if (kind == Kind.IDENTIFIER && !pattern.isEmpty()) {
      IdentifierForm.parse(pattern);
    } else if (!pattern.isEmpty()) {
      throw new IllegalArgumentException("need no pattern for a " + kind.word() + " column");
    }
    int count = categories.size();
    boolean fits =
        switch (kind) {
          case BOOLEAN -> count == 2;
          case CONSTANT -> count == 1;
          case CATEGORICAL, ORDERED -> count >= 1;
          default -> count == 0;
        };
    if (!fits || categories.stream().distinct().count() != count) {
      throw new IllegalArgumentException(
          "need "
              + switch (kind) {
                case BOOLEAN -> "two categories";
                case CONSTANT -> "one category";
                case CATEGORICAL, ORDERED -> "distinct categories, at least one,";
                default -> "no categories";
              }
              + " for the "
              + kind.word()
              + " column '"
              + name
              + "', got "
              + (count > 10 ? count : categories));
    }
    if (!(low < high)) {
      throw new IllegalArgumentException(
          "need low < high in the range of '" + name + "', got " + low + " and " + high);
    }
  }

  /** A column of numbers of a kind, without a declared range. */
  public static Field number(String name, Kind kind, String pattern) {
    return new Field(
        name, kind, pattern, List.of(), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /** A column of known words. */
  public static Field words(String name, Kind kind, List<String> categories) {
    return new Field(
        name, kind, "", categories, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /** This field with a declared range. */
  public Field withRange(double low, double high) {
    return new Field(name, kind, pattern, categories, low, high);
  }

  /** This field under another name. */
  public Field named(String name) {
    return new Field(name, kind, pattern, categories, low, high);
  }

  Notation notation() {
    return Notation.of(kind, pattern);
  }
}
