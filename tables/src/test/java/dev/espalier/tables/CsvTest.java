package dev.espalier.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Streams;
import dev.espalier.testkit.Cases;
import dev.espalier.testkit.Golden;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {

  @TempDir Path folder;

  private static Table parse(String text) {
    return Csv.parse("t.csv", text, CsvFormat.STANDARD, Schema.none());
  }

  private static String refusal(byte[] bytes, CsvFormat format, Schema schema) {
    return assertThrows(InvalidDataException.class, () -> Csv.parse("t.csv", bytes, format, schema))
        .getMessage();
  }

  private static List<String> cells(Table table, String column) {
    return IntStream.range(0, table.count())
        .mapToObj(i -> String.valueOf(table.column(column).text(i)))
        .toList();
  }

  private static String numbers(int count, String odd) {
    return "x\n"
        + IntStream.range(0, count).mapToObj(i -> i * 1.5 + "\n").collect(Collectors.joining())
        + odd
        + "\n";
  }

  @Test
  void badInputsGiveOneClearErrorEach() {
    List<String> lines = new ArrayList<>();
    record Bad(String name, byte[] bytes, CsvFormat format, Schema schema) {}
    List<Bad> bad = new ArrayList<>();
    Map<String, String> texts =
        new java.util.LinkedHashMap<>(
            Map.ofEntries(
                Map.entry("empty file", ""),
                Map.entry("blank lines only", "\n\n \r\n"),
                Map.entry("header only", "a,b\n"),
                Map.entry("short row", "a,b,c\n1,2,3\n\n4,5\n"),
                Map.entry("long row", "a,b\r\n1,2\r\n3,4,5\r\n"),
                Map.entry("duplicate header", "a,b, a\n1,2,3\n"),
                Map.entry("empty header", "a,,c\n1,2,3\n"),
                Map.entry("unclosed quote", "a,b\n1,2\n\"3,4\n5,6\n"),
                Map.entry("text after a quote", "a,b\n1,2\n\"3\"x,4\n"),
                Map.entry("other separator", "a;b;c\n1;2;3\n"),
                Map.entry("tabs", "a\tb\n1\t2\n"),
                Map.entry("non-numeric junk", numbers(40, "oops")),
                Map.entry("junk in a small column", "x\n1\n2\n3\n4\n5\n6\n7\n8\n9\n?\n"),
                Map.entry("infinity", numbers(40, "-Infinity")),
                Map.entry("overflow", numbers(40, "1e999")),
                Map.entry(
                    "no such day",
                    "d\n"
                        + IntStream.range(1, 29)
                            .mapToObj(i -> "2021-02-%02d%n".formatted(i))
                            .collect(Collectors.joining())
                        + "2021-02-29\n"),
                Map.entry("zero bytes", "PK\0\0,a\n1,2\n")));
    texts.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            each ->
                bad.add(
                    new Bad(
                        each.getKey(),
                        each.getValue().getBytes(StandardCharsets.UTF_8),
                        CsvFormat.STANDARD,
                        Schema.none())));
    byte[] latin = "name\nAda\nZo\u00eb\n".getBytes(StandardCharsets.ISO_8859_1);
    byte[] utf16 = "\uFEFFname\nAda\n".getBytes(StandardCharsets.UTF_16LE);
    bad.add(new Bad("windows bytes", latin, CsvFormat.STANDARD, Schema.none()));
    bad.add(new Bad("utf-16 bytes", utf16, CsvFormat.STANDARD, Schema.none()));
    Map<String, Schema.Rule> rules =
        Map.of(
            "schema: absent column", Schema.Rule.of(Kind.INTEGER),
            "schema: integer", Schema.Rule.of(Kind.INTEGER),
            "schema: range", Schema.Rule.of(Kind.CONTINUOUS).withRange(0, 2),
            "schema: categories",
                Schema.Rule.of(Kind.CATEGORICAL).withCategories(List.of("1", "2.5", "4")),
            "schema: date", Schema.Rule.of(Kind.DATE),
            "schema: date-time", Schema.Rule.of(Kind.DATE_TIME),
            "schema: boolean", Schema.Rule.of(Kind.BOOLEAN),
            "schema: constant", Schema.Rule.of(Kind.CONSTANT),
            "schema: all missing", Schema.Rule.of(Kind.ALL_MISSING));
    rules.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            each ->
                bad.add(
                    new Bad(
                        each.getKey(),
                        "a,b\n1,x\n2.5,x\n3,y\n".getBytes(StandardCharsets.UTF_8),
                        CsvFormat.STANDARD,
                        Schema.none()
                            .with(each.getKey().contains("absent") ? "c" : "a", each.getValue()))));
    for (Bad each : bad) {
      lines.add(each.name + ": " + refusal(each.bytes, each.format, each.schema));
    }
    Golden.matches("csv-errors.txt", String.join("\n", lines) + "\n");
  }

  @Test
  void filesThatCannotBeReadSaySo() throws IOException {
    assertEquals(
        "cannot read 'no.csv': there is no such file",
        assertThrows(InvalidDataException.class, () -> Csv.read(Path.of("no.csv"))).getMessage());
    assertEquals(
        "cannot read '" + folder + "': it is a folder",
        assertThrows(InvalidDataException.class, () -> Csv.read(folder)).getMessage());
  }

  @Test
  void quotesLineEndsAndMarksAreUnderstood() {
    Table table = parse("\uFEFFa,b\r\n\"x,\"\"y\"\"\",1\r\n\"two\nlines\",2\r\n z ,3");
    assertEquals(List.of("a", "b"), table.names());
    assertEquals(List.of("x,\"y\"", "two\nlines", "z"), cells(table, "a"));
    assertEquals(List.of("1", "2", "3"), cells(table, "b"));
    assertEquals("a,b\n\"x,\"\"y\"\"\",1\n\"two\nlines\",2\nz,3\n", Csv.print(table));
    assertEquals(List.of("1", "2"), cells(parse("a,b\r1,x\r2,y\r"), "a"));
  }

  @Test
  void otherSeparatorsAndEncodingsAreAChoice() {
    CsvFormat format =
        CsvFormat.STANDARD.withSeparator(';').withEncoding(Charset.forName("windows-1252"));
    byte[] bytes = "name;n\nZo\u00eb;1\n\u20ac;2\n".getBytes(format.encoding());
    Table table = Csv.parse("t.csv", bytes, format, Schema.none());
    assertEquals(List.of("Zo\u00eb", "\u20ac"), cells(table, "name"));
    byte[] utf16 = "a\n1\n2\n".getBytes(StandardCharsets.UTF_16);
    CsvFormat wide = CsvFormat.STANDARD.withEncoding(StandardCharsets.UTF_16);
    assertEquals(2, Csv.parse("t.csv", utf16, wide, Schema.none()).count());
    assertThrows(IllegalArgumentException.class, () -> CsvFormat.STANDARD.withSeparator('"'));
    assertThrows(IllegalArgumentException.class, () -> CsvFormat.STANDARD.withSeparator('7'));
  }

  @Test
  void malformedBytesAreLocatedFarIntoAFile() {
    byte[] bytes = ("a,b\n" + "1,x\n".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
    bytes[4 + 4 * 99_000 + 2] = (byte) 0xFF;
    assertEquals(
        "t.csv, line 99002: need text in UTF-8, got other bytes at offset 396006. It may be in"
            + " another encoding, such as windows-1252; name the encoding (--encoding)",
        refusal(bytes, CsvFormat.STANDARD, Schema.none()));
  }

  @Test
  void missingWordsAreCountedKeptAndChosen() {
    Table table = parse("a,b\n1,NA\nNA,x\n3,y\n,NA\n");
    assertEquals("NA", table.missing());
    assertEquals(List.of("3 cells with 'NA' count as missing"), table.notes());
    assertEquals("a,b\n1,NA\nNA,x\n3,y\nNA,NA\n", Csv.print(table));
    Schema schema =
        Schema.none()
            .withMissing(List.of("-"))
            .with(
                "a",
                new Schema.Rule(
                    java.util.Optional.empty(),
                    java.util.Optional.empty(),
                    List.of(),
                    Double.NEGATIVE_INFINITY,
                    Double.POSITIVE_INFINITY,
                    List.of("-999")));
    Table chosen = Csv.parse("t.csv", "a,b\n1,NA\n-999,-\n2,-999\n", CsvFormat.STANDARD, schema);
    assertEquals(List.of("1", "null", "2"), cells(chosen, "a"));
    assertEquals(List.of("NA", "null", "-999"), cells(chosen, "b"));
  }

  @Test
  void aSingleColumnKeepsItsBlankRows() {
    Table table = parse("a\n1\n\n3\n");
    assertEquals(List.of("1", "null", "3"), cells(table, "a"));
    assertEquals("a\n1\n\"\"\n3\n", Csv.print(table));
    assertEquals(table, parse(Csv.print(table)));
  }

  @Test
  void whatIsWrittenIsReadBackTheSame() throws IOException {
    for (String name : List.of("penguins", "diamonds_5k", "digits_8x8")) {
      Path data = Path.of("../examples/data", name + ".csv");
      Table table = Csv.read(data);
      Path copy = folder.resolve(name + ".csv");
      Csv.write(table, copy);
      assertEquals(Files.readString(data), Files.readString(copy), name);
      assertEquals(table, Csv.read(copy), name);
    }
  }

  @Test
  void outputThatCannotBeWrittenLeavesNothingBehind() throws IOException {
    Table table = parse("a,b\n\u20ac,1\nx,2\n");
    Path target = folder.resolve("out.csv");
    Files.writeString(target, "before");
    CsvFormat ascii = CsvFormat.STANDARD.withEncoding(StandardCharsets.US_ASCII);
    assertEquals(
        "cannot write the table: US-ASCII lacks a character of it; choose UTF-8 (--encoding)",
        assertThrows(InvalidDataException.class, () -> Csv.write(table, target, ascii))
            .getMessage());
    assertEquals("before", Files.readString(target));
    Path nowhere = folder.resolve("no").resolve("out.csv");
    assertTrue(
        assertThrows(InvalidDataException.class, () -> Csv.write(table, nowhere))
            .getMessage()
            .startsWith("cannot write '" + nowhere + "'"));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(target), left.toList());
    }
    Csv.write(table, target);
    assertFalse(Files.readString(target).contains("before"));
  }

  @Test
  void whatIsReadOfAnyBytesPrintsAndReadsAgainAlike(TestInfo test) {
    String[] seeds = {
      "a,b,c\n1,x,2020-01-01\n2,y,2020-01-02\n3,,2020-02-30\n",
      "\uFEFF\"q\"\"\",b\r\n\"1\n2\",true\r\nNA,false\r\n",
      "t,v\n2020-01-01T10:00:00,1e5\n2020-01-01 10:00,-0.5\n,1e-300\n",
      "t,u,v\n09:30,2020-06-01T10:00+02:00,2020-10-25T02:30[Europe/Berlin]\n"
          + "10:15:30.25,2020-06-01T10:00Z,2020-12-01T10:00+01:00[Europe/Berlin]\n",
      "x\n0001\n2\n-3\n+4\n1e999\n.5\n5.\n",
      "a,b,c\n\"1.234,5\",45%,1'000\n\"0,25\",7%,20\n\"-1.000,0\",0.5%,1'234'567\n",
    };
    int[] outcomes = new int[2];
    Cases.of(test, random -> mutated(seeds[random.nextInt(seeds.length)], random))
        .count(4_000)
        .check(
            bytes -> {
              try {
                Table table = Csv.parse("t.csv", bytes, CsvFormat.STANDARD, Schema.none());
                String text = Csv.print(table);
                Table again = Csv.parse("t.csv", text, CsvFormat.STANDARD, Schema.of(table));
                assertEquals(text, Csv.print(again));
                outcomes[0]++;
              } catch (InvalidDataException e) {
                assertFalse(e.getMessage().contains("\n"), e.getMessage());
                outcomes[1]++;
              }
            });
    assertTrue(outcomes[0] > 600 && outcomes[1] > 600, outcomes[0] + " and " + outcomes[1]);
  }

  private static byte[] mutated(String text, RandomGenerator random) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String alphabet = ",\"\n\r;\t -+.eE0123456789naNAxT:Z\0\u00e9\u20ac%#'\\";
    for (int edits = random.nextInt(5); edits >= 0; edits--) {
      int at = random.nextInt(bytes.length + 1);
      int gone = Math.min(bytes.length - at, random.nextInt(4));
      byte[] put =
          switch (random.nextInt(4)) {
            case 0 -> new byte[0];
            case 1 -> new byte[] {(byte) random.nextInt(256)};
            case 2 ->
                java.util.Arrays.copyOfRange(
                    bytes, at, Math.min(bytes.length, at + random.nextInt(12)));
            default ->
                alphabet
                    .substring(random.nextInt(alphabet.length()))
                    .substring(0, 1)
                    .getBytes(StandardCharsets.UTF_8);
          };
      byte[] next = new byte[bytes.length - gone + put.length];
      System.arraycopy(bytes, 0, next, 0, at);
      System.arraycopy(put, 0, next, at, put.length);
      System.arraycopy(bytes, at + gone, next, at + put.length, bytes.length - at - gone);
      bytes = next;
      if (bytes.length == 0) {
        return bytes;
      }
    }
    return bytes;
  }

  @Test
  void aWideShortFileAndAManyCategoriesFileAreFine() {
    RandomGenerator random = new Streams(3).stream("wide", 0);
    StringBuilder text = new StringBuilder();
    text.append(IntStream.range(0, 200).mapToObj(j -> "c" + j).collect(Collectors.joining(",")))
        .append('\n');
    for (int i = 0; i < 50; i++) {
      for (int j = 0; j < 200; j++) {
        text.append(j == 0 ? "" : ",").append(Math.rint(1e4 * random.nextGaussian()) / 1e4);
      }
      text.append('\n');
    }
    Table wide = parse(text.toString());
    assertEquals(200, wide.columns().size());
    assertTrue(wide.columns().stream().allMatch(each -> each.kind() == Kind.CONTINUOUS));

    StringBuilder many = new StringBuilder("city,x\n");
    for (int i = 0; i < 40_000; i++) {
      many.append("city ").append(i % 10_000).append(',').append(i % 7).append('\n');
    }
    Table cities = parse(many.toString());
    assertEquals(Kind.CATEGORICAL, cities.column("city").kind());
    assertEquals(10_000, cities.column("city").field().categories().size());
    assertEquals(List.of(), cities.strata());
  }
}
