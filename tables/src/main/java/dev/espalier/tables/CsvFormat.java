package dev.espalier.tables;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How a CSV file is laid out.
 *
 * @param separator between cells; no quote, line end or letter
 * @param encoding of the text; malformed bytes are errors
 */
public record CsvFormat(char separator, Charset encoding) {

  /** Commas and UTF-8. */
  public static final CsvFormat STANDARD = new CsvFormat(',', StandardCharsets.UTF_8);

  /** Checks the separator. */
  public CsvFormat {
    if (separator == '"'
        || separator == '\n'
        || separator == '\r'
        || separator == '.'
        || separator == '-'
        || Character.isLetterOrDigit(separator)
        || Character.isSurrogate(separator)) {
      throw new IllegalArgumentException(
          "need a separator such as ',' or ';', got '" + separator + "'");
    }
  }

  /** This format with another separator. */
  public CsvFormat withSeparator(char separator) {
    return new CsvFormat(separator, encoding);
  }

  /** This format in another encoding. */
  public CsvFormat withEncoding(Charset encoding) {
    return new CsvFormat(separator, encoding);
  }
}
