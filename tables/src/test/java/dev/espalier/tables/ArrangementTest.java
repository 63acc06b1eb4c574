package dev.espalier.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.InvalidDataException;
import dev.espalier.testkit.Cases;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrangementTest {

  private static Table parse(String text) {
    return Csv.parse("t.csv", text, CsvFormat.STANDARD, Schema.none());
  }

  /** A series of n steps: a time, two numbers and a word. */
  private static Table series(int n, int gapAfter) {
    StringBuilder text = new StringBuilder("day,x,y,sky\n");
    for (int i = 0; i < n; i++) {
      int day = i < gapAfter ? i : i + 3;
      text.append(
          String.format(
              Locale.ROOT,
              "2020-01-%02d,%d.5,%d,%s\n",
              day + 1,
              i,
              7 * i % 5,
              i % 3 > 0 ? "sun" : "rain"));
    }
    return parse(text.toString());
  }

  @Test
  void windowsThatDoNotOverlapComeBackAsTheLines() {
    Table lines = series(20, 99);
    Arranged rows = new Windows(5, 5, Optional.of("day")).of(lines);
    assertEquals(4, rows.rows().count());
    assertEquals(List.of("x@0", "x@1", "x@2"), rows.rows().names().subList(0, 3));
    assertEquals(15, rows.rows().columns().size());
    Geometry.Series geometry = (Geometry.Series) rows.arrangement().geometry().orElseThrow();
    assertEquals(3, geometry.series());
    assertEquals(5, geometry.steps());
    Table back = rows.arrangement().lines(rows.rows(), 40);
    assertEquals(List.of("window", "step", "x", "y", "sky"), back.names());
    for (String name : List.of("x", "y", "sky")) {
      assertEquals(lines.column(name), back.column(name));
    }
    assertEquals(43, back.column("window").number(19));
    assertEquals(4, back.column("step").number(19));
    assertEquals(20, rows.arrangement().lines(4L));
  }

  @Test
  void noWindowCrossesAGap() {
    Table lines = series(20, 7);
    Arranged rows = new Windows(5, 1, Optional.of("day")).of(lines);
    assertEquals(3 + 9, rows.rows().count());
    assertTrue(rows.rows().notes().contains("gaps in 'day': 1, which no window crosses"));
    assertTrue(
        rows.rows()
            .notes()
            .contains("windows overlap, so rows that are held out share lines with others"));
    assertEquals(
        "need 14 steps in a row for a window, got 13 at most without a gap; take a shorter --window",
        assertThrows(
                InvalidDataException.class, () -> new Windows(14, 1, Optional.of("day")).of(lines))
            .getMessage());
    assertEquals(7, new Windows(14, 1, Optional.empty()).of(lines).rows().count());
  }

  @ParameterizedTest
  @CsvSource({
    "'1,2\n2,3\n2,4\n', need the time 't' to rise from line to line; got 2 after 2 in row 3",
    "'3,2\n2,3\n1,4\n', need the time 't' to rise from line to line; got 2 after 3 in row 2",
    "'1,2\n,3\n3,4\n', need the time 't' to rise from line to line; got none in row 2",
    "'a,2\nb,3\na,4\n', 'need numbers, dates or moments in the column of time ''t''; got categorical'"
  })
  void aTimeThatDoesNotRiseIsRefused(String cells, String told) {
    String message =
        assertThrows(
                InvalidDataException.class,
                () -> new Windows(2, 2, Optional.of("t")).of(parse("t,x\n" + cells)))
            .getMessage();
    assertTrue(message.startsWith(told.replace(";", ",")), message);
  }

  @Test
  void aWindowIsNotLongerThanTheSeries() {
    assertEquals(
        "need 64 steps in a row for a window, got 20; take a shorter --window",
        assertThrows(InvalidDataException.class, () -> Windows.of(64).of(series(20, 99)))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> Windows.of(1));
  }

  private static final String LONG =
      "who,sex,when,x\n"
          + "a,f,09:00,1.5\na,f,10:00,2.5\na,f,11:00,3.5\n"
          + "b,m,11:00,6.5\nb,m,09:00,4.5\n"
          + "c,f,10:00,8.5\nc,f,09:00,7.5\nc,f,11:00,\n";

  @Test
  void aLongTableIsARowForEachId() {
    Arranged rows = new LongForm("who", "when").of(parse(LONG));
    assertEquals(List.of("sex", "x@09:00", "x@10:00", "x@11:00"), rows.rows().names());
    assertEquals(
        "sex,x@09:00,x@10:00,x@11:00\nf,1.5,2.5,3.5\nm,4.5,,6.5\nf,7.5,8.5,\n",
        Csv.print(rows.rows()));
    assertTrue(rows.rows().notes().contains("1 lines are not there, their cells count as missing"));
    assertEquals(
        "who,sex,when,x\n"
            + "7,f,09:00,1.5\n7,f,10:00,2.5\n7,f,11:00,3.5\n"
            + "8,m,09:00,4.5\n8,m,10:00,\n8,m,11:00,6.5\n"
            + "9,f,09:00,7.5\n9,f,10:00,8.5\n9,f,11:00,\n",
        Csv.print(rows.arrangement().lines(rows.rows(), 7)));
  }

  @Test
  void longTablesThatAreNoneAreRefused() {
    Table lines = parse(LONG + "b,m,09:00,9.5\n");
    assertEquals(
        "need one line for each who and when, got two for b and 09:00, in rows 5 and 9",
        assertThrows(InvalidDataException.class, () -> new LongForm("who", "when").of(lines))
            .getMessage());
    assertEquals(
        "need a cell of 'x' in every line, got none in row 8",
        assertThrows(InvalidDataException.class, () -> new LongForm("who", "x").of(parse(LONG)))
            .getMessage());
    assertEquals(
        "need a column 'id' in a long table, got [who, sex, when, x]",
        assertThrows(InvalidDataException.class, () -> new LongForm("id", "x").of(parse(LONG)))
            .getMessage());
    StringBuilder apart = new StringBuilder("who,t,x\n");
    for (int i = 0; i < 100; i++) {
      apart.append(i / 2 + "w," + i * i + "," + i + ".5\n");
    }
    assertTrue(
        assertThrows(
                InvalidDataException.class,
                () -> new LongForm("who", "t").of(parse(apart.toString())))
            .getMessage()
            .startsWith("need steps in 't' that most of the 50 values of 'who' have, got 100"));
  }

  /** A long table of random kinds with lines left out. */
  private static Table table(RandomGenerator random) {
    Table wide = RandomTables.table(random);
    int ids = 1 + wide.count() / 4;
    int[] rows = new int[ids * 3];
    double[] id = new double[rows.length];
    double[] step = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextInt(wide.count());
      id[i] = i / 3;
      step[i] = 10 * (i % 3);
    }
    List<Column> columns = new ArrayList<>();
    columns.add(Column.numbers(Field.number("the id", Kind.INTEGER, "0"), id));
    columns.add(Column.numbers(Field.number("the step", Kind.INTEGER, "0"), step));
    columns.addAll(wide.rows(rows).columns());
    return Table.of(columns);
  }

  @Test
  void arrangingAndBackChangesNoCell(TestInfo test) {
    Cases.of(test, ArrangementTest::table)
        .count(500)
        .check(
            lines -> {
              Arranged rows;
              try {
                rows = new LongForm("the id", "the step").of(lines);
              } catch (InvalidDataException e) {
                assertTrue(e.getMessage().contains("that differs between the lines"));
                return;
              }
              Arrangement read = Arrangement.fromJson("m", rows.arrangement().toJson());
              assertEquals(rows.arrangement(), read);
              Table back = read.lines(rows.rows(), 0);
              for (Column column : back.columns()) {
                assertEquals(lines.column(column.name()), column);
              }
              List<String> kept = new ArrayList<>(lines.names());
              lines.columns().stream()
                  .filter(each -> each.kind() == Kind.IDENTIFIER)
                  .filter(each -> !back.names().contains(each.name()))
                  .forEach(each -> kept.remove(each.name()));
              assertEquals(kept, back.names());
            });
  }

  @Test
  void damagedArrangementsAreInvalidData(TestInfo test) {
    List<String> texts =
        List.of(
            new LongForm("who", "when").of(parse(LONG)).arrangement().toJson(),
            Arrangement.of(new Geometry.Grid(List.of("a", "b"), 1, 2)).toJson(),
            Arrangement.of(
                    new Geometry.Places(
                        List.of("a", "b"), List.of(List.of(0.0, 1.0), List.of(2.0, 3.0))))
                .toJson());
    for (String text : texts) {
      assertEquals(text, Arrangement.fromJson("m", text).toJson());
    }
    int[] refused = new int[1];
    Cases.of(
            test,
            random -> {
              String text = texts.get(random.nextInt(texts.size()));
              int at = random.nextInt(text.length());
              String[] put = {"", "\"", "{", "]", "-1", "1e999", "null", ",", "[1,2]", "0.5"};
              int end = Math.min(text.length(), at + random.nextInt(12));
              return text.substring(0, at) + put[random.nextInt(put.length)] + text.substring(end);
            })
        .edges("", "{}", "[]", "{\"stacked\":{}}")
        .count(2_000)
        .check(
            text -> {
              try {
                Arrangement.fromJson("m", text).description();
              } catch (InvalidDataException e) {
                refused[0]++;
              }
            });
    assertTrue(refused[0] > 1_000, "refused " + refused[0]);
  }
}
