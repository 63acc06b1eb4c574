package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.tables.Csv;
import dev.espalier.tables.TableFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of every format through the commands. Isolated: it replaces standard input and output. */
@Isolated
class FormatsTest {

  @TempDir static Path folder;
  private static Path model;
  private static Path plain;

  @BeforeAll
  static void fit() {
    model = folder.resolve("m.esp");
    plain = folder.resolve("plain.csv");
    run("fit", Command.PENGUINS, "--estimator", "gaussian()", "--out", model);
    run("sample", model, "--rows", 300, "--out", plain);
  }

  private static Command run(Object... arguments) {
    Command command = Command.run(arguments);
    assertEquals(0, command.code(), command.err());
    return command;
  }

  @ParameterizedTest
  @ValueSource(strings = {"drawn.csv.gz", "drawn.csv.zst", "drawn.parquet"})
  void everyFormatHoldsTheSameRowsAndIsMadeAgain(String name) {
    Path drawn = folder.resolve(name);
    run("sample", model, "--rows", 300, "--out", drawn, "--block", 100);
    assertEquals(Csv.print(Csv.read(plain)), Csv.print(TableFiles.read(drawn)));
    Path again = folder.resolve("again-" + name);
    run("regenerate", drawn, "--out", again);
    assertArrayEquals(Command.bytes(drawn), Command.bytes(again));
  }

  @Test
  void anyFormatIsLearned() {
    Path packed = folder.resolve("penguins.csv.gz");
    TableFiles.write(Csv.read(Command.PENGUINS), packed);
    Path same = folder.resolve("same.esp");
    run("fit", packed, "--estimator", "gaussian()", "--out", same);
    assertArrayEquals(Command.bytes(model), Command.bytes(same));
  }

  @Test
  void streamsInAndOut() throws IOException {
    InputStream in = System.in;
    PrintStream out = System.out;
    ByteArrayOutputStream drawn = new ByteArrayOutputStream();
    Path same = folder.resolve("piped.esp");
    try {
      System.setIn(new ByteArrayInputStream(Files.readAllBytes(Command.PENGUINS)));
      System.setOut(new PrintStream(drawn, true, StandardCharsets.UTF_8));
      run("fit", "-", "--estimator", "gaussian()", "--out", same);
      run("sample", same, "--rows", 300, "--out", "-");
    } finally {
      System.setIn(in);
      System.setOut(out);
    }
    assertArrayEquals(Command.bytes(plain), drawn.toByteArray());
    Command unnamed = Command.run("fit", "-", "--estimator", "gaussian()");
    assertTrue(unnamed.err().contains("need --out where standard input is read"), unnamed.err());
  }

  @Test
  void aLargeFileIsSampled() {
    Command few =
        run(
            "fit",
            Command.PENGUINS,
            "--estimator",
            "gaussian()",
            "--most-rows",
            200,
            "--out",
            folder.resolve("few.esp"));
    assertTrue(few.err().contains("200 of 344 rows are used"), few.err());
    assertTrue(few.out().contains("to 200 rows"), few.out());
    Command none =
        Command.run("fit", Command.PENGUINS, "--estimator", "gaussian()", "--most-rows", 0);
    assertTrue(none.err().contains("need at least 1 row to keep, got 0"), none.err());
  }

  @Test
  void anUnknownEndingIsCsv() {
    Path drawn = folder.resolve("drawn.txt");
    run("sample", model, "--rows", 300, "--out", drawn);
    assertArrayEquals(Command.bytes(plain), Command.bytes(drawn));
  }
}
