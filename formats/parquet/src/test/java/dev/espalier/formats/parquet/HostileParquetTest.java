package dev.espalier.formats.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.InvalidDataException;
import dev.espalier.tables.TableFiles;
import dev.espalier.testkit.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged and hostile Parquet files: each is read, or refused with the documented error in one
 * line. The files of the corpus that are not of our own making have no checksums, so that mistakes
 * get to what is packed.
 */
@Tag("hostile")
@Tag("long")
class HostileParquetTest {

  @Test
  void parquetFilesAreReadOrRefused(TestInfo test, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("it");
    Mutations.of(test, Path.of("src/test/resources/corpus"))
        .words("PAR1", "espalier.schema", "schema", "{", "\"", "\u0000", "\u0001", "\u007f")
        .check(
            8 << 20,
            100,
            input -> {
              Files.write(file, input);
              try {
                TableFiles.read(file);
              } catch (InvalidDataException refusal) {
                String words = refusal.getMessage();
                assertTrue(words.contains(file.toString()) && words.lines().count() == 1, words);
              }
            });
    assertArrayEquals(new String[] {"it"}, folder.toFile().list());
  }
}
