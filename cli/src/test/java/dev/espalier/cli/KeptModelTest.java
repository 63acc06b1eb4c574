package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A table's model of the first format, kept for ever: it must open, and draw the rows that it drew
 * when it was made.
 *
 * <p>It came from {@code espalier fit examples/data/penguins.csv --estimator
 * "stratified(by=species, inner=gmm(components=1..2))" --seed 7}.
 */
class KeptModelTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @TempDir Path folder;

  @Test
  void theFirstFormatOpensAndDrawsItsRows() throws IOException {
    Path drawn = folder.resolve("drawn.csv");
    Command run =
        Command.run(
            "sample", GOLDEN.resolve("penguins-format-1.esp"), "--rows", 20, "--out", drawn);
    assertEquals(0, run.code(), run.err());
    assertEquals(
        Files.readString(GOLDEN.resolve("penguins-format-1.csv")), Files.readString(drawn));
  }
}
