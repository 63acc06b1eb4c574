package dev.espalier.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.InvalidDataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeTest {
  private static final Digest ONE = Digest.of(new byte[] {1});
  private static final Digest TWO = Digest.of(new byte[] {2});

  private static Recipe recipe() {
    TreeMap<String, String> options = new TreeMap<>();
    options.put("missing", "fill");
    options.put("given species", "Adelie \"ü\"");
    return new Recipe(
        "models/penguins.esp",
        ONE,
        "heun(steps=32, grid=karras())",
        Long.MIN_VALUE,
        500,
        1000,
        "csv",
        options,
        TWO);
  }

  private static String refused(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return assertThrows(InvalidDataException.class, () -> Recipe.parse("'r.json'", bytes))
        .getMessage();
  }

  @Test
  void aRecipeIsReadBackAsItWas(@TempDir Path folder) throws IOException {
    Path rows = folder.resolve("rows.csv");
    Path file = Recipe.beside(rows);
    assertEquals(folder.resolve("rows.csv.recipe.json"), file);
    recipe().write(file);
    assertEquals(recipe(), Recipe.read(file));
    assertEquals(recipe().json(), Files.readString(file));
    Files.writeString(file, recipe().json().replace("\n", "\r\n"));
    assertEquals(recipe(), Recipe.read(file));
  }

  @Test
  void theTextIsFixed() {
    assertEquals(
        """
        {
          "espalier.recipe": 1,
          "model": "models/penguins.esp",
          "modelDigest": "sha256:4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a",
          "sampler": "heun(steps=32, grid=karras())",
          "seed": -9223372036854775808,
          "first": 500,
          "rows": 1000,
          "format": "csv",
          "options": {"given species": "Adelie \\"ü\\"", "missing": "fill"},
          "output": "sha256:dbc1b4c900ffe48d575b5da5c638040125f65db0fe3e24494b76ea986457d986",
          "digest": "sha256:DIGEST"
        }
        """,
        recipe().json().replaceFirst("(\"digest\": \"sha256:)[0-9a-f]{64}", "$1DIGEST"));
  }

  @ParameterizedTest
  @CsvSource({
    "penguins.esp, other.esp",
    "4bf5, 4bf6",
    "steps=32, steps=33",
    "-9223372036854775808, 7",
    "500, 0",
    "1000, 1001",
    "fill, keep",
    "dbc1, dbc2",
    "missing, dropped"
  })
  void anEditedRecipeIsRefused(String before, String after) {
    String edited = recipe().json().replaceFirst(before, after);
    assertEquals(
        "'r.json' was edited: it does not agree with its own digest; draw the rows anew",
        refused(edited));
  }

  @Test
  void whatIsNoRecipeIsRefused() {
    String json = recipe().json();
    assertTrue(refused("").contains("is no recipe"));
    assertTrue(refused("[]").contains("is no recipe"));
    assertTrue(refused("species,island\n").contains("is no recipe"));
    assertTrue(refused("{\"a\": \"b\"}").contains("has no number 'espalier.recipe'"));
    assertTrue(refused(json + "{}").contains("is no recipe"));
    assertTrue(refused(json.replace("\"seed\"", "\"rows\"")).contains("is no recipe"));
    assertTrue(refused(json.replace("sha256:4", "md5:4")).contains("'modelDigest'"));
    assertTrue(refused(json.replace(": 500", ": -500")).contains("need 'first' >= 0, got -500"));
    assertTrue(refused(json.replace("\"format\"", "\"shape\"")).contains("no words 'format'"));
    assertTrue(refused(json.replace("{\n", "{ \"more\": \"\",")).contains("was edited"));
    assertTrue(refused("{" + " ".repeat(1 << 20)).contains("need at most"));
    assertTrue(refused("{\"options\":" + "{\"a\":".repeat(9000)).contains("is no recipe"));
    assertEquals(
        "'r.json' is a recipe of version 2, newer than the 1 that this program reads; use a newer"
            + " Espalier",
        refused("{\"espalier.recipe\": 2, \"anything\": \"\"}"));
    for (int length = 0; length < json.stripTrailing().length(); length++) {
      refused(json.substring(0, length));
    }
  }

  @Test
  void mutatedRecipesAreRefusedOrTheSame() {
    Random random = new Random("RecipeTest.mutatedRecipesAreRefusedOrTheSame".hashCode());
    byte[] good = recipe().json().getBytes(StandardCharsets.UTF_8);
    int refused = 0;
    for (int round = 0; round < 10_000; round++) {
      byte[] bytes = TensorFileTest.mutated(good, random);
      try {
        assertEquals(recipe(), Recipe.parse("'r.json'", bytes));
      } catch (InvalidDataException e) {
        refused++;
      }
    }
    assertTrue(refused > 8_000, "refused " + refused);
  }

  @Test
  void aMissingRecipeAndADirectoryAreNamed(@TempDir Path folder) {
    Path file = folder.resolve("rows.csv.recipe.json");
    assertTrue(
        assertThrows(InvalidDataException.class, () -> Recipe.read(file))
            .getMessage()
            .startsWith("need the recipe '" + file + "', which is not there"));
    assertThrows(InvalidDataException.class, () -> Recipe.read(folder));
  }

  @Test
  void anotherModelAndOtherRowsAreRefused() {
    recipe().checkModel(ONE);
    recipe().checkOutput(TWO);
    assertTrue(
        assertThrows(InvalidDataException.class, () -> recipe().checkModel(TWO))
            .getMessage()
            .contains("'models/penguins.esp' is not the one"));
    assertThrows(InvalidDataException.class, () -> recipe().checkOutput(ONE));
  }

  @Test
  void theModelIsFoundFromTheRecipe() {
    Path recipe = Path.of("out", "rows.csv.recipe.json");
    assertEquals("../models/a.esp", Recipe.modelFrom(recipe, Path.of("models", "a.esp")));
    assertEquals("a.esp", Recipe.modelFrom(Path.of("r.json"), Path.of("a.esp")));
    assertEquals(Path.of("out/models/penguins.esp"), recipe().modelPath(recipe));
    assertEquals(Path.of("models/penguins.esp"), recipe().modelPath(Path.of("r.json")));
    Recipe odd = new Recipe("\0", ONE, "euler()", 0, 0, 0, "csv", new TreeMap<>(), TWO);
    assertEquals(
        "need the path of a model in 'r.json', got '?'",
        assertThrows(InvalidDataException.class, () -> odd.modelPath(Path.of("r.json")))
            .getMessage());
  }

  @Test
  void digestsHaveOneForm() {
    assertThrows(IllegalArgumentException.class, () -> new Digest("sha256:00"));
    assertThrows(
        IllegalArgumentException.class, () -> new Digest(ONE.text().toUpperCase(Locale.ROOT)));
    assertEquals(ONE.text(), ONE.toString());
  }
}
