package dev.espalier.tables;

import dev.espalier.api.InvalidDataException;
import dev.espalier.runtime.OutputFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Tables in and out of CSV files as in RFC 4180: quoted cells, doubled quotes, line breaks in
 * cells.
 *
 * <p>A file starts with a line of distinct, non-empty column names. Lines may end in LF, CRLF or
 * CR, a byte order mark is skipped, blank lines are skipped where there are several columns, and
 * blanks around a cell do not count. There are no comments. Reading takes two passes, the first to
 * find the kinds of the columns, so memory is that of the table.
 */
public final class Csv {

  private static final int SHOWN = 40;

  private Csv() {}

  /** Reads a comma-separated UTF-8 file, inferring all kinds. */
  public static Table read(Path path) {
    return read(path, CsvFormat.STANDARD, Schema.none());
  }

  /**
   * Reads a file.
   *
   * @throws InvalidDataException if it cannot be read, is no CSV file of this format, or breaks the
   *     schema; the message names the file and the line
   */
  public static Table read(Path path, CsvFormat format, Schema schema) {
    try {
      if (Files.isDirectory(path)) {
        throw new InvalidDataException("cannot read '" + path + "': it is a folder");
      }
      if (Files.isRegularFile(path)) {
        return read(path.toString(), () -> Files.newInputStream(path), format, schema);
      }
      byte[] bytes = Files.readAllBytes(path);
      return read(path.toString(), () -> new ByteArrayInputStream(bytes), format, schema);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** Reads CSV text; {@code name} stands for the file in errors. */
  static Table parse(String name, String text, CsvFormat format, Schema schema) {
    return parse(name, text.getBytes(format.encoding()), format, schema);
  }

  static Table parse(String name, byte[] bytes, CsvFormat format, Schema schema) {
    try {
      return read(name, () -> new ByteArrayInputStream(bytes), format, schema);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static InvalidDataException unreadable(Path path, IOException e) {
    String why =
        e instanceof NoSuchFileException
            ? "there is no such file"
            : e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
    return new InvalidDataException("cannot read '" + path + "': " + why, e);
  }

  private static Table read(String name, CsvSource.Bytes bytes, CsvFormat format, Schema schema)
      throws IOException {
    return TableReader.read(
        new CsvSource(name, bytes, format), Reading.STANDARD.withCsv(format).withSchema(schema));
  }

  /** Writes a comma-separated UTF-8 file. */
  public static void write(Table table, Path path) {
    write(table, path, CsvFormat.STANDARD);
  }

  /**
   * Writes a file with LF line ends, quoting where needed; a missing cell is the table's
   * {@linkplain Table#missing word} for it.
   *
   * <p>The file is written whole or not at all.
   *
   * @throws InvalidDataException if it cannot be written, with one line that says why
   */
  public static void write(Table table, Path path, CsvFormat format) {
    OutputFile.write(path, out -> CsvOutput.to(out, format).append(table));
  }

  /** The text of a comma-separated file. */
  public static String print(Table table) {
    StringWriter text = new StringWriter();
    try {
      CsvOutput.to(text).append(table);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  static String place(String name, long line) {
    return name + ", line " + line;
  }

  /** A text short enough for a message, on one line. */
  static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(SHOWN)
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                shown.append(String.format("\\u%04x", c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown + (text.codePointCount(0, text.length()) > SHOWN ? "…" : "");
  }

  /** A column in the words of errors and notes. */
  static String column(String name) {
    return "column '" + shown(name) + "'";
  }

  static String shown(List<String> words) {
    List<String> few = words.subList(0, Math.min(12, words.size()));
    return "["
        + String.join(", ", few.stream().map(Csv::shown).toList())
        + (words.size() > few.size() ? ", … " + words.size() + " in all]" : "]");
  }

  static String shown(char separator) {
    return separator == '\t' ? "a tab" : "'" + separator + "'";
  }
}
