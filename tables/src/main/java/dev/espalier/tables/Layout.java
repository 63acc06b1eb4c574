package dev.espalier.tables;

/**
 * How the bytes of a table file are laid out.
 *
 * @param format the {@linkplain TableFormat#name name} of its format
 * @param compression how they are packed
 * @param csv separator and encoding, if the format is CSV
 */
public record Layout(String format, Compression compression, CsvFormat csv) {

  /** Comma-separated UTF-8. */
  public static final Layout STANDARD =
      new Layout(CsvFiles.NAME, Compression.NONE, CsvFormat.STANDARD);
}
