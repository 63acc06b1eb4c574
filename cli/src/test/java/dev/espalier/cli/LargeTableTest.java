package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.tables.Reading;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableFiles;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two million lines in and out, in a process whose heap is a gigabyte. */
class LargeTableTest {

  private static final int ROWS = 2_000_000;

  /** Orders with a column of every common kind, and blanks. */
  private static Path orders(Path folder) throws IOException {
    Path file = folder.resolve("orders.csv");
    String[] shops = {"north", "south", "east", "west"};
    SplittableRandom random = new SplittableRandom(5);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("order,at,shop,grade,pieces,price,paid\n");
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < ROWS; i++) {
        int shop = random.nextInt(4);
        int pieces = 1 + random.nextInt(9);
        int cents = 150 + shop * 40 + random.nextInt(900);
        line.setLength(0);
        line.append("N-").append(10_000_000 + i);
        line.append(",2023-").append(two(1 + random.nextInt(12))).append('-');
        line.append(two(1 + random.nextInt(28))).append('T').append(two(random.nextInt(24)));
        line.append(":").append(two(random.nextInt(60))).append("+01:00,");
        line.append(shops[shop]).append(',').append("low,mid,high".split(",")[shop % 3]);
        line.append(',').append(pieces).append(',');
        line.append(cents * pieces / 100).append('.').append(two(cents * pieces % 100));
        line.append(',').append(random.nextInt(20) == 0 ? "" : random.nextInt(3) > 0).append('\n');
        out.append(line);
      }
    }
    return file;
  }

  private static String two(int number) {
    return (number < 10 ? "0" : "") + number;
  }

  /** Runs the program with a heap of one gigabyte and gives what it said. */
  private static String run(Path folder, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    Path said = folder.resolve("said.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    int code = process.waitFor();
    String text = Files.readString(said);
    assertEquals(0, code, text);
    return text;
  }

  @Test
  @Tag("long")
  void twoMillionLinesAreSynthesisedInAGigabyte(@TempDir Path folder) throws Exception {
    Path orders = orders(folder);
    Path drawn = folder.resolve("drawn.csv");
    long start = System.nanoTime();
    String said =
        run(
            folder,
            "synthesize",
            orders,
            "--types",
            "grade=low<mid<high",
            "--identifiers",
            "regenerate",
            "--budget",
            20,
            "--rows",
            ROWS,
            "--out",
            drawn);
    double seconds = (System.nanoTime() - start) / 1e9;
    assertTrue(said.contains("200000 of 2000000 rows are used"), said);
    try (Stream<String> lines = Files.lines(drawn)) {
      assertEquals(ROWS + 1L, lines.count());
    }
    Path model = folder.resolve("drawn.esp");
    Path rows = folder.resolve("rows.csv");
    start = System.nanoTime();
    run(folder, "sample", model, "--rows", ROWS, "--out", rows);
    double drawing = (System.nanoTime() - start) / 1e9;
    assertEquals(-1L, Files.mismatch(drawn, rows));
    Table some = TableFiles.read(rows, Reading.STANDARD.withMostRows(1_000, 0));
    assertEquals(List.of("order", "at", "shop", "grade", "pieces", "price", "paid"), some.names());
    System.out.printf(
        "%d rows synthesized in %.0f s; %d drawn in %.0f s, %.0f rows a second%n",
        ROWS, seconds, ROWS, drawing, ROWS / drawing);
  }
}
