package dev.espalier.tables;

import java.io.IOException;
import java.util.List;

/**
 * The rows of a table file as text, readable from the first as often as needed.
 *
 * <p>A format that is no text gives every cell in the notation that a CSV file would have: shortest
 * decimals, ISO dates, and an empty text for a missing cell.
 */
public interface RowSource {

  /** What the file itself says of a column. */
  enum Hint {
    /** Nothing: numbers, dates and words are told apart by the cells. */
    NONE,
    /** Cells are numbers; one that is not finite is an error. */
    NUMBERS,
    /** Cells are words, also where they look like numbers or dates. */
    WORDS
  }

  /** Takes the column names and then every row. */
  interface Visitor {

    /** The names and what is known of the columns; once, before all rows. */
    void header(List<String> names, List<Hint> hints, long position);

    /** One row, a text for every column without blanks around it. */
    void row(List<String> cells, long position);
  }

  /** A number in the notation of cells: the shortest that reads back; empty if it is NaN. */
  static String text(double value) {
    return Double.isNaN(value) ? "" : Decimals.shortest(value);
  }

  /** A number of single precision in the notation of cells; empty if it is NaN. */
  static String text(float value) {
    return Float.isNaN(value) ? "" : Decimals.shortest(value);
  }

  /** The file's name, for errors. */
  String name();

  /** Where a row stands, for errors, such as {@code t.csv, line 4}. */
  String place(long position);

  /**
   * What the file says of columns whose cells do not tell it; a reader's own rules come first.
   *
   * @throws dev.espalier.api.InvalidDataException if the file is not of this format
   * @throws IOException if it cannot be read
   */
  default Schema said() throws IOException {
    return Schema.none();
  }

  /**
   * Hands all rows to the visitor, in order.
   *
   * @throws dev.espalier.api.InvalidDataException if the file is not of this format
   * @throws IOException if it cannot be read
   */
  void scan(Visitor visitor) throws IOException;
}
