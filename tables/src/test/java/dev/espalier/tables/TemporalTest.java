package dev.espalier.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.InvalidDataException;
import dev.espalier.testkit.Cases;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemporalTest {

  private static Table parse(String cells) {
    return Csv.parse("t.csv", "at\n" + cells, CsvFormat.STANDARD, Schema.none());
  }

  private static String type(String cells) {
    Field field = parse(cells).columns().get(0).field();
    return field.kind().word() + " " + field.pattern();
  }

  private static String message(String cells) {
    return assertThrows(InvalidDataException.class, () -> parse(cells)).getMessage();
  }

  @Test
  void timesAndMomentsAreInferred() {
    assertEquals("time HH:mm", type("09:30\n23:59\n"));
    assertEquals("time HH:mm:ss.SS", type("09:30:00.25\n23:59:01\n"));
    assertEquals("time HH:mm:00", type("09:30:00\n23:59:00\n"));
    assertEquals("time HH:00", type("00:00\n00:00\n09:00\n"));
    assertEquals(
        "timestamp yyyy-MM-dd HH:mm+02:00",
        type("2020-06-01 10:15+02:00\n2020-06-02 01:01+02:00\n"));
    assertEquals(
        "timestamp yyyy-MM-ddTHH:00+0530", type("2020-06-01T10:00+0530\n2020-06-02T01:00+0530\n"));
    assertEquals(
        "timestamp yyyy-MM-ddTHH:mmXXX[Europe/Berlin]",
        type("2020-06-01T10:00+02:00[Europe/Berlin]\n2020-12-01T10:00+01:00[Europe/Berlin]\n"));
    assertEquals(
        "timestamp yyyy-MM-ddTHH:mm:ssXXX[Europe/Berlin]",
        type("1950-01-01T10:00+01:00[Europe/Berlin]\n2020-12-01T10:00+01:00[Europe/Berlin]\n"));
    assertEquals(
        "timestamp yyyy-MM-ddTHH:mm[America/New_York]",
        type("2020-06-01T10:00[America/New_York]\n2020-12-01T10:01[America/New_York]\n"));
    assertEquals("categorical ", type("24:00\n09:30\n09:30\n"));
  }

  @Test
  void datesAreReadAsPeopleWriteThem() {
    assertEquals("date yyyy-MM-dd", type("2020-12-31\n2021-01-01\n"));
    assertEquals("date yyyy/MM/dd", type("2020/12/31\n2021/01/01\n"));
    assertEquals("date dd.MM.yyyy", type("31.12.2020\n01.01.2021\n"));
    assertEquals("date d.M.yyyy", type("31.12.2020\n1.1.2021\n"));
    assertEquals("date dd/MM/yyyy", type("31/12/2020\n01/02/2021\n"));
    assertEquals("date MM/dd/yyyy", type("12/31/2020\n01/02/2021\n"));
    assertEquals("date M/d/yyyy", type("12/31/2020\n1/2/2021\n"));
    assertEquals("date d/M/yyyy", type("31/12/2020\n1/2/2021\n"));
    assertEquals("categorical ", type("31/12/2020\n12/31/2020\n31/12/2020\n12/31/2020\n"));
    assertEquals("categorical ", type("30.02.2021\n30.02.2021\n01.02.2021\n"));
    assertEquals(List.of(), parse("31/12/2020\n01/02/2021\n").notes());
    Table either = parse("03/04/2020\n01/02/2021\n");
    assertTrue(either.notes().get(0).contains("should the month stand first"));
    String cells = "at\n03/04/2020\n01/02/2021\n";
    Schema.Rule rule = Schema.Rule.of(Kind.DATE).withPattern("MM/dd/yyyy");
    Table american = Csv.parse("t.csv", cells, CsvFormat.STANDARD, Schema.none().with("at", rule));
    double march = LocalDate.of(2020, 3, 4).toEpochDay();
    assertEquals(march, american.columns().get(0).number(0));
    assertEquals(cells, Csv.print(american));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yyyy-MM-dd",
        "yyyy/MM/dd",
        "dd.MM.yyyy",
        "d.M.yyyy",
        "dd/MM/yyyy",
        "d/M/yyyy",
        "MM/dd/yyyy",
        "M/d/yyyy"
      })
  void everyDateIsReadAsItIsWritten(String pattern, TestInfo test) {
    Notation notation = Notation.of(Kind.DATE, pattern);
    DateTimeFormatter other = DateTimeFormatter.ofPattern(pattern.replace('y', 'u'));
    Cases.of(test, random -> random.nextInt((int) notation.least(), (int) notation.greatest() + 1))
        .edges((int) notation.least(), (int) notation.greatest(), 0)
        .check(
            day -> {
              String text = notation.write(day);
              assertEquals(other.format(LocalDate.ofEpochDay(day)), text);
              assertEquals(day.doubleValue(), notation.read(text).orElseThrow());
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9999-12-31T23:59\n0001-01-01T00:00\n",
        "09:30:00.250\n00:00:00.000\n23:59:59.999\n",
        "2020-06-01 10:15:30+02:00\n1066-10-14 09:00:01+02:00\n",
        "2020-06-01T10:15:30.5 -0330\n2020-06-01T10:15:31.0 -0330\n",
        "2020-10-25T02:30+02:00[Europe/Berlin]\n2020-10-25T02:30+01:00[Europe/Berlin]\n",
        "1890-10-25T02:30:07+00:53:28[Europe/Berlin]\n2020-10-25T02:30:00+01:00[Europe/Berlin]\n",
        "2020-07-01T12:00[Europe/Berlin]\n2020-12-01T12:30[Europe/Berlin]\n",
        "2020-07-01T12:00Z[UTC]\n2020-12-01T12:30Z[UTC]\n"
      })
  void cellsAreWrittenAsTheyWere(String cells) {
    Table table = parse(cells);
    assertTrue(table.columns().get(0).kind().isTemporal(), table.columns().toString());
    assertEquals("at\n" + cells, Csv.print(table).replace("\"", ""));
  }

  @Test
  void momentsInSeveralZonesAreWrittenInUtc() {
    Table table = parse("2020-06-01T10:00+02:00\n2020-12-01T10:00+01:00\n2020-12-01T10:01Z\n");
    assertEquals(
        "at\n2020-06-01T08:00Z\n2020-12-01T09:00Z\n2020-12-01T10:01Z\n",
        Csv.print(table).replace("\"", ""));
    assertEquals(
        List.of("column 'at': moments in several zones, +02:00, +01:00, Z, written in UTC"),
        table.notes());
  }

  @Test
  void momentsThatDoNotExistAreRefused() {
    String winter = "2020-12-01T10:00[Europe/Berlin]\n";
    assertEquals(
        "t.csv, line 3: need a time that Europe/Berlin has: its clocks skip this one in column"
            + " 'at', got '2020-03-29T02:30[Europe/Berlin]'",
        message(winter + "2020-03-29T02:30[Europe/Berlin]\n"));
    assertEquals(
        "t.csv, line 2: need the offset that Europe/Berlin has then in column 'at', got"
            + " '2020-07-01T10:00+01:00[Europe/Berlin]'",
        message("2020-07-01T10:00+01:00[Europe/Berlin]\n2020-12-01T10:00+01:00[Europe/Berlin]\n"));
    assertEquals(
        "t.csv: need moments that all have an offset or zone, or none that has, in column 'at', got"
            + " both. Mend the cells, or say in a schema file that they are categorical",
        message("2020-06-01T10:00\n2020-12-01T10:00Z\n"));
    assertEquals(
        "t.csv, line 2: need a moment with its offset or zone, such as 2020-12-31T23:59:59+01:00 in"
            + " column 'at', got '2020-06-01T10:00'",
        assertThrows(
                InvalidDataException.class,
                () ->
                    Csv.parse(
                        "t.csv",
                        "at\n2020-06-01T10:00\n",
                        CsvFormat.STANDARD,
                        Schema.none().with("at", Schema.Rule.of(Kind.TIMESTAMP))))
            .getMessage());
  }

  @Test
  void anAmbiguousTimeIsTheEarlierOne() {
    Table table = parse("2020-10-25T02:30[Europe/Berlin]\n2020-12-01T10:00[Europe/Berlin]\n");
    Instant earlier = Instant.parse("2020-10-25T00:30:00Z");
    assertEquals(earlier.getEpochSecond(), table.columns().get(0).number(0));
    Notation notation = table.columns().get(0).field().notation();
    assertEquals(earlier.getEpochSecond(), notation.snap(earlier.getEpochSecond() + 3600));
  }

  @ParameterizedTest
  @CsvSource({"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"})
  void momentsAgreeWithTheTimeZoneDatabase(String region, TestInfo test) {
    Notation notation = Notation.of(Kind.TIMESTAMP, "yyyy-MM-ddTHH:mm:ssXXX[" + region + "]");
    DateTimeFormatter text = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx'['VV']'");
    Cases.of(test, random -> (double) random.nextLong(-2_000_000_000L, 4_000_000_000L))
        .count(300)
        .check(
            moment -> {
              String written = notation.write(moment);
              String expected =
                  text.format(Instant.ofEpochSecond(moment.longValue()).atZone(ZoneId.of(region)));
              boolean odd = written.matches(".*[+-]\\d\\d:\\d\\d:\\d\\d\\[.*");
              assertTrue(odd || written.equals(expected), written + " against " + expected);
              assertEquals(moment, notation.read(written).getAsDouble());
            });
  }

  @Test
  void anyTextIsAMomentOrIsNot(TestInfo test) {
    List<String> seeds =
        List.of(
            "2020-10-25T02:30:15.25+01:00[Europe/Berlin]",
            "2020-10-25 02:30Z",
            "09:30:15.25",
            "2020-10-25T02:30 -03[UTC]");
    Cases.of(
            test,
            random -> {
              StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
              for (int k = random.nextInt(3); k >= 0; k--) {
                int at = random.nextInt(text.length());
                text.setCharAt(at, "0123456789:-+TZX[]/. eé\0".charAt(random.nextInt(24)));
              }
              return random.nextInt(3) == 0
                  ? text.substring(0, random.nextInt(text.length()))
                  : text.toString();
            })
        .count(5_000)
        .check(
            text -> {
              for (Kind kind : List.of(Kind.TIME, Kind.DATE_TIME, Kind.TIMESTAMP)) {
                Notation notation = Notation.finest(kind);
                notation
                    .read(text)
                    .ifPresent(
                        value ->
                            assertEquals(
                                notation.snap(value),
                                notation.read(notation.write(notation.snap(value))).getAsDouble()));
                assertTrue(!notation.need(text).isEmpty());
              }
            });
  }
}
