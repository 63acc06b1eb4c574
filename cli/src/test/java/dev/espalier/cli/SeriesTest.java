package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.runtime.Catalogue;
import dev.espalier.tables.Csv;
import dev.espalier.tables.Geometry;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableFiles;
import dev.espalier.tables.TableModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Series, long tables, grids and places through the commands. */
class SeriesTest {

  @TempDir static Path folder;
  private static Path series;
  private static Path panel;

  @BeforeAll
  static void write() {
    StringBuilder text = new StringBuilder("at,x,y\n");
    double x = 0;
    for (int i = 0; i < 480; i++) {
      x = 0.8 * x + ((i * 7919) % 1000 - 499.5) / 500;
      text.append(
          String.format(
              Locale.ROOT,
              "2021-%02d-%02dT%02d:00,%.3f,%.3f\n",
              1 + i / 24 / 28,
              1 + i / 24 % 28,
              i % 24,
              x,
              x * x));
    }
    series = Command.write(folder.resolve("series.csv"), text.toString());
    text = new StringBuilder("id,group,week,score\n");
    for (int i = 0; i < 40; i++) {
      for (int week = 1; week <= 4; week++) {
        text.append(
            String.format(
                Locale.ROOT,
                "K%03d,%s,%d,%.1f\n",
                17 * i,
                i % 2 == 0 ? "a" : "b",
                week,
                0.1 * ((i * 31) % 97) + week));
      }
    }
    panel = Command.write(folder.resolve("panel.csv"), text.toString());
  }

  private static Command run(Object... arguments) {
    Command command = Command.run(arguments);
    assertEquals(0, command.code(), command.err());
    return command;
  }

  @Test
  void windowsAreLearnedAndDrawnAsLines() {
    Path model = folder.resolve("series.esp");
    run(
        "fit",
        series,
        "--series",
        "--window",
        8,
        "--time",
        "at",
        "--estimator",
        "localized(radius=2, inner=gaussian())",
        "--out",
        model);
    TableModel read = TableModel.load(model, Catalogue.discover());
    Geometry.Series geometry = (Geometry.Series) read.arrangement().geometry().orElseThrow();
    assertEquals(8, geometry.steps());
    assertEquals(2, geometry.series());
    assertTrue(read.toString().contains("graph=grid(rows=2, columns=8"), read.toString());
    Path drawn = folder.resolve("windows.csv");
    run("sample", model, "--rows", 50, "--out", drawn, "--block", 16);
    Table lines = Csv.read(drawn);
    assertEquals(List.of("window", "step", "x", "y"), lines.names());
    assertEquals(400, lines.count());
    assertEquals(49, lines.column("window").number(399));
    Path again = folder.resolve("windows-again.csv");
    run("regenerate", drawn, "--out", again);
    assertArrayEquals(Command.bytes(drawn), Command.bytes(again));
    Path array = folder.resolve("windows.npy");
    run("sample", model, "--rows", 50, "--out", array);
    assertEquals(400, TableFiles.read(array).count());
    assertTrue(run("inspect", model).out().contains("every row is 8 lines, one for each step"));
    assertTrue(run("density", model, drawn).out().startsWith("50 rows, 16 encoded columns"));
    assertTrue(run("density", model, series).out().startsWith("60 rows, 16 encoded columns"));
    Command compared = run("evaluate", series, drawn, "--window", 8, "--time", "at");
    assertTrue(compared.out().matches("(?s)column .*\nx .*\ny .*Verdict: .*"), compared.out());
  }

