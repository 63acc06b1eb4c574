package dev.espalier.report;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.tables.Column;
import dev.espalier.tables.Field;
import dev.espalier.tables.Kind;
import dev.espalier.tables.Table;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PicturesTest {

  private static Table table(Kind kind, String pattern, double from, double step) {
    double[] cells = IntStream.range(0, 41).mapToDouble(i -> from + i * step).toArray();
    return Table.of(List.of(Column.numbers(Field.number("x", kind, pattern), cells)));
  }

  @ParameterizedTest
  @CsvSource({
    "DATE, dd.MM.yyyy, 18262, 1, 21.01.2020, 18280",
    "DATE, yyyy-MM-dd, 18262, 1, 2020-01-21, 18280",
    "TIME, HH:mm, 36000, 60, 10:20, 37000",
    "CONTINUOUS, 0%, 0.1, 0.01, 30%, 0.3"
  })
  void cellsWithASignOfTheirOwnMarkTheAxis(
      Kind kind, String pattern, double from, double step, String middle, String number) {
    Table table = table(kind, pattern, from, step);
    String svg = Pictures.column(table, table, "x").svg();
    assertTrue(svg.contains(">" + middle + "<"), svg);
    assertFalse(svg.contains(">" + number + "<"), svg);
  }
}
