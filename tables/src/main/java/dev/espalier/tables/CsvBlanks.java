package dev.espalier.tables;

import dev.espalier.api.InvalidDataException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file written again with its blanks filled; every other byte of its rows stays as it is.
 *
 * <p>With one draw the file keeps its columns. With more, every row is written once a draw, after a
 * first column {@code draw} that counts from 1.
 */
public final class CsvBlanks {

  private final String name;
  private final CsvFormat format;
  private final String text;
  private final List<String> header;
  private final List<Row> rows;
  private final Row top;
  private final String lineEnd;

  /** A record: where its cells start and end, quotes included, and where the next line starts. */
  private record Row(int from, List<int[]> cells, int end, int next) {}

  private CsvBlanks(
      String name, CsvFormat format, String text, List<String> header, List<Row> records) {
    this.name = name;
    this.format = format;
    this.text = text;
    this.header = header;
    this.top = records.get(0);
    this.rows = records.subList(1, records.size());
    String end = text.substring(top.end, top.next);
    this.lineEnd = end.isEmpty() ? "\n" : end;
  }

  /**
   * Opens a file that was read as a table, packed or not.
   *
   * @throws InvalidDataException if it cannot be read, or is not what was read
   */
  public static CsvBlanks of(Path path, CsvFormat format, Table table) {
    String text;
    try {
      text =
          format
              .encoding()
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(TableFiles.unpacked(path)))
              .toString();
    } catch (CharacterCodingException e) {
      throw changed(path.toString(), e);
    } catch (IOException e) {
      throw Csv.unreadable(path, e);
    }
    return of(path.toString(), text, format, table);
  }

  static CsvBlanks of(String name, String text, CsvFormat format, Table table) {
    int start = text.startsWith("\uFEFF") ? 1 : 0;
    List<Row> records = new ArrayList<>();
    int width = table.names().size();
    int at = start;
    while (at < text.length()) {
      Row row = record(text, at, format.separator());
      boolean blank =
          row.cells.size() == 1
              && text.substring(row.cells.get(0)[0], row.cells.get(0)[1]).isBlank();
      if (!blank || width == 1 && !records.isEmpty()) {
        records.add(row);
      }
      at = row.next;
    }
    List<String> header = new ArrayList<>();
    boolean same = records.size() == table.count() + 1;
    for (Row row : records) {
      same &= row.cells.size() == width;
    }
    if (same) {
      for (int[] cell : records.get(0).cells) {
        header.add(content(text.substring(cell[0], cell[1])));
      }
    }
    if (!same || !header.equals(table.names())) {
      throw changed(name, null);
    }
    return new CsvBlanks(name, format, text, header, records);
  }

  private static InvalidDataException changed(String name, @Nullable Exception cause) {
    String message = name + " changed while it was read: read it again";
    return cause == null
        ? new InvalidDataException(message)
        : new InvalidDataException(message, cause);
  }

  private static Row record(String text, int from, char separator) {
    List<int[]> cells = new ArrayList<>();
    int at = from;
    int cell = from;
    while (true) {
      int first = at;
      while (first < text.length()
          && text.charAt(first) != separator
          && (text.charAt(first) == ' ' || text.charAt(first) == '\t')) {
        first++;
      }
      if (first < text.length() && text.charAt(first) == '"') {
        at = closing(text, first);
      }
      while (at < text.length() && "\r\n".indexOf(text.charAt(at)) < 0) {
        if (text.charAt(at) == separator) {
          break;
        }
        at++;
      }
      cells.add(new int[] {cell, at});
      if (at < text.length() && text.charAt(at) == separator) {
        at++;
        cell = at;
        continue;
      }
      int next = at;
      if (next < text.length()) {
        boolean both = text.startsWith("\r\n", next);
        next += both ? 2 : 1;
      }
      return new Row(from, cells, at, next);
    }
  }

  /** The place after the quote that closes the one here. */
  private static int closing(String text, int quote) {
    int at = quote + 1;
    while (at < text.length()) {
      if (text.charAt(at) == '"') {
        if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
          at++;
        } else {
          return at + 1;
        }
      }
      at++;
    }
    return at;
  }

  private static String content(String raw) {
    String cell = raw.strip();
    boolean quoted = cell.length() >= 2 && cell.startsWith("\"") && cell.endsWith("\"");
    return quoted ? cell.substring(1, cell.length() - 1).replace("\"\"", "\"").strip() : cell;
  }

  private String quoted(String cell) {
    boolean plain =
        cell.indexOf(format.separator()) < 0
            && cell.indexOf('"') < 0
            && cell.indexOf('\n') < 0
            && cell.indexOf('\r') < 0
            && cell.equals(cell.strip());
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  /**
   * Writes the file with the blanks of a table filled.
   *
   * @param table what was read
   * @param completion of it
   * @throws IOException if the stream fails
   * @throws InvalidDataException if the encoding lacks a character
   */
  public void write(Table table, Completion completion, OutputStream out) throws IOException {
    StringBuilder to = new StringBuilder();
    int draws = completion.draws();
    boolean counted = draws > 1;
    to.append(text, 0, top.from);
    if (counted) {
      to.append(Completion.counter(header)).append(format.separator());
    }
    to.append(text, top.from, top.end);
    Map<String, Column> filled = new HashMap<>();
    completion.rows().columns().forEach(column -> filled.put(column.name(), column));
    int written = top.end;
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      to.append(text, written, row.from);
      for (int k = 0; k < draws; k++) {
        if (k > 0) {
          to.append(lineEnd);
        }
        if (counted) {
          to.append(k + 1).append(format.separator());
        }
        append(table, filled, row, i, i * draws + k, to);
      }
      written = row.end;
    }
    to.append(text, written, text.length());
    ByteBuffer bytes;
    try {
      bytes =
          format
              .encoding()
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(to));
    } catch (CharacterCodingException e) {
      throw new InvalidDataException(
          "cannot write " + name + " filled: " + format.encoding() + " lacks a character of it", e);
    }
    out.write(bytes.array(), bytes.arrayOffset(), bytes.remaining());
  }

  private void append(
      Table table, Map<String, Column> filled, Row row, int i, int draw, StringBuilder to) {
    for (int j = 0; j < row.cells.size(); j++) {
      if (j > 0) {
        to.append(format.separator());
      }
      int[] cell = row.cells.get(j);
      Column column = filled.get(header.get(j));
      String fill = column != null && table.columns().get(j).missing(i) ? column.text(draw) : null;
      if (fill == null) {
        to.append(text, cell[0], cell[1]);
      } else {
        to.append(quoted(fill));
      }
    }
  }
}
