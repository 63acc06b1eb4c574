package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A table's model of each format, kept for ever: it must open, and draw the rows that it drew when
 * it was made.
 *
 * <p>The first came from {@code espalier fit examples/data/penguins.csv --estimator
 * "stratified(by=species, inner=gmm(components=1..2))" --seed 7}; the second from a table with
 * identifiers, ordered words with blanks, moments of a region, times, decimals and more than 32
 * words, by {@code --estimator "gaussian()" --identifiers regenerate --types
 * "size=S<M<L,town=categorical"}.
 */
class KeptModelTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"penguins-format-1", "kinds-format-2"})
  void everyFormatOpensAndDrawsItsRows(String name) throws IOException {
    Path drawn = folder.resolve("drawn.csv");
    Command run =
        Command.run("sample", GOLDEN.resolve(name + ".esp"), "--rows", 20, "--out", drawn);
    assertEquals(0, run.code(), run.err());
    assertEquals(Files.readString(GOLDEN.resolve(name + ".csv")), Files.readString(drawn));
  }
}