  @Test
  void blanksOfASeriesAreFilledWithinTheirWindow() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(series).subList(0, 1 + 8 * 20 + 3));
    for (int i = 1; i < lines.size(); i += 5) {
      lines.set(i, lines.get(i).replaceFirst(",[^,]*,", ",,"));
    }
    Path gaps = Command.write(folder.resolve("gaps.csv"), String.join("\n", lines) + "\n");
    Path filled = folder.resolve("filled.csv");
    Command done =
        run("complete", gaps, "--window", 8, "--estimator", "gaussian()", "--out", filled);
    assertTrue(done.err().contains("the last 3 lines make no whole row of 8 lines"), done.err());
    List<String> found = Files.readAllLines(filled);
    for (int i = 0; i < lines.size(); i++) {
      boolean blank = lines.get(i).contains(",,");
      boolean left = i > 8 * 20;
      assertEquals(blank && left, found.get(i).contains(",,"), found.get(i));
      assertTrue(blank || found.get(i).equals(lines.get(i)), found.get(i));
    }
  }

  @Test
  void timeMayCountTheLines() {
    Path counted = folder.resolve("counted.csv");
    StringBuilder text = new StringBuilder("t,x\n");
    for (int i = 0; i < 40; i++) {
      text.append(i < 20 ? i : i + 7).append(',').append(i % 7 - 0.5 * (i % 3)).append('\n');
    }
    Command.write(counted, text.toString());
    String[] how = {"--window", "4", "--time", "t", "--estimator", "gaussian()"};
    Command done =
        run("fit", counted, how[0], how[1], how[2], how[3], how[4], how[5], "--out", folder + "/c");
    assertTrue(done.err().contains("gaps in 't': 1"), done.err());
  }

  @Test
  void aLongTableIsDrawnInLongForm() {
    Path drawn = folder.resolve("long.csv");
    Command made =
        run(
            "synthesize",
            panel,
            "--long",
            "id,week",
            "--identifiers",
            "regenerate",
            "--rows",
            30,
            "--estimator",
            "gaussian()",
            "--out",
            drawn);
    assertTrue(made.out().contains("score"), made.out());
    Table lines = Csv.read(drawn);
    assertEquals(List.of("id", "group", "week", "score"), lines.names());
    assertEquals(120, lines.count());
    assertTrue(String.valueOf(lines.column("id").text(0)).matches("K[0-9]{3,}"), Csv.print(lines));
    assertEquals(lines.column("group").text(4), lines.column("group").text(7));
    Command compared = run("evaluate", panel, drawn, "--long", "id,week");
    assertTrue(compared.out().contains("Verdict: "), compared.out());
    Path filled = folder.resolve("long-filled.csv");
    run("complete", panel, "--model", folder.resolve("long.esp"), "--draws", 2, "--out", filled);
    assertEquals(320, Csv.read(filled).count());
    Path late = Command.write(folder.resolve("late.csv"), "id,group,week,score\nK1,a,9,1.0\n");
    Command refused =
        Command.run("complete", late, "--model", folder.resolve("long.esp"), "--out", filled);
    assertTrue(
        refused
            .complaint()
            .contains("need one of the 4 steps that were learned in 'week', got '9'"),
        refused.err());
  }

  @Test
  void placesComeFromAFile() {
    Path table =
        Command.write(
            folder.resolve("places.csv"),
            "a,b,c\n" + "1.5,2.5,3.5\n2.5,2.0,1.5\n4.5,4.0,3.0\n0.5,0.0,1.0\n".repeat(10));
    Path coords = Command.write(folder.resolve("coords.txt"), "0 0\n0 1\n5 5\n");
    Path model = folder.resolve("places.esp");
    run(
        "fit",
        table,
        "--coords",
        coords,
        "--nearest",
        1,
        "--estimator",
        "localized(radius=1, inner=gaussian())",
        "--out",
        model);
    TableModel read = TableModel.load(model, Catalogue.discover());
    assertTrue(read.toString().contains("graph=edges("), read.toString());
    Geometry.Places places = (Geometry.Places) read.arrangement().geometry().orElseThrow();
    assertEquals(List.of(5.0, 5.0), places.at().get(2));
    run("discover", table, "--coords", coords);
  }

  @ParameterizedTest
  @CsvSource({
    "'--window 500', 'need 500 steps in a row for a window, got 480'",
    "'--window 1', need windows of at least 2 steps",
    "'--stride 4', '--stride and --time need --window N'",
    "'--window 8 --time y', need the time 'y' to rise",
    "'--window 8 --time z', no column is named 'z'",
    "'--window 8 --long x,at', 'need --window or --long, got both'",
    "'--long x', need two columns for --long",
    "'--long at,at', need different columns for id and step",
    "'--grid 3x3', need 9 columns for a grid",
    "'--grid 3by3', need a grid such as 8x8",
    "'--window 8 --grid 2x4', 'need one of --grid, --series and --coords'"
  })
  void wrongArrangementsAreOneError(String options, String told) {
    List<Object> all = new ArrayList<>(List.of("discover", series));
    all.addAll(List.of(options.split(" ")));
    Command failed = Command.run(all.toArray());
    assertTrue(failed.code() == 2 || failed.code() == 3, failed.code() + " " + failed.err());
    assertTrue(failed.complaint().contains(told), failed.err());
  }
}
