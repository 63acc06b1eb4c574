package dev.espalier.tables;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import dev.espalier.api.InvalidDataException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import org.jspecify.annotations.Nullable;

/**
 * Writes tables of the same columns one below the other as one file, with LF line ends and quotes
 * where needed.
 *
 * <p>The header comes before the first table. A missing cell is the table's {@linkplain
 * Table#missing word} for it. Not safe for concurrent use.
 */
final class CsvOutput implements TableOutput {

  private final Writer to;
  private final CsvFormat format;
  private @Nullable CsvWriter writer;

  private CsvOutput(Writer to, CsvFormat format) {
    this.to = to;
    this.format = format;
  }

  /** Writes to a stream, which the caller closes. */
  public static CsvOutput to(OutputStream out, CsvFormat format) {
    return new CsvOutput(
        new OutputStreamWriter(
            out,
            format
                .encoding()
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)),
        format);
  }

  static CsvOutput to(Writer to) {
    return new CsvOutput(to, CsvFormat.STANDARD);
  }

  /**
   * Writes all rows of a table and passes them on.
   *
   * @throws InvalidDataException if the encoding lacks a character
   * @throws IOException if the stream fails
   */
  @Override
  public void append(Table table) throws IOException {
    try {
      if (writer == null) {
        writer = writer(table.columns().size());
        writer.writeRecord(table.names());
      }
      String[] cells = new String[table.columns().size()];
      for (int i = 0; i < table.count(); i++) {
        for (int j = 0; j < cells.length; j++) {
          String text = table.columns().get(j).text(i);
          cells[j] = text == null ? table.missing() : text;
        }
        writer.writeRecord(cells);
      }
      writer.flush();
    } catch (UncheckedIOException e) {
      throw lacking(e.getCause());
    } catch (CharacterCodingException e) {
      throw lacking(e);
    }
  }

  @Override
  public void finish() throws IOException {
    to.flush();
  }

  private CsvWriter writer(int columns) {
    CsvWriter.CsvWriterBuilder builder =
        CsvWriter.builder().fieldSeparator(format.separator()).lineDelimiter(LineDelimiter.LF);
    if (columns == 1) {
      // an empty cell alone would be an empty line, which readers skip
      builder.quoteStrategy(QuoteStrategies.EMPTY);
    }
    return builder.build(to);
  }

  private IOException lacking(IOException failure) {
    if (failure instanceof CharacterCodingException) {
      throw new InvalidDataException(
          "cannot write the table: "
              + format.encoding()
              + " lacks a character of it; choose UTF-8 (--encoding)",
          failure);
    }
    return failure;
  }
}
