package dev.espalier.tables;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.espalier.api.InvalidDataException;
import dev.espalier.runtime.OutputFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
  private static final Pattern RECORD =
      Pattern.compile("(.*) \\(record starting at line (\\d+)\\)", Pattern.DOTALL);

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

  /** Where the bytes come from, twice. */
  private interface Source {
    InputStream open() throws IOException;
  }

  /** Takes the records of a file, the header first. */
  private interface Records {
    void take(CsvRecord record);
  }

  private static Table read(String name, Source source, CsvFormat format, Schema schema)
      throws IOException {
    Survey survey = new Survey(name, format, schema);
    scan(name, source, format, survey);
    survey.checkRows();
    Cells cells = new Cells(name, survey, schema);
    scan(name, source, format, cells);
    return cells.table();
  }

  /** The first pass: the header, the number of rows and the kinds of the columns. */
  private static final class Survey implements Records {
    private final String name;
    private final CsvFormat format;
    private final Schema schema;
    private List<String> header = List.of();
    private final List<ColumnSurvey> columns = new ArrayList<>();
    private int rows;

    Survey(String name, CsvFormat format, Schema schema) {
      this.name = name;
      this.format = format;
      this.schema = schema;
    }

    @Override
    public void take(CsvRecord record) {
      if (header.isEmpty()) {
        header = header(name, format, record);
        checkSchema();
        for (String column : header) {
          columns.add(
              new ColumnSurvey(
                  column,
                  schema.rules().getOrDefault(column, Schema.Rule.NONE),
                  new LinkedHashSet<>(schema.missing())));
        }
        return;
      }
      checkWidth(name, record, header.size());
      for (int j = 0; j < header.size(); j++) {
        columns.get(j).add(record.getField(j).strip(), record.getStartingLineNumber());
      }
      rows++;
    }

    private void checkSchema() {
      schema
          .rules()
          .forEach(
              (column, rule) -> {
                // identifiers are left out anyway, and drawn rows have none
                boolean needed = rule.kind().orElse(Kind.CONTINUOUS) != Kind.IDENTIFIER;
                if (needed && !header.contains(column)) {
                  throw new InvalidDataException(
                      "need a column '"
                          + shown(column)
                          + "' in "
                          + name
                          + ", as the schema says or the table to compare with has, got "
                          + shown(header));
                }
              });
    }

    void checkRows() {
      if (header.isEmpty()) {
        throw new InvalidDataException(
            name + " is empty: need a line of column names and at least one row");
      }
      if (rows == 0) {
        throw new InvalidDataException(
            name + " has column names but no rows: need at least one row");
      }
    }
  }

  /** The second pass: the cells. */
  private static final class Cells implements Records {
    private final String name;
    private final Survey survey;
    private final List<ColumnReader> readers = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean started;
    private int rows;

    Cells(String name, Survey survey, Schema schema) {
      this.name = name;
      this.survey = survey;
      for (int j = 0; j < survey.header.size(); j++) {
        String column = survey.header.get(j);
        ColumnSurvey.Finding found = survey.columns.get(j).finding(name);
        found.note().ifPresent(notes::add);
        Schema.Rule rule = schema.rules().getOrDefault(column, Schema.Rule.NONE);
        readers.add(new ColumnReader(name, column, found, rule, survey.rows));
      }
    }

    @Override
    public void take(CsvRecord record) {
      if (!started) {
        started = true;
        return;
      }
      if (rows == survey.rows || record.getFieldCount() != readers.size()) {
        throw changed();
      }
      for (int j = 0; j < readers.size(); j++) {
        String cell = record.getField(j).strip();
        if (survey.columns.get(j).isMissing(cell)) {
          readers.get(j).missing(rows);
        } else {
          readers.get(j).add(cell, rows, record.getStartingLineNumber());
        }
      }
      rows++;
    }

    private InvalidDataException changed() {
      return new InvalidDataException(name + " changed while it was read: read it again");
    }

    Table table() {
      if (rows != survey.rows) {
        throw changed();
      }
      TreeMap<String, Integer> missing = new TreeMap<>();
      survey.columns.forEach(
          column -> column.missing().forEach((word, n) -> missing.merge(word, n, Integer::sum)));
      String commonest = "";
      int most = 0;
      for (Map.Entry<String, Integer> each : missing.entrySet()) {
        if (!each.getKey().isEmpty()) {
          notes.add(each.getValue() + " cells with '" + each.getKey() + "' count as missing");
        }
        if (each.getValue() > most) {
          most = each.getValue();
          commonest = each.getKey();
        }
      }
      return Table.of(readers.stream().map(ColumnReader::finish).toList(), commonest, notes);
    }
  }

  private static List<String> header(String name, CsvFormat format, CsvRecord record) {
    long line = record.getStartingLineNumber();
    List<String> names = record.getFields().stream().map(String::strip).toList();
    if (names.stream().anyMatch(each -> each.indexOf('\0') >= 0)) {
      throw new InvalidDataException(
          name + " is no text: need a CSV file, got zero bytes in line " + line);
    }
    if (names.size() == 1) {
      for (char other : new char[] {',', ';', '\t', '|'}) {
        if (other != format.separator() && names.get(0).indexOf(other) >= 0) {
          throw new InvalidDataException(
              place(name, line)
                  + ": need column names separated by "
                  + shown(format.separator())
                  + ", got one name '"
                  + shown(names.get(0))
                  + "'. If the separator is "
                  + shown(other)
                  + ", say so (--separator)");
        }
      }
    }
    Map<String, Integer> places = new HashMap<>();
    for (int j = 0; j < names.size(); j++) {
      if (names.get(j).isEmpty()) {
        throw new InvalidDataException(
            place(name, line)
                + ": need a name for every column, got none for column "
                + (j + 1)
                + " of "
                + names.size());
      }
      Integer before = places.put(names.get(j), j);
      if (before != null) {
        throw new InvalidDataException(
            place(name, line)
                + ": need distinct column names, got '"
                + shown(names.get(j))
                + "' for columns "
                + (before + 1)
                + " and "
                + (j + 1));
      }
    }
    return names;
  }

  private static void checkWidth(String name, CsvRecord record, int width) {
    if (record.getFieldCount() != width) {
      throw new InvalidDataException(
          place(name, record.getStartingLineNumber())
              + ": need "
              + width
              + (width == 1 ? " cell" : " cells")
              + ", as many as column names, got "
              + record.getFieldCount());
    }
  }

  private static void scan(String name, Source source, CsvFormat format, Records records)
      throws IOException {
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
    try (Reader text = text(source, format);
        CsvReader<CsvRecord> reader = builder.ofCsvRecord(text)) {
      for (CsvRecord record : reader) {
        boolean blank = record.getFieldCount() == 1 && record.getField(0).isBlank();
        if (!blank || width == 1) {
          records.take(record);
          width = width == 0 ? record.getFieldCount() : width;
        }
      }
    } catch (CsvParseException e) {
      throw told(name, e);
    } catch (CharacterCodingException e) {
      throw malformed(name, source, format, e);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException cause) {
        throw malformed(name, source, format, cause);
      }
      throw e.getCause();
    }
  }

  /** The parser's own words with the line where its record starts, from the innermost cause. */
  private static InvalidDataException told(String name, CsvParseException e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String words = cause.getMessage() == null ? e.getMessage() : cause.getMessage();
    Matcher record = RECORD.matcher(words);
    String place = record.matches() ? place(name, Long.parseLong(record.group(2))) : name;
    words = record.matches() ? record.group(1) : words;
    return new InvalidDataException(
        place + ": need a record of CSV, got a broken one: " + words.toLowerCase(Locale.ROOT), e);
  }

  /** The decoded text after a byte order mark, if there is one. */
  private static Reader text(Source source, CsvFormat format) throws IOException {
    PushbackReader reader =
        new PushbackReader(new InputStreamReader(source.open(), strict(format)), 1);
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

  private static CharsetDecoder strict(CsvFormat format) {
    return format
        .encoding()
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /** Finds the first bytes that cannot be decoded, and says where they are. */
  private static InvalidDataException malformed(
      String name, Source source, CsvFormat format, CharacterCodingException cause)
      throws IOException {
    CharsetDecoder decoder = strict(format);
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
              place(name, line)
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

  static String shown(List<String> words) {
    List<String> few = words.subList(0, Math.min(12, words.size()));
    return "["
        + String.join(", ", few.stream().map(Csv::shown).toList())
        + (words.size() > few.size() ? ", … " + words.size() + " in all]" : "]");
  }

  private static String shown(char separator) {
    return separator == '\t' ? "a tab" : "'" + separator + "'";
  }
}
