package dev.espalier.formats.parquet;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages of eight values written by hand, in hexadecimal. */
class CountsTest {
  private static final Statistics<?> NONE =
      Statistics.getBuilderForReading(
              Types.required(PrimitiveType.PrimitiveTypeName.INT32).named("x"))
          .build();

  private static DataPage page(Encoding encoding, String hex) {
    return page(encoding, Encoding.RLE, hex);
  }

  private static DataPage page(Encoding encoding, Encoding levels, String hex) {
    byte[] bytes = HeadersTest.bytes(hex);
    return new DataPageV1(
        BytesInput.from(bytes), 8, bytes.length, NONE, Encoding.RLE, levels, encoding);
  }

  private static DataPage second(Encoding encoding, String levels, String hex) {
    return DataPageV2.uncompressed(
        8,
        0,
        8,
        BytesInput.empty(),
        BytesInput.from(HeadersTest.bytes(levels)),
        encoding,
        BytesInput.from(HeadersTest.bytes(hex)),
        NONE);
  }

  private static void refused(String got, int definitionLevel, DataPage page) {
    Counts counts = new Counts(definitionLevel);
    assertEquals(
        got, assertThrows(IllegalArgumentException.class, () -> page.accept(counts)).getMessage());
  }

  private static void passes(int definitionLevel, DataPage page) {
    Counts counts = new Counts(definitionLevel);
    assertDoesNotThrow(() -> page.accept(counts));
  }

  @ParameterizedTest
  @CsvSource({
    "RLE_DICTIONARY, 02 03 e4 e4", // one group of two bits
    "RLE_DICTIONARY, 02 03 e4", // which is cut short
    "PLAIN_DICTIONARY, 02 06 01 0a 02", // three times one value and five times another
    "PLAIN_DICTIONARY, 00 10", // eight times the only one
    "RLE, 02 00 00 00 03 ff",
    "DELTA_BINARY_PACKED, 80 01 04 08 02 00 00 00 00 00",
    "DELTA_LENGTH_BYTE_ARRAY, 80 01 04 08 02 00 00 00 00 00 41 42",
    // differences of two bits in the first of four parts, then those of the lengths
    "DELTA_BYTE_ARRAY, 80 01 04 08 02 00 02 00 00 00 1122334455667788 80 01 04 08 02 00 00 00 00 00 41",
    "PLAIN, ff ff ff ff",
    "DELTA_BINARY_PACKED, ''",
  })
  void whatIsThereIsTaken(Encoding encoding, String hex) {
    passes(0, page(encoding, hex));
    passes(0, second(encoding, "", hex));
  }

  @ParameterizedTest
  @CsvSource({
    "RLE_DICTIONARY, 02 07 e4, a run longer than its page", // three groups
    "RLE_DICTIONARY, 02 ff ff ff ff 0f, a run longer than its page",
    "RLE_DICTIONARY, 02 06 01 ff, a number that goes on after its page",
    "RLE, ff ff ff 7f 03 ff, a part longer than its page",
    "RLE, 04 00 00 00 ff ff ff 0f, a run longer than its page",
    "DELTA_BINARY_PACKED, 80 80 08 04 08 02 00, a block of 131072 values",
    "DELTA_BINARY_PACKED, 80 01 00 08 02 00, a block of 0 parts",
    "DELTA_BINARY_PACKED, 80 01 81 01 08 02 00, a block of 129 parts",
    "DELTA_LENGTH_BYTE_ARRAY, 80 01 04 09 02 00, more values than their page",
    "DELTA_BYTE_ARRAY, 80 01 04 08 02 00 02 00 00 00 11, a part longer than its page",
    "DELTA_BYTE_ARRAY, 80 01 04 01 02 80 01 04 09 02, more values than their page",
  })
  void countsAreHeldAgainstThePage(Encoding encoding, String hex, String got) {
    refused(got, 0, page(encoding, hex));
    refused(got, 0, second(encoding, "", hex));
  }

  @Test
  void levelsAreRunsToo() {
    passes(1, page(Encoding.PLAIN, "02 00 00 00 03 ff 2a 2a"));
    passes(1, page(Encoding.PLAIN, Encoding.valueOf("BIT_PACKED"), "ff 2a"));
    passes(1, second(Encoding.PLAIN, "03 ff", "2a 2a"));
    refused("a run longer than its page", 1, page(Encoding.PLAIN, "04 00 00 00 ff ff ff 0f 2a 2a"));
    refused("a part longer than its page", 1, page(Encoding.PLAIN, "7f 00 00 00 03 ff"));
    refused(
        "a part longer than its page", 1, page(Encoding.PLAIN, Encoding.valueOf("BIT_PACKED"), ""));
    refused("a run longer than its page", 1, second(Encoding.PLAIN, "ff ff ff 0f", "2a"));
  }
}
