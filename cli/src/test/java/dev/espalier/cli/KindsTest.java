package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.tables.Column;
import dev.espalier.tables.Csv;
import dev.espalier.tables.Kind;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableFiles;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times, zones, ordered words and identifiers through the commands. */
class KindsTest {

  @TempDir static Path folder;
  private static Path data;
  private static Path model;

  @BeforeAll
  static void fit() {
    StringBuilder text = new StringBuilder("order,size,at,clock,price\n");
    List<String> sizes = List.of("S", "M", "M", "L");
    for (int i = 0; i < 60; i++) {
      text.append(
          String.format(
              Locale.ROOT,
              "PO-%04d,%s,2020-06-%02dT%02d:15+02:00,%02d:%02d,%d.%02d\n",
              i * 31,
              sizes.get(i % 4),
              i % 28 + 1,
              i % 24,
              8 + i % 9,
              i * 7 % 60,
              10 + i * 13 % 50,
              i * 29 % 100));
    }
    data = Command.write(folder.resolve("orders.csv"), text.toString());
    model = folder.resolve("orders.esp");
    run(
        "fit",
        data,
        "--estimator",
        "gaussian()",
        "--types",
        "size=S<M<L",
        "--identifiers",
        "regenerate",
        "--out",
        model);
  }

  private static Command run(Object... arguments) {
    Command command = Command.run(arguments);
    assertEquals(0, command.code(), command.err());
    return command;
  }

  @Test
  void drawnRowsHaveTheColumnsAndFormsOfTheFile() {
    Path drawn = folder.resolve("drawn.csv");
    run("sample", model, "--rows", 200, "--out", drawn, "--block", 64);
    Table real = Csv.read(data);
    Table table = Csv.read(drawn);
    assertEquals(real.names(), table.names());
    assertEquals(Kind.TIMESTAMP, table.column("at").kind());
    assertEquals(real.column("at").field().pattern(), table.column("at").field().pattern());
    assertEquals("HH:mm", table.column("clock").field().pattern());
    assertEquals("0.00", table.column("price").field().pattern());
    Set<String> seen = new HashSet<>();
    Column orders = real.column("order");
    for (int i = 0; i < orders.count(); i++) {
      seen.add(orders.text(i));
    }
    for (int i = 0; i < 200; i++) {
      String word = String.valueOf(table.column("order").text(i));
      assertTrue(word.matches("PO-[0-9]{4}") && seen.add(word), word);
    }
    Path again = folder.resolve("again.csv");
    run("regenerate", drawn, "--out", again);
    assertArrayEquals(Command.bytes(drawn), Command.bytes(again));
    Path part = folder.resolve("part.csv");
    run("sample", model, "--first", 100, "--rows", 100, "--out", part);
    assertEquals(Csv.print(table.rows(100, 200)), Csv.print(Csv.read(part)));
  }

  @Test
  void parquetKeepsOrderAndOffset() {
    Path drawn = folder.resolve("drawn.parquet");
    run("sample", model, "--rows", 50, "--out", drawn);
    Table table = TableFiles.read(drawn);
    assertEquals(List.of("S", "M", "L"), table.column("size").field().categories());
    assertEquals("yyyy-MM-ddTHH:mm+02:00", table.column("at").field().pattern());
  }

  @Test
  void inspectShowsHowCellsAreWritten() {
    String out = run("inspect", model).out();
    for (String part : List.of("PO-[0-9]{4}", "S < M < L", "yyyy-MM-ddTHH:mm+02:00", "HH:mm")) {
      assertTrue(out.contains(part), out);
    }
  }

  @Test
  void identifiersAreDroppedUnlessAskedFor() {
    Path plain = folder.resolve("plain.esp");
    run("fit", data, "--estimator", "gaussian()", "--out", plain);
    assertFalse(run("inspect", plain).out().contains("PO-["));
    Command given =
        Command.run("sample", model, "--rows", 5, "--given", "order=PO-0031", "--out", "-");
    assertTrue(given.complaint().contains("'order' is an identifier"), given.err());
  }

  @ParameterizedTest
  @CsvSource({
    "size, need --types such as zip=categorical or size=S<M<L",
    "size=big, need a kind of column in --types",
    "size=S<M, 'need one of the categories [S, M] in column ''size'', got ''L'''",
    "size=S<S, need distinct categories",
    "nothing=integer, need a column 'nothing'",
    "at=time, need a time such as 23:59:59 in column 'at'"
  })
  void wrongTypesAreOneError(String types, String told) {
    Command command =
        Command.run(
            "fit",
            data,
            "--estimator",
            "gaussian()",
            "--types",
            types,
            "--out",
            folder.resolve("x.esp"));
    assertTrue(command.code() == 2 || command.code() == 3, "" + command.code());
    assertTrue(command.complaint().contains(told), command.err());
  }
}
