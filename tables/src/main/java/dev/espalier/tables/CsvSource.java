package dev.espalier.tables;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.espalier.api.InvalidDataException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The records of a CSV file. */
final class CsvSource implements RowSource {

  private static final Pattern RECORD =
      Pattern.compile("(.*) \\(record starting at line (\\d+)\\)", Pattern.DOTALL);

  private final String name;
  private final Bytes source;
  private final CsvFormat format;

  /** Where the bytes come from, as often as asked. */
  @FunctionalInterface
  interface Bytes {
    InputStream open() throws IOException;
  }

  CsvSource(String name, Bytes source, CsvFormat format) {
    this.name = name;
    this.source = source;
    this.format = format;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String place(long position) {
    return Csv.place(name, position);
  }

  @Override
  public void scan(Visitor visitor) throws IOException {
    CsvReader.CsvReaderBuilder builder =
        CsvReader.builder()
            .fieldSeparator(format.separator())
            .quoteCharacter('"')
            .commentStrategy(CommentStrategy.NONE)
            .skipEmptyLines(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .trimWhitespacesAroundQuotes(true);
    int width = 0;
    try (Reader text = text();
        CsvReader<CsvRecord> reader = builder.ofCsvRecord(text)) {
      for (CsvRecord record : reader) {
        boolean blank = record.getFieldCount() == 1 && record.getField(0).isBlank();
        if (width == 0 && !blank) {
          List<String> names = names(record);
          width = names.size();
          visitor.header(
              names, Collections.nCopies(width, Hint.NONE), record.getStartingLineNumber());
        } else if (!blank || width == 1) {
          visitor.row(stripped(record), record.getStartingLineNumber());
        }
      }
    } catch (CsvParseException e) {
      throw told(e);
    } catch (CharacterCodingException e) {
      throw malformed(e);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException cause) {
        throw malformed(cause);
      }
      throw e.getCause();
    }
  }

  private List<String> names(CsvRecord record) {
    long line = record.getStartingLineNumber();
    List<String> names = stripped(record);
    if (names.stream().anyMatch(each -> each.indexOf('\0') >= 0)) {
      throw new InvalidDataException(
          name + " is no text: need a CSV file, got zero bytes in line " + line);
    }
    if (names.size() == 1) {
      for (char other : new char[] {',', ';', '\t', '|'}) {
        if (other != format.separator() && names.get(0).indexOf(other) >= 0) {
          throw new InvalidDataException(
              place(line)
                  + ": need column names separated by "
                  + Csv.shown(format.separator())
                  + ", got one name '"
                  + Csv.shown(names.get(0))
                  + "'. If the separator is "
                  + Csv.shown(other)
                  + ", say so (--separator)");
        }
      }
    }
    return names;
  }

  private static List<String> stripped(CsvRecord record) {
    return record.getFields().stream().map(String::strip).toList();
  }

  /** The parser's own words with the line where its record starts, from the innermost cause. */
  private InvalidDataException told(CsvParseException e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String words = cause.getMessage() == null ? e.getMessage() : cause.getMessage();
    Matcher record = RECORD.matcher(words);
    String place = record.matches() ? place(Long.parseLong(record.group(2))) : name;
    words = record.matches() ? record.group(1) : words;
    return new InvalidDataException(
        place + ": need a record of CSV, got a broken one: " + words.toLowerCase(Locale.ROOT), e);
  }

  /** The decoded text after a byte order mark, if there is one. */
  private Reader text() throws IOException {
    PushbackReader reader = new PushbackReader(new InputStreamReader(source.open(), strict()), 1);
    try {
      int first = reader.read();
      if (first >= 0 && first != '\uFEFF') {
        reader.unread(first);
      }
      return reader;
    } catch (IOException e) {
      reader.close();
      throw e;
    }
  }

  private CharsetDecoder strict() {
    return format
        .encoding()
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /** Finds the first bytes that cannot be decoded, and says where they are. */
  private InvalidDataException malformed(CharacterCodingException cause) throws IOException {
    CharsetDecoder decoder = strict();
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    CharBuffer text = CharBuffer.allocate(1 << 16);
    long before = 0;
    long line = 1;
    boolean marked = false;
    try (InputStream in = source.open()) {
      boolean end = false;
      while (true) {
        int read = end ? -1 : in.read(bytes.array(), bytes.position(), bytes.remaining());
        end |= read < 0;
        bytes.position(bytes.position() + Math.max(0, read)).flip();
        marked |= before == 0 && utf16(bytes);
        CoderResult result = decoder.decode(bytes, text, end);
        for (char c : text.flip().toString().toCharArray()) {
          line += c == '\n' ? 1 : 0;
        }
        text.clear();
        if (result.isError() || end && result.isUnderflow()) {
          String hint =
              marked
                  ? "It begins like UTF-16"
                  : "It may be in another encoding, such as windows-1252";
          return new InvalidDataException(
              place(line)
                  + ": need text in "
                  + format.encoding()
                  + ", got other bytes at offset "
                  + (before + bytes.position())
                  + ". "
                  + hint
                  + "; name the encoding (--encoding)",
              cause);
        }
        before += bytes.position();
        bytes.compact();
      }
    }
  }

  private static boolean utf16(ByteBuffer bytes) {
    return bytes.limit() >= 2
        && ((bytes.get(0) == (byte) 0xFF && bytes.get(1) == (byte) 0xFE)
            || (bytes.get(0) == (byte) 0xFE && bytes.get(1) == (byte) 0xFF));
  }
}
