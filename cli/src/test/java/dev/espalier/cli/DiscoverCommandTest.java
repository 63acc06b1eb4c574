package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Samples;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;

class DiscoverCommandTest {

  @TempDir private Path folder;

  @Test
  void printsTheChoiceWithAnExpressionThatFits() {
    Path file =
        Command.write(folder.resolve("rows.csv"), Structured.csv(Structured.mixture(1_200, 7)));
    Command text = Command.run("discover", file, "--finder", "mixture(components=1..5)");
    assertEquals(0, text.code(), text.err());
    assertTrue(
        text.out().contains("Choice: mixture, K = 4. If that is wrong, the next best is "),
        text.out());
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

  private Command discover(String csv, Object... more) {
    List<Object> words = new ArrayList<>();
    words.add("discover");
    words.add(Command.write(folder.resolve("rows.csv"), csv));
    words.addAll(List.of(more));
    return Command.run(words.toArray());
  }

  private static void refused(int code, String complaint, Command run) {
    assertEquals(code, run.code(), run.err());
    assertTrue(run.complaint().contains(complaint), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
    assertEquals("", run.out());
  }

  @Test
  void refusesFilesThatAreNotThere() {
    refused(3, "nowhere.csv", Command.run("discover", folder.resolve("nowhere.csv")));
    String rows = Structured.csv(Structured.noise(3, 30, 1));
    refused(3, "cannot read", discover(rows, "--coords", folder.resolve("nowhere.txt")));
  }

  @Test
  void refusesPlacesThatDoNotFit() {
    String rows = Structured.csv(Structured.noise(6, 30, 1));
    refused(
        3,
        "need 4 columns for a grid of 2 x 2, got 6. The table's columns, without identifiers, are"
            + " [x0, x1, x2, x3, x4, x5]; --drop leaves columns out",
        discover(rows, "--grid", "2x2"));
    refused(2, "need a grid such as 8x8, got '8'", discover(rows, "--grid", "8"));
    refused(
        2,
        "need one of --grid, --series and --coords, got --grid and --series",
        discover(rows, "--grid", "2x3", "--series"));
    Path places = Command.write(folder.resolve("places.txt"), "0 0\n0 1\n1 0\n");
    refused(
        3,
        "need the coordinates of 6 columns in '" + places + "', one a line, got 3 lines",
        discover(rows, "--coords", places));
    refused(
        2,
        "need either --nearest or --within, got both",
        discover(rows, "--coords", places, "--nearest", 2, "--within", 1));
    refused(2, "need --coords FILE", discover(rows, "--nearest", 2));
    Path words = Command.write(folder.resolve("words.txt"), "x y\n0 1\na b\n");
    refused(3, "need numbers in line 3", discover(rows, "--coords", words));
  }

  @Test
  void refusesColumnsThatAreNotThere() {
    String rows = Structured.csv(Structured.noise(3, 30, 1));
    refused(
        2,
        "no column is named 'x7'; the table has [x0, x1, x2]",
        discover(rows, "--drop", "x1,x7"));
    refused(2, "need at least one column", discover(rows, "--drop", "x0,x1,x2"));
  }

  @Test
  void refusesRowsWithNothingToSay() {
    refused(3, "need at least one column that varies, got none", discover("a,b\n1,2\n"));
    String same = "a,b\n" + "1,2\n".repeat(40);
    refused(3, "need at least one column that varies, got none", discover(same));
    refused(3, "is empty", discover(""));
  }

  @Test
  void constantAndMissingColumnsStandApart() {
    StringBuilder csv = new StringBuilder("a,b,gone,c,d\n");
    Samples rows = Structured.chain(3, 120, 5);
    for (int i = 0; i < rows.count(); i++) {
      csv.append(rows.get(i, 0)).append(",7,,").append(rows.get(i, 1)).append(',');
      csv.append(rows.get(i, 2)).append('\n');
    }
    Command run = discover(csv.toString(), "--grid", "1x5", "--finder", "mixture(1..2)");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("120 rows of 3 columns as encoded"), run.out());
    assertTrue(run.out().contains("locality: "), run.out());
    assertTrue(run.err().contains("'gone'"), run.err());
  }

  @Test
  void findsLocalityAmongPlacesAndDrawsIt() throws IOException {
    Samples rows = Structured.chain(8, 300, 3);
    StringBuilder places = new StringBuilder("x\n");
    for (int j = 0; j < 8; j++) {
      places.append(2.5 * j).append('\n');
    }
    Path coords = Command.write(folder.resolve("places.txt"), places.toString());
    Path page = folder.resolve("page.html");
    Command run =
        discover(
            Structured.csv(rows),
            "--coords",
            coords,
            "--within",
            2.6,
            "--finder",
            "mixture(1..2)",
            "--plot",
            page);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("Choice: locality, radius 1."), run.out());
    assertTrue(run.out().contains("markovfield(graph=near(file="), run.out());
    String html = Files.readString(page);
    assertTrue(html.contains("<h1>Structure: locality, radius 1</h1>"), html);
    assertTrue(html.contains("absolute partial correlation"), html);
    assertFalse(html.contains("src="), "nothing from outside");
    Path svg = folder.resolve("curves.svg");
    Command nearest =
        discover(
            Structured.csv(rows),
            "--coords",
            coords,
            "--nearest",
            2,
            "--finder",
            "mixture(1..2)",
            "--plot",
            svg,
            "--json");
    assertEquals(0, nearest.code(), nearest.err());
    assertEquals(svg.toString(), CommonOptions.JSON.readTree(nearest.out()).get("plot").asString());
    String drawing = Files.readString(svg);
    assertEquals("svg", root(drawing), "well-formed");
    assertTrue(drawing.contains("locality: loss above that of radius 1"), drawing);
    refused(
        2,
        "need a file that ends in .svg or .html",
        discover(Structured.csv(rows), "--plot", folder.resolve("curves.png")));
  }

