package dev.espalier.tables;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.InvalidDataException;
import dev.espalier.testkit.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged and hostile table files: each is read, or refused with the documented error in one line.
 */
@Tag("hostile")
class HostileTablesTest {

  private static final Path CORPUS = Path.of("src/test/resources/corpus");

  @Test
  void csvFilesAreReadOrRefused(TestInfo test) {
    Mutations.of(test, CORPUS.resolve("csv"))
        .words(
            ",",
            ";",
            "\"",
            "\"\"",
            "\n",
            "\r",
            " ",
            "NA",
            "é",
            "true",
            "2020-02-30",
            "T10:00Z",
            "%",
            "€",
            "1,5",
            "1.234",
            "\u202F",
            "'",
            "e9")
        .check(
            1 << 20,
            1000,
            input -> {
              try {
                Csv.parse("it.csv", input, CsvFormat.STANDARD, Schema.none());
              } catch (InvalidDataException refusal) {
                requireOneLine(refusal, "it.csv");
              }
            });
  }

  @Test
  @Tag("long")
  void arraysAndPackedFilesAreReadOrRefused(TestInfo test, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("it");
    Mutations.of(test, CORPUS.resolve("arrays"))
        .words("'descr'", "'<f8'", "True", "False", "(", ")", ",", ", 1048576", "\n")
        .check(
            1 << 21,
            1000,
            input -> {
              Files.write(file, input);
              try {
                TableFiles.read(file);
              } catch (InvalidDataException refusal) {
                requireOneLine(refusal, file.toString());
              }
            });
    assertArrayEquals(new String[] {"it"}, folder.toFile().list());
  }

  private static void requireOneLine(InvalidDataException refusal, String name) {
    String words = refusal.getMessage();
    assertTrue(words.contains(name) && words.lines().count() == 1, words);
  }
}
