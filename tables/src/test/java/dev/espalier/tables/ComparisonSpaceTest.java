package dev.espalier.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Samples;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonSpaceTest {

  private static Table parse(String text) {
    return Csv.parse("t.csv", text, CsvFormat.STANDARD, Schema.none());
  }

  private static double distance(Samples rows, int i, int j) {
    double sum = 0;
    for (int k = 0; k < rows.columns(); k++) {
      sum += Math.pow(rows.get(i, k) - rows.get(j, k), 2);
    }
    return Math.sqrt(sum);
  }

  @Test
  void theUnitIsAStandardDeviationOrAnotherCategory() {
    Table table = parse("x,c,k\n1,a,7\n3,a,7\n5,b,7\n3,,7\n");
    ComparisonSpace space = ComparisonSpace.fit(table);
    Samples rows = space.samples(table);
    double sd = Math.sqrt(2);
    assertEquals(2 / sd, distance(rows, 0, 1), 1e-15);
    assertEquals(Math.hypot(2 / sd, 1), distance(rows, 1, 2), 1e-15);
    assertEquals(1, distance(rows, 1, 3), 1e-15);
    Samples other =
        space.samples(
            Csv.parse(
                "t.csv", "x,c,k\n3,a,7\n3,zebra,9\n", CsvFormat.STANDARD, Schema.kinds(table)));
    assertEquals(1, distance(other, 0, 1), 1e-15);
    assertEquals(rows.rows(1, 2), other.rows(0, 1));
  }

  @Test
  void missingNumbersAreComplete() {
    Table table = parse("x,y\n1,1\n3,\n5,4\n");
    Samples rows = ComparisonSpace.fit(table).samples(table);
    assertFalse(rows.hasMissing());
    assertEquals(3, rows.columns());
    assertEquals(0, rows.get(1, 1));
    assertEquals(1, rows.get(1, 2));
  }

  @Test
  void realTablesAreComplete() {
    Table table = Csv.read(Path.of("../examples/data/penguins.csv"));
    Samples rows = ComparisonSpace.fit(table).samples(table);
    assertFalse(rows.hasMissing());
    assertEquals(344, rows.count());
    assertEquals(table.count(), ComparisonSpace.fit(table).samples(table.rows(0, 344)).count());
  }

  @Test
  void tablesThatCannotBeComparedAreRefused() {
    assertThrows(InvalidDataException.class, () -> ComparisonSpace.fit(parse("a,b\n1,2\n")));
    ComparisonSpace space = ComparisonSpace.fit(parse("a\n1\n2\n"));
    assertEquals(
        "no column is named 'a'; the table has [b]",
        assertThrows(IllegalArgumentException.class, () -> space.samples(parse("b\n1\n2\n")))
            .getMessage());
    assertEquals(
        "need integer cells in 'a', got categorical. Read both tables with one schema",
        assertThrows(IllegalArgumentException.class, () -> space.samples(parse("a\nx\ny\n")))
            .getMessage());
    assertEquals(List.of("a"), parse("a\n1\n2\n").names());
  }
}
