package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DiscoverCommandTest {

  @TempDir private Path folder;

  @Test
  void printsTheChoiceWithAnExpressionThatFits() {
    Path file =
        Command.write(folder.resolve("rows.csv"), Structured.csv(Structured.mixture(1_200, 7)));
    Command text = Command.run("discover", file, "--finder", "mixture(components=1..5)");
    assertEquals(0, text.code(), text.err());
    assertTrue(text.out().contains("Choice: mixture, K = 4. The next best is "), text.out());
    assertTrue(text.out().contains("mixture: a mixture of 4 Gaussian components"), text.out());
    assertTrue(text.out().contains("participation ratio"), text.out());

    Command json = Command.run("discover", file, "--json", "--threads", 1);
    JsonNode root = CommonOptions.JSON.readTree(json.out());
    assertEquals("mixture", root.get("structure").asString());
    assertTrue(root.get("nextBest").get("excess").asDouble() > 0, json.out());
    assertEquals(7, root.get("finalists").get(0).get("levels").size());
    String estimator = root.get("estimator").asString();
    assertTrue(text.out().contains("--estimator '" + estimator + "'"), text.out());
    Path model = folder.resolve("rows.esp");
    Command fit = Command.run("fit", file, "--estimator", estimator, "--out", model);
    assertEquals(0, fit.code(), fit.err());
  }

  @Test
  void needsRowsToHoldOut() {
    Path file = Command.write(folder.resolve("few.csv"), Structured.csv(Structured.noise(3, 9, 1)));
    Command run = Command.run("discover", file);
    assertEquals(3, run.code());
    assertTrue(run.err().contains("need at least 20 rows to hold some out, got 9"), run.err());
  }

  @Test
  void refusesAFinderThatIsNone() {
    Path file = Command.write(folder.resolve("a.csv"), Structured.csv(Structured.noise(3, 30, 1)));
    Command run = Command.run("discover", file, "--finder", "gmm()");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("finder"), run.err());
  }

  @Test
  void looksAtTablesWithWordsAndMissingCells() {
    Command run = Command.run("discover", Command.PENGUINS);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("Choice: "), run.out());
  }
}
