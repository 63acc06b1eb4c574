package dev.espalier.formats.parquet;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers written by hand, in hexadecimal, field by field. */
class HeadersTest {
  private static final String MAGIC = "PAR1";

  @TempDir Path folder;

  private Path file(byte[] footer, int told) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(MAGIC.getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(footer);
    bytes.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(told).array());
    bytes.writeBytes(MAGIC.getBytes(StandardCharsets.US_ASCII));
    return Files.write(folder.resolve("it"), bytes.toByteArray());
  }

  static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "18 7f 41 00, a text or page longer than the file", // a text of 127 bytes
    "18 04 41 42 43, a text or page longer than the file",
    "19 f8 7f 00, a list longer than the file", // 127 texts
    "19 25 02 82, a header that goes on after its end", // two numbers, of which one is whole
    "1b 7f 88 00, a list longer than the file", // a map of 127 pairs of texts
    "1b 01 88 01 41 05, a text or page longer than the file", // whose second text is too long
    "17 00 00, a text or page longer than the file", // a double of two bytes
    "1f 00, a header with an unknown type 15",
    "15 ff ff ff ff ff ff ff ff ff ff 01 00, a number of more than 64 bits",
    "11, a header that goes on after its end",
    "79 2c 1c 00 00 1c 00 1c 00 00 00, a choice of 2", // two orders of columns
    "29 1c ac 00 00 00, a choice of 0", // the type of a column
    "09 84 80 08 25 02 02 00, a list of other elements than it has", // field 65538 is 2
    "29 25 02 02 00, a list of other elements than it has", // the schema: two numbers
  })
  void lengthsAreHeldAgainstTheFile(String hex, String got) throws IOException {
    byte[] footer = bytes(hex);
    Path file = file(footer, footer.length);
    assertEquals(
        got,
        assertThrows(IllegalArgumentException.class, () -> Headers.checkFooter(file)).getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "00", // nothing
    "11 12 13 7f 14 02 15 02 16 ff 01 17 00 00 00 00 00 00 00 00 00", // one of every number
    "18 03 41 42 43 18 00 00", // texts
    "99 15 02 19 15 02 1a 31 01 02 01 1b 00 1b 01 58 02 01 41 00", // lists, a set, maps
    "05 c8 01 02 1c 15 02 00 19 2c 00 00 00", // a field's number told in full, structures
  })
  void wholeHeadersPass(String hex) throws IOException {
    byte[] footer = bytes(hex);
    Path file = file(footer, footer.length);
    assertDoesNotThrow(() -> Headers.checkFooter(file));
  }

  @Test
  void nestingEnds() throws IOException {
    byte[] footer = new byte[1000];
    Arrays.fill(footer, (byte) 0x1c);
    Path file = file(footer, footer.length);
    assertEquals(
        "structures in more than 64 others",
        assertThrows(IllegalArgumentException.class, () -> Headers.checkFooter(file)).getMessage());
  }

  @Test
  void footersAreNoLongerThanTheFile() throws IOException {
    Path file = file(bytes("00"), 6);
    assertEquals(
        "a footer longer than the file",
        assertThrows(IllegalArgumentException.class, () -> Headers.checkFooter(file)).getMessage());
    Path other = Files.writeString(folder.resolve("other"), "a,b\n1,2\n");
    assertDoesNotThrow(() -> Headers.checkFooter(other));
  }

  /** Pages of 3 and 2 values and a dictionary, each of as many bytes as it says. */
  @Test
  void pagesAreFollowedUntilAllValuesAreThere() throws IOException {
    String dictionary = "15 04 15 08 15 04 4c 15 06 00 00 aa bb"; // fields 1, 2, 3 and 7
    String first = "15 00 15 08 15 06 2c 15 06 00 00 aa bb cc"; // field 5 with its number
    String second = "15 06 15 08 15 02 5c 15 04 00 00 aa"; // field 8 with its number
    Path file = Files.write(folder.resolve("it"), bytes(dictionary + first + second));
    try (FileChannel channel = FileChannel.open(file)) {
      assertDoesNotThrow(() -> Headers.checkPages(channel, 0, 5));
      assertEquals(
          "a header that goes on after its end",
          assertThrows(IllegalArgumentException.class, () -> Headers.checkPages(channel, 0, 6))
              .getMessage());
    }
  }

  @Test
  void pagesNeedTheirBytes() throws IOException {
    Path file = Files.write(folder.resolve("it"), bytes("15 00 15 08 15 08 2c 15 06 00 00 aa bb"));
    Path untold = Files.write(folder.resolve("untold"), bytes("15 00 4c 15 06 00 00"));
    try (FileChannel channel = FileChannel.open(file);
        FileChannel other = FileChannel.open(untold)) {
      assertEquals(
          "a text or page longer than the file",
          assertThrows(IllegalArgumentException.class, () -> Headers.checkPages(channel, 0, 3))
              .getMessage());
      assertEquals(
          "a page without a length",
          assertThrows(IllegalArgumentException.class, () -> Headers.checkPages(other, 0, 3))
              .getMessage());
    }
  }
}
