package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.runtime.Recipe;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** From a real table to typed rows and back to the same bytes. */
class MainJobTest {

  @TempDir static Path folder;
  private static Command synthesized;
  private static Path out;

  @BeforeAll
  static void synthesize() {
    out = folder.resolve("out.csv");
    synthesized =
        Command.run(
            "synthesize", Command.PENGUINS, "--rows", 1000, "--budget", 8, "--out", out, "--json");
  }

  private static List<String[]> rows(Path file) {
    try {
      return Files.readAllLines(file).stream().map(line -> line.split(",", -1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyCellHasItsType() {
    assertEquals(0, synthesized.code(), synthesized.err());
    List<String[]> rows = rows(out);
    assertEquals(1001, rows.size());
    assertArrayEquals(rows(Command.PENGUINS).get(0), rows.get(0));
    int blankSexes = 0;
    for (String[] row : rows.subList(1, rows.size())) {
      assertTrue(Set.of("Adelie", "Gentoo", "Chinstrap").contains(row[0]), row[0]);
      assertTrue(Set.of("Biscoe", "Dream", "Torgersen").contains(row[1]), row[1]);
      assertTrue(row[2].matches("(\\d+(\\.\\d)?)?"), row[2]);
      assertTrue(row[3].matches("(\\d+(\\.\\d)?)?"), row[3]);
      assertTrue(row[4].isEmpty() || between(row[4], 172, 231), row[4]);
      assertTrue(row[5].isEmpty() || between(row[5], 2700, 6300), row[5]);
      assertTrue(Set.of("male", "female", "").contains(row[6]), row[6]);
      assertTrue(between(row[7], 2007, 2009), row[7]);
      blankSexes += row[6].isEmpty() ? 1 : 0;
    }
    // 11 of 344 sexes are blank: 32 of 1000, with a deviation of 5.6
    assertEquals(32, blankSexes, 4.89 * 5.6);
  }

  private static boolean between(String whole, int low, int high) {
    return Integer.parseInt(whole) >= low && Integer.parseInt(whole) <= high;
  }

  @Test
  void theResultTellsTheChoiceTheColumnsAndTheOracle() {
    JsonNode json = CommonOptions.JSON.readTree(synthesized.out());
    assertTrue(json.path("choice").path("candidates").size() >= 4);
    assertEquals(8, json.path("columns").size());
    JsonNode first = json.path("evaluation").path("metrics").get(0);
    assertTrue(first.path("drawn").has("value") && first.path("oracle").has("value"));
  }

  @Test
  void aDrawnFileIsMadeAgain() {
    byte[] before = Command.bytes(out);
    Path again = folder.resolve("again.csv");
    assertEquals(0, Command.run("regenerate", out, "--out", again).code());
    assertArrayEquals(before, Command.bytes(again));
  }

  @Test
  void anEditedRecipeIsRefusedAndNothingIsWritten() throws IOException {
    Path copy = folder.resolve("copy.csv");
    Files.copy(out, copy);
    String recipe = Files.readString(Recipe.beside(out));
    Command.write(Recipe.beside(copy), recipe.replace("\"seed\": 0", "\"seed\": 1"));
    Path target = folder.resolve("never.csv");
    Command refused = Command.run("regenerate", copy, "--out", target);
    assertEquals(3, refused.code());
    assertTrue(refused.err().contains("was edited"), refused.err());
    assertFalse(Files.exists(target));
  }

  @Test
  void anotherModelIsRefusedAndNothingIsWritten() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Path copy = other.resolve("out.csv");
    Files.copy(out, copy);
    Files.copy(Recipe.beside(out), Recipe.beside(copy));
    Command.run(
        "fit", Command.PENGUINS, "--estimator", "gaussian", "--out", other.resolve("out.esp"));
    Path target = folder.resolve("never.csv");
    Command refused = Command.run("regenerate", copy, "--out", target);
    assertEquals(3, refused.code());
    assertTrue(refused.err().contains("is not the one that the rows were drawn from"));
    assertFalse(Files.exists(target));
  }

  @Test
  void threadsBlocksAndPrefixesChangeNoByte() {
    Path model = folder.resolve("out.esp");
    byte[] expected = sample(model, "one.csv", 1000, 1, 64);
    assertArrayEquals(expected, sample(model, "two.csv", 1000, 2, 4096));
    assertArrayEquals(expected, Command.bytes(out));
    byte[] half = sample(model, "half.csv", 500, 2, 100);
    assertArrayEquals(half, Arrays.copyOf(expected, half.length));
  }

  private static byte[] sample(Path model, String name, int rows, int threads, int block) {
    Path file = folder.resolve(name);
    Command run =
        Command.run(
            "sample", model, "--rows", rows, "--out", file, "--threads", threads, "--block", block);
    assertEquals(0, run.code(), run.err());
    return Command.bytes(file);
  }

  @Test
  void aModelTellsWhatIsInIt() {
    Command inspected = Command.run("inspect", folder.resolve("out.esp"), "--json");
    JsonNode json = CommonOptions.JSON.readTree(inspected.out());
    assertEquals(8, json.path("columns").size());
    assertEquals(344, json.path("provenance").path("rows").asInt());
    assertTrue(json.path("expression").asString().startsWith("pipeline(estimator="));
  }

  @Test
  void drawnRowsAreHeldAgainstRealOnes() {
    Command evaluated = Command.run("evaluate", Command.PENGUINS, out, "--json");
    assertEquals(0, evaluated.code(), evaluated.err());
    JsonNode json = CommonOptions.JSON.readTree(evaluated.out());
    assertTrue(json.path("metrics").size() >= 10);
  }

  @Test
  void aColumnMayBeConstantInOneOfTheFiles() {
    StringBuilder varied = new StringBuilder("n,x\n");
    StringBuilder constant = new StringBuilder("n,x\n");
    for (int i = 0; i < 40; i++) {
      String number = i * 37 % 40 + "." + i % 10;
      varied.append(i % 3).append(',').append(number).append('\n');
      constant.append("1,").append(number).append('\n');
    }
    Path some = Command.write(folder.resolve("varied.csv"), varied.toString());
    Path one = Command.write(folder.resolve("constant.csv"), constant.toString());
    assertEquals(0, Command.run("evaluate", one, some, "--train", some, "--json").code());
    assertEquals(0, Command.run("evaluate", some, one, "--json").code());
    assertEquals(0, Command.run("evaluate", some, some, "--train", one, "--json").code());
    InputStream in = System.in;
    try {
      System.setIn(new ByteArrayInputStream(constant.toString().getBytes(StandardCharsets.UTF_8)));
      assertEquals(0, Command.run("evaluate", some, "-", "--json").code());
    } finally {
      System.setIn(in);
    }
    Command twice = Command.run("evaluate", "-", "-");
    assertTrue(twice.complaint().contains("need standard input for one table"), twice.err());
  }
}
