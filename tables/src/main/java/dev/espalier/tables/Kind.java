package dev.espalier.tables;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the cells of a column are. */
public enum Kind {
  /** Real numbers, written with the decimals of the data. */
  CONTINUOUS,
  /** Whole numbers of at most 15 digits. */
  INTEGER,
  /** One of a known set of words. */
  CATEGORICAL,
  /** One of a known set of words that stand in an order, from the lowest to the highest. */
  ORDERED,
  /** One of two words that mean no and yes, such as {@code false} and {@code true} or 0 and 1. */
  BOOLEAN,
  /** Days, {@code yyyy-MM-dd}. */
  DATE,
  /** Times of day in ISO form. */
  TIME,
  /** Moments of local time in ISO form. */
  DATE_TIME,
  /** Moments anywhere in ISO form: local time with its offset or zone. */
  TIMESTAMP,
  /** The same word in every cell that is there; restored as it was. */
  CONSTANT,
  /** Words that tell rows apart, such as row numbers and names; never learned. */
  IDENTIFIER,
  /** No cell is there. */
  ALL_MISSING;

  /** The word that schema files use, such as {@code date-time}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The kind of that word. */
  public static Optional<Kind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  /** Whether cells are numbers on a line: continuous, integer and whatever is temporal. */
  public boolean isNumber() {
    return this == CONTINUOUS || this == INTEGER || isTemporal();
  }

  /** Whether cells are days, times or moments. */
  public boolean isTemporal() {
    return this == DATE || this == TIME || this == DATE_TIME || this == TIMESTAMP;
  }

  /** Whether cells are codes of known words: categorical, ordered, boolean and constant. */
  public boolean isCategory() {
    return isChoice() || this == CONSTANT;
  }

  /** Whether cells are codes of several known words: categorical, ordered and boolean. */
  public boolean isChoice() {
    return this == CATEGORICAL || this == ORDERED || this == BOOLEAN;
  }

  /** The words of all kinds. */
  static List<String> words() {
    return Arrays.stream(values()).map(Kind::word).toList();
  }
}
