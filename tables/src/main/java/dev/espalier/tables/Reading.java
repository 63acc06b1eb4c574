package dev.espalier.tables;

/**
 * How a table file is read.
 *
 * @param csv the layout, if it is a CSV file
 * @param schema what is said about the columns; the rest is inferred from all rows
 * @param mostRows the most rows that are kept, at least 1; of more, a uniform sample without
 *     replacement
 * @param seed of the sample
 * @param identifiers what becomes of columns that are found to be identifiers
 */
public record Reading(
    CsvFormat csv, Schema schema, int mostRows, long seed, Identifiers identifiers) {

  /** All rows, commas and UTF-8, everything inferred. */
  public static final Reading STANDARD =
      new Reading(CsvFormat.STANDARD, Schema.none(), Integer.MAX_VALUE, 0, Identifiers.LEFT_OUT);

  /** Checks the number of rows. */
  public Reading {
    if (mostRows < 1) {
      throw new IllegalArgumentException("need at least 1 row to keep, got " + mostRows);
    }
  }

  /** The same with another layout of CSV files. */
  public Reading withCsv(CsvFormat csv) {
    return new Reading(csv, schema, mostRows, seed, identifiers);
  }

  /** The same with another schema. */
  public Reading withSchema(Schema schema) {
    return new Reading(csv, schema, mostRows, seed, identifiers);
  }

  /** The same with another fate of identifiers. */
  public Reading withIdentifiers(Identifiers identifiers) {
    return new Reading(csv, schema, mostRows, seed, identifiers);
  }

  /** The same, keeping at most so many rows, chosen by the seed. */
  public Reading withMostRows(int mostRows, long seed) {
    return new Reading(csv, schema, mostRows, seed, identifiers);
  }
}