  /** The name of the outermost element, if all is well-formed. */
  private static String root(String xml) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(xml)))
          .getDocumentElement()
          .getTagName();
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void dropsColumnsAndSaysSoInWhatToType() {
    Samples rows = Structured.chain(6, 200, 3);
    Command run =
        discover(
            Structured.csv(rows),
            "--drop",
            "x5",
            "--series",
            "--finder",
            "mixture(1..2)",
            "--finder",
            "rank(1..3)");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("200 rows of 5 columns"), run.out());
    assertTrue(run.out().contains("rows.csv --drop 'x5' --estimator "), run.out());
  }

  @Test
  void autoFitsItsChoiceAndSaysFirstWhatItTakes() {
    Path file =
        Command.write(folder.resolve("auto.csv"), Structured.csv(Structured.mixture(900, 7)));
    String auto = "auto(budget=20, estimators=[gaussian()], finders=[mixture(1..5)])";
    Path model = folder.resolve("auto.esp");
    Command fit = Command.run("fit", file, "--estimator", auto, "--out", model);
    assertEquals(0, fit.code(), fit.err());
    assertTrue(fit.out().startsWith("Fitted gmm(components=4"), fit.out() + fit.err());
    int first = fit.err().indexOf("auto looks for structure first, which is expected to take ");
    int then = fit.err().indexOf("auto chose gmm(components=4");
    assertTrue(first >= 0 && then > first, fit.err());
    Command inspect = Command.run("inspect", model);
    assertTrue(inspect.out().contains("auto chose gmm(components=4"), inspect.out());
    Path rows = folder.resolve("auto-rows.csv");
    Command synthesize =
        Command.run("synthesize", file, "--estimator", auto, "--rows", 20, "--out", rows);
    assertEquals(0, synthesize.code(), synthesize.err());
    assertTrue(synthesize.out().contains("Model: gmm(components=4"), synthesize.out());
  }
}
