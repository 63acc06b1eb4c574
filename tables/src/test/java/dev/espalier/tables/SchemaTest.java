package dev.espalier.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.InvalidDataException;
import dev.espalier.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {

  @TempDir Path folder;

  private static Table parse(String text, Schema schema) {
    return Csv.parse("t.csv", text, CsvFormat.STANDARD, schema);
  }

  private static String kind(String cells) {
    Column column = parse("x\n" + cells, Schema.none()).columns().get(0);
    return (column.kind().word() + " " + column.field().pattern()).strip();
  }

  private static String rows(int count, java.util.function.IntFunction<String> row) {
    return IntStream.range(0, count).mapToObj(row).collect(Collectors.joining("\n")) + "\n";
  }

  @Test
  void codesWithLeadingZerosAreWords() {
    Table zips = parse("zip\n" + rows(40, i -> String.format("%05d", i % 8 * 4000)), Schema.none());
    assertEquals(Kind.CATEGORICAL, zips.columns().get(0).kind());
    assertEquals(List.of("column 'zip': has leading zeros, read as categories"), zips.notes());
    Table each = parse("zip\n" + rows(40, i -> String.format("%05d", i * 700)), Schema.none());
    assertEquals(Kind.IDENTIFIER, each.columns().get(0).kind());
    assertThrows(
        InvalidDataException.class,
        () -> parse("x\n" + rows(40, i -> i == 3 ? "0x3" : i * 7 + ""), Schema.none()));
  }

  @Test
  void identifiersMayBeAbsentFromATableToCompareWith() {
    Table real = parse("name,a\n" + rows(30, i -> "n" + i + "," + i % 7 * 0.5), Schema.none());
    Schema kinds = Schema.kinds(real);
    assertEquals(List.of("a"), parse("a\n0.5\n1.5\n", kinds).names());
    assertThrows(InvalidDataException.class, () -> parse("name\nx\ny\n", kinds));
  }

  @Test
  void kindsAreInferred() {
    assertEquals("integer 0", kind("2007\n2009\n2008\n2007\n"));
    assertEquals("integer 0.0", kind("181.0\n\n190.0\n"));
    assertEquals("integer 0", kind("-3\n0\n999999999999999\n"));
    assertEquals("continuous 0.0", kind("39.1\n18.0\n"));
    assertEquals("continuous 0.#", kind("39.1\n18\n"));
    assertEquals("continuous 0.0#", kind("0.4\n1.51\n"));
    assertEquals("continuous any", kind("1e-12\n3.5\n"));
    assertEquals("continuous any", kind("0.12345678901234\n2.5\n"));
    assertEquals("boolean", kind("0\n1\n1\n"));
    assertEquals("boolean", kind("Yes\nNo\n\n"));
    assertEquals("categorical", kind("a\nb\na\n"));
    assertEquals("categorical", kind("0\n1\n2\n3+\n3+\n1\n2\n0\n"));
    assertEquals("categorical", kind("007\n001\n007\n"));
    assertEquals("constant", kind("7\n7\n"));
    assertEquals("constant", kind("only\n\nonly\n"));
    assertEquals("all-missing", kind("\nNA\n"));
    assertEquals("date yyyy-MM-dd", kind("2020-02-29\n1999-12-31\n"));
    assertEquals("date-time yyyy-MM-dd HH:mm", kind("2020-02-29 10:15\n1999-12-31 00:01\n"));
    assertEquals(
        "date-time yyyy-MM-dd 00:00:00", kind("2020-02-29 00:00:00\n1999-12-31 00:00:00\n"));
    assertEquals("timestamp yyyy-MM-ddTHH:00Z", kind("2020-02-29T10:00Z\n1999-12-31T07:00Z\n"));
    assertEquals(
        "date-time yyyy-MM-ddTHH:mm:ss.SSS",
        kind("2020-02-29T10:00:01.250\n1999-12-31T07:00:00\n"));
    assertEquals("identifier", kind(rows(12, i -> "name " + i)));
    assertEquals("identifier", kind(rows(60, i -> "name " + i % 40)));
    assertEquals("identifier", kind(rows(12, i -> "" + (i + 1))));
    assertEquals("integer 0", kind(rows(12, i -> "" + (i + 1990))));
    assertEquals("identifier", kind(rows(12, i -> "1234567890123456789" + i)));
    Table named = parse("customer_id,n\n" + rows(12, i -> i * i + 5 + "," + i * i), Schema.none());
    assertEquals(Kind.IDENTIFIER, named.column("customer_id").kind());
    assertEquals(Kind.INTEGER, named.column("n").kind());
    assertEquals(
        List.of("column 'customer_id': 12 distinct values in 12 cells, left out as an identifier"),
        named.notes());
  }

  @Test
  void aSchemaOverridesWhatIsInferred() throws IOException {
    Path file = folder.resolve("schema.json");
    Files.writeString(
        file,
        """
        {"missing": ["?"],
         "columns": {
           "id":   {"exclude": true},
           "n":    {"kind": "categorical"},
           "x":    {"kind": "continuous", "pattern": "0.00", "range": [0, null], "missing": ["-1"]},
           "day":  {"kind": "date", "range": ["2020-01-01", "2020-12-31"]},
           "sex":  {"kind": "categorical", "categories": ["f", "m", "other"]}}}
        """);
    Schema schema = Schema.read(file);
    Table table =
        parse("id,n,x,day,sex\n1,5,-1,2020-02-02,f\n2,6,2.5,?,m\n3,5,3,2020-02-05,f\n", schema);
    assertEquals(
        List.of(Kind.IDENTIFIER, Kind.CATEGORICAL, Kind.CONTINUOUS, Kind.DATE, Kind.CATEGORICAL),
        table.columns().stream().map(Column::kind).toList());
    assertEquals(List.of("f", "m", "other"), table.column("sex").field().categories());
    assertTrue(table.column("x").missing(0) && table.column("day").missing(1));
    assertEquals("2.50", table.column("x").text(1));
    assertEquals(0, table.column("x").field().low());
    Schema copy = Schema.parse("copy", Schema.of(table).toJson());
    assertEquals(Schema.of(table), copy);
    assertEquals(schema, Schema.parse("again", schema.toJson()));
    assertEquals(Csv.print(table), Csv.print(parse(Csv.print(table), copy)));
  }

  @Test
  void badSchemasGiveOneClearErrorEach() throws IOException {
    List<String> bad =
        List.of(
            "",
            "[1]",
            "{\"missing\": \"NA\"}",
            "{\"colums\": {}}",
            "{\"columns\": {\"a\": {\"kind\": \"number\"}}}",
            "{\"columns\": {\"a\": {\"type\": \"integer\"}}}",
            "{\"columns\": {\"a\": {\"kind\": \"integer\", \"range\": [3]}}}",
            "{\"columns\": {\"a\": {\"kind\": \"integer\", \"range\": [3, 1]}}}",
            "{\"columns\": {\"a\": {\"kind\": \"date\", \"range\": [\"2020-13-01\", null]}}}",
            "{\"columns\": {\"a\": {\"range\": [1, 3]}}}",
            "{\"columns\": {\"a\": {\"kind\": \"integer\", \"pattern\": \"0.0#\"}}}",
            "{\"columns\": {\"a\": {\"kind\": \"boolean\", \"categories\": [\"x\"]}}}",
            "{\"columns\": {\"a\": {\"kind\": \"ordered\"}}}",
            "{\"columns\": {\"a\": {\"kind\": \"time\", \"pattern\": \"HH\"}}}",
            "{\"columns\": {\"a\": {\"kind\": \"timestamp\", \"pattern\": \"yyyy-MM-ddTHH:mm\"}}}",
            "{\"columns\": {\"a\": {\"kind\": \"identifier\", \"pattern\": \"[0-9\"}}}",
            "{\"columns\": {\"a\": {\"kind\": \"time\", \"range\": [\"9:00\", null]}}}",
            "{\"columns\": {\"a\": {}, \"a\": {}}}",
            "{\"columns\": {\"a\": {\"kind\": \"integer\"}}");
    StringBuilder told = new StringBuilder();
    for (String text : bad) {
      told.append(text)
          .append("\n  ")
          .append(
              assertThrows(InvalidDataException.class, () -> Schema.parse("s.json", text))
                  .getMessage()
                  .replace("\n", " "))
          .append('\n');
    }
    Golden.matches("schema-errors.txt", told.toString());
    Path file = folder.resolve("latin.json");
    Files.write(file, new byte[] {'{', '"', (byte) 0xE9, '"', '}'});
    assertEquals(
        file + ": need a schema in UTF-8, got other bytes",
        assertThrows(InvalidDataException.class, () -> Schema.read(file)).getMessage());
    assertEquals(
        "cannot read 'no.json': there is no such file",
        assertThrows(InvalidDataException.class, () -> Schema.read(Path.of("no.json")))
            .getMessage());
  }

  @Test
  void numbersPrintShortAndReadBackExactly() {
    for (double value :
        new double[] {
          0.1,
          1 / 3.0,
          1e-12,
          2e-3,
          5.684341886080802E-14,
          1e12,
          123456789.125,
          -0.5,
          1e22,
          Double.MIN_VALUE,
          Double.MAX_VALUE,
          100,
          1e17
        }) {
      assertEquals(value, Double.parseDouble(Decimals.shortest(value)));
    }
    assertEquals("0.1", Decimals.shortest(0.1));
    assertEquals("100", Decimals.shortest(100));
    assertEquals("1E-12", Decimals.shortest(1e-12));
    assertEquals("0.002", Decimals.shortest(2e-3));
    assertEquals("1E+22", Decimals.shortest(1e22));
    assertEquals("0.12", Decimals.fixed(Decimals.round(0.1249, 2), 1, 2));
    assertEquals("3.0", Decimals.fixed(3, 1, 3));
    assertEquals("3", Decimals.fixed(3, 0, 3));
  }

  @Test
  void numbersOfATableComeAsTheyAre() {
    Table table = parse("a,b,c\n1,0,5\n2.5,1,5\n,1,5\n", Schema.none());
    assertEquals(Kind.BOOLEAN, table.column("b").kind());
    assertEquals(5, table.samples().get(1, 2));
    assertEquals(1, table.samples().get(2, 1));
    assertTrue(Double.isNaN(table.samples().get(2, 0)));
    assertEquals(
        "need numbers in every column, got words such as 'x' in 'b'. Encode the table instead",
        assertThrows(
                IllegalArgumentException.class,
                () -> parse("a,b\n1,x\n2,y\n", Schema.none()).samples())
            .getMessage());
    assertEquals(65, Csv.read(Path.of("../examples/data/digits_8x8.csv")).samples().columns());
  }
}
