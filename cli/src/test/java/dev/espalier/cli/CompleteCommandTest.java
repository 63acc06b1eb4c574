package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.tables.Column;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Blanks filled, rows drawn given something, and both made again. */
class CompleteCommandTest {

  @TempDir static Path folder;
  private static Path model;
  private static Path partial;

  @BeforeAll
  static void fit() {
    model = folder.resolve("penguins.esp");
    Command fitted =
        Command.run(
            "fit",
            Command.PENGUINS,
            "--estimator",
            "stratified(by=species, inner=gaussian())",
            "--out",
            model);
    assertEquals(0, fitted.code(), fitted.err());
    partial =
        Command.write(
            folder.resolve("partial.csv"),
            "species,island,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g,sex,year\n"
                + "Adelie,Torgersen,39.1,18.7,181,3750,male,2007\n"
                + "Gentoo,,47.3,,222,5250,,2009\n"
                + ",Dream,NA,19.0,\"193\",,female,\n");
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file);
  }

  @Test
  void blanksAreFilledAndTheFileIsMadeAgain() throws IOException {
    Path out = folder.resolve("filled.csv");
    Command run =
        Command.run(
            "complete",
            partial,
            "--model",
            model,
            "--draws",
            5,
            "--out",
            out,
            "--seed",
            3,
            "--json");
    assertEquals(0, run.code(), run.err());
    JsonNode json = CommonOptions.JSON.readTree(run.out());
    assertEquals(7, json.path("filled").asInt());
    assertEquals(2, json.path("answers").path("exactly").asInt());
    List<String> lines = lines(out);
    assertEquals(16, lines.size());
    assertTrue(lines.get(0).startsWith("draw,species,"));
    assertEquals("3,Adelie,Torgersen,39.1,18.7,181,3750,male,2007", lines.get(3));
    for (int k = 1; k <= 5; k++) {
      assertTrue(
          lines.get(5 + k).matches(k + ",Gentoo,[A-Z]\\w+,47.3,\\d+(\\.\\d)?,222,5250,\\w+,2009"),
          lines.get(5 + k));
      assertTrue(
          lines
              .get(10 + k)
              .matches(k + ",[A-Z]\\w+,Dream,\\d+(\\.\\d)?,19.0,\"193\",\\d+,female,20\\d+"),
          lines.get(10 + k));
    }
    Path again = folder.resolve("again.csv");
    assertEquals(0, Command.run("regenerate", out, "--out", again).code());
    assertArrayEquals(Command.bytes(out), Command.bytes(again));
    Path threads = folder.resolve("threads.csv");
    Command.run(
        "complete",
        partial,
        "--model",
        model,
        "--draws",
        5,
        "--out",
        threads,
        "--seed",
        3,
        "--threads",
        1);
    assertArrayEquals(Command.bytes(out), Command.bytes(threads));
  }

  /** What the cells of a table are, however they are written. */
  private static List<Object> cells(Table table) {
    List<Object> cells = new ArrayList<>(table.names());
    for (Column column : table.columns()) {
      for (int i = 0; i < column.count(); i++) {
        cells.add(column.kind().isNumber() ? column.number(i) : "" + column.text(i));
      }
    }
    return cells;
  }

  @Test
  void otherFormatsAndPackedFilesAreFilledAlike() throws IOException {
    Path plain = folder.resolve("alike.csv");
    assertEquals(0, Command.run("complete", partial, "--model", model, "--out", plain).code());
    List<Object> expected = cells(TableFiles.read(plain));
    Path packed = folder.resolve("packed.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(partial, out);
    }
    Path typed = folder.resolve("typed.parquet");
    TableFiles.write(TableFiles.read(partial), typed);
    for (Path source : List.of(partial, packed, typed)) {
      for (String ending : List.of(".csv.gz", ".parquet")) {
        Path out = folder.resolve("from-" + source.getFileName() + ending);
        Command run = Command.run("complete", source, "--model", model, "--out", out);
        assertEquals(0, run.code(), run.err());
        assertEquals(expected, cells(TableFiles.read(out)), out::toString);
        Path again = folder.resolve("again-" + source.getFileName() + ending);
        assertEquals(0, Command.run("regenerate", out, "--out", again).code());
        assertArrayEquals(Command.bytes(out), Command.bytes(again));
      }
    }
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(folder.resolve("from-packed.csv.gz.csv.gz")))) {
      assertArrayEquals(Command.bytes(plain), in.readAllBytes());
    }
    Path draws = folder.resolve("draws.parquet");
    Command drawn = Command.run("complete", typed, "--model", model, "--draws", 2, "--out", draws);
    assertEquals(0, drawn.code(), drawn.err());
    assertEquals(List.of("draw", "species"), TableFiles.read(draws).names().subList(0, 2));
    assertEquals(6, TableFiles.read(draws).count());
  }

  @Test
  void aFileFillsItselfAndAWholeOneStaysAsItIs() {
    Path out = folder.resolve("own.csv");
    Command run = Command.run("complete", Command.PENGUINS, "--estimator", "gmm(2)", "--out", out);
    assertEquals(0, run.code(), run.err());
    String text = new String(Command.bytes(out), StandardCharsets.UTF_8);
    assertFalse(text.contains(",,") || text.contains("NA"), "a blank is left");
    assertTrue(Files.exists(folder.resolve("own.esp")));
    Path twice = folder.resolve("twice.csv");
    assertEquals(
        0, Command.run("complete", out, "--estimator", "gaussian()", "--out", twice).code());
    assertArrayEquals(Command.bytes(out), Command.bytes(twice));
  }

  @Test
  void anotherFileIsNotFilledAgain() throws IOException {
    Path source = folder.resolve("source.csv");
    Files.copy(partial, source);
    Path out = folder.resolve("moved.csv");
    Command.run("complete", source, "--model", model, "--out", out);
    Command.write(source, Files.readString(source).replace("39.1", "39.2"));
    Path never = folder.resolve("never.csv");
    Command run = Command.run("regenerate", out, "--out", never);
    assertEquals(3, run.code());
    assertTrue(run.err().contains("is not the one that was filled"), run.err());
    assertFalse(Files.exists(never));
  }

  @Test
  void rowsAreDrawnGivenSomethingAndMadeAgain() throws IOException {
    for (String guidance : List.of("", "matching()")) {
      Path out = folder.resolve("given.csv");
      Object[] arguments = {
        "sample",
        model,
        "--rows",
        50,
        "--out",
        out,
        "--sampler",
        "direct(otherwise=heun(steps=8))",
        "--given",
        "species=Gentoo, flipper_length_mm>220, year=2008",
        "--guidance",
        guidance
      };
      Command run = Command.run(guidance.isEmpty() ? Arrays.copyOf(arguments, 10) : arguments);
      assertEquals(0, run.code(), run.err());
      String how = guidance.isEmpty() ? "exactly" : "exactly; approximately, guided by matching()";
      assertTrue(run.err().contains("year=2008: " + how), run.err());
      for (String line : lines(out).subList(1, 51)) {
        String[] cells = line.split(",", -1);
        assertEquals("Gentoo", cells[0]);
        assertEquals("2008", cells[7]);
        assertTrue(guidance.length() > 0 || Integer.parseInt(cells[4]) > 220, line);
      }
      Path again = folder.resolve("given-again.csv");
      assertEquals(0, Command.run("regenerate", out, "--out", again).code());
      assertArrayEquals(Command.bytes(out), Command.bytes(again));
    }
  }

  @Test
  void networksAreGuidedTowardsACategoryWithoutClassifier() throws IOException {
    Path networks = folder.resolve("networks.esp");
    String network = "network(hidden=[16], steps=150)";
    Command fitted =
        Command.run(
            "fit",
            Command.PENGUINS,
            "--out",
            networks,
            "--estimator",
            "stratified(by=species, whole=true, inner=" + network + ")");
    assertEquals(0, fitted.code(), fitted.err());
    double[] flippers = new double[2];
    for (int k = 0; k < 2; k++) {
      Path out = folder.resolve("guided.csv");
      Command run =
          Command.run(
              "sample",
              networks,
              "--rows",
              200,
              "--out",
              out,
              "--sampler",
              "heun(steps=12)",
              "--given",
              "species=Gentoo",
              "--guidance",
              "classifierfree(weight=" + 3 * k + ")");
      assertEquals(0, run.code(), run.err());
      assertTrue(run.err().contains("guided by classifierfree"), run.err());
      for (String line : lines(out).subList(1, 201)) {
        assertTrue(line.startsWith("Gentoo,"), line);
        String flipper = line.split(",", -1)[4];
        flippers[k] += flipper.isEmpty() ? 217.2 / 200 : Double.parseDouble(flipper) / 200;
      }
    }
    // Gentoos have the longest flippers, 217 on average, of all penguins, 201; so more of the same
    // makes them longer.
    assertTrue(flippers[0] > 210 && flippers[1] > flippers[0], Arrays.toString(flippers));
  }

  private static void refused(int code, String words, Object... arguments) {
    Path out = folder.resolve("refused.csv");
    Object[] all = Arrays.copyOf(arguments, arguments.length + 2, Object[].class);
    all[arguments.length] = "--out";
    all[arguments.length + 1] = out;
    Command run = Command.run(all);
    assertEquals(code, run.code(), run.err());
    assertTrue(run.complaint().contains(words), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void badInputIsRefusedAndNothingIsWritten() {
    Path unknown = folder.resolve("unknown.csv");
    Command.write(unknown, "species,island\nAdelie,\n");
    refused(3, "need a column 'bill_length_mm'", "complete", unknown, "--model", model);
    Path odd = folder.resolve("odd.csv");
    Command.write(
        odd,
        "species,island,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g,sex,year\n"
            + "Emperor,,,,,,,\n");
    refused(3, "'Emperor'", "complete", odd, "--model", model);
    refused(2, "need at least 1 draw", "complete", partial, "--model", model, "--draws", 0);
    refused(2, "got both", "complete", partial, "--model", model, "--estimator", "gaussian()");
    refused(3, "no such file", "complete", folder.resolve("none.csv"));
    refused(
        2,
        "no guidance is named 'repant'",
        "complete",
        partial,
        "--model",
        model,
        "--guidance",
        "repant()");
    String[] given = {"sample", model.toString(), "--rows", "5", "--given", ""};
    for (String[] each :
        new String[][] {
          {"species=Emperor", "need a category of 'species'"},
          {"wings=2", "a column, one of"},
          {"year=2008.5", "need a cell of the integer column 'year'"},
          {"year=2008, year=2009", "two different cells"},
          {"bill_length_mm>1000", "probability zero"},
          {"species", "'=' and a cell"}
        }) {
      given[5] = each[0];
      refused(2, each[1], (Object[]) given);
    }
    refused(2, "need --given with --guidance", "sample", model, "--rows", 5, "--guidance", "dps()");
  }
}
