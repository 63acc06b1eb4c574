package dev.espalier.tables;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One typed column of a table, read-only: a field and its cells.
 *
 * <p>Numbers take 8 bytes a cell and categories 4; only identifiers keep their words.
 */
public final class Column {

  private static final double[] NO_NUMBERS = {};
  private static final int[] NO_CODES = {};

  private final Field field;
  private final int count;
  private final double[] numbers;
  private final int[] codes;
  private final @Nullable String[] words;
  private final Notation notation;

  private Column(Field field, int count, double[] numbers, int[] codes, @Nullable String[] words) {
    this.field = field;
    this.count = count;
    this.numbers = numbers;
    this.codes = codes;
    this.words = words;
    this.notation = field.kind().isNumber() ? field.notation() : Notation.finest(Kind.CONTINUOUS);
  }

  /**
   * A column of numbers.
   *
   * @param field of a kind of numbers
   * @param numbers finite, or NaN for a missing cell; whole numbers of at most 15 digits; dates in
   *     days, date-times in seconds since 1970-01-01, local ones or, for time stamps, of UTC, and
   *     times in seconds since midnight; on the grid of the field's pattern, to which they are
   *     rounded
   */
  public static Column numbers(Field field, double[] numbers) {
    if (!field.kind().isNumber()) {
      throw new IllegalArgumentException(
          "need a kind of numbers for '" + field.name() + "', got " + field.kind().word());
    }
    Notation notation = field.notation();
    double[] snapped = new double[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] < notation.least() || numbers[i] > notation.greatest()) {
        throw new IllegalArgumentException(
            "need NaN or " + notation.values() + " in '" + field.name() + "', got " + numbers[i]);
      }
      snapped[i] = Double.isNaN(numbers[i]) ? Double.NaN : notation.snap(numbers[i]);
    }
    return new Column(field, numbers.length, snapped, NO_CODES, new String[0]);
  }

  /**
   * A column of known words.
   *
   * @param field categorical, ordered, boolean or constant
   * @param codes an index into the field's categories, or −1 for a missing cell
   */
  public static Column codes(Field field, int[] codes) {
    if (!field.kind().isCategory()) {
      throw new IllegalArgumentException(
          "need a kind of known words for '" + field.name() + "', got " + field.kind().word());
    }
    for (int code : codes) {
      if (!(code >= -1 && code < field.categories().size())) {
        throw new IllegalArgumentException(
            "need codes from -1 to "
                + (field.categories().size() - 1)
                + " in '"
                + field.name()
                + "', got "
                + code);
      }
    }
    return new Column(field, codes.length, NO_NUMBERS, codes.clone(), new String[0]);
  }

  /** A column of identifiers, which models leave out; null for a missing cell. */
  public static Column identifiers(String name, List<@Nullable String> words) {
    return identifiers(Field.words(name, Kind.IDENTIFIER, List.of()), words);
  }

  /**
   * A column of identifiers; null for a missing cell.
   *
   * @param field with the form in which models write fresh ones, or without one to leave them out
   */
  public static Column identifiers(Field field, List<@Nullable String> words) {
    if (field.kind() != Kind.IDENTIFIER) {
      throw new IllegalArgumentException(
          "need identifiers in '" + field.name() + "', got " + field.kind().word());
    }
    return new Column(
        field, words.size(), NO_NUMBERS, NO_CODES, words.toArray(new @Nullable String[0]));
  }

  /** A column without any cell. */
  public static Column allMissing(String name, int count) {
    Field field = Field.words(name, Kind.ALL_MISSING, List.of());
    return new Column(field, count, NO_NUMBERS, NO_CODES, new String[0]);
  }

  /** The type. */
  public Field field() {
    return field;
  }

  /** The name. */
  public String name() {
    return field.name();
  }

  /** What the cells are. */
  public Kind kind() {
    return field.kind();
  }

  /** The number of cells. */
  public int count() {
    return count;
  }

  /** Whether cell {@code i} is missing. */
  public boolean missing(int i) {
    if (kind().isNumber()) {
      return Double.isNaN(numbers[i]);
    }
    return switch (kind()) {
      case ALL_MISSING -> i >= 0;
      case IDENTIFIER -> words[i] == null;
      default -> codes[i] < 0;
    };
  }

  /** How many cells are missing. */
  public int missing() {
    int missing = 0;
    for (int i = 0; i < count; i++) {
      missing += missing(i) ? 1 : 0;
    }
    return missing;
  }

  /** The number in cell {@code i} of a column of numbers; NaN if missing. */
  public double number(int i) {
    return numbers[i];
  }

  /** The code in cell {@code i} of a column of known words; −1 if missing. */
  public int code(int i) {
    return codes[i];
  }

  /** Cell {@code i} as a CSV file has it; null if missing. */
  public @Nullable String text(int i) {
    if (missing(i)) {
      return null;
    }
    if (kind().isNumber()) {
      return notation.write(numbers[i]);
    }
    return kind() == Kind.IDENTIFIER ? words[i] : field.categories().get(codes[i]);
  }

  /** The given cells, in the order given. */
  public Column rows(int[] rows) {
    for (int row : rows) {
      if (row < 0) {
        throw new IndexOutOfBoundsException("need rows from 0 on, got " + row);
      }
    }
    return gathered(name(), rows);
  }

  /** The given cells under another name; one at −1 is missing. */
  Column gathered(String name, int[] rows) {
    double[] keptNumbers = new double[numbers.length == 0 ? 0 : rows.length];
    int[] keptCodes = new int[codes.length == 0 ? 0 : rows.length];
    @Nullable String[] keptWords = new @Nullable String[words.length == 0 ? 0 : rows.length];
    for (int i = 0; i < rows.length; i++) {
      int row = rows[i];
      if (row >= count) {
        throw new IndexOutOfBoundsException("need rows below " + count + ", got " + row);
      }
      if (keptNumbers.length > 0) {
        keptNumbers[i] = row < 0 ? Double.NaN : numbers[row];
      }
      if (keptCodes.length > 0) {
        keptCodes[i] = row < 0 ? -1 : codes[row];
      }
      if (keptWords.length > 0) {
        keptWords[i] = row < 0 ? null : words[row];
      }
    }
    return new Column(field.named(name), rows.length, keptNumbers, keptCodes, keptWords);
  }

  /** A column of cells as plain numbers: numbers of the field, or codes and −1. */
  static Column of(Field field, double[] cells) {
    if (field.kind().isNumber()) {
      return numbers(field, cells);
    }
    if (field.kind() == Kind.ALL_MISSING) {
      return allMissing(field.name(), cells.length);
    }
    return codes(field, Arrays.stream(cells).mapToInt(each -> (int) each).toArray());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Column that
        && field.equals(that.field)
        && count == that.count
        && Arrays.equals(numbers, that.numbers)
        && Arrays.equals(codes, that.codes)
        && Arrays.equals(words, that.words);
  }

  @Override
  public int hashCode() {
    return 31 * field.hashCode() + Arrays.hashCode(numbers) + Arrays.hashCode(codes);
  }

  @Override
  public String toString() {
    return "Column[" + name() + ", " + kind().word() + ", " + count + " cells]";
  }
}
