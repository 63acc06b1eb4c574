package dev.espalier.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.InvalidDataException;
import dev.espalier.testkit.Cases;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers with decimal commas, thousands set apart, percent and currency signs. */
class NumbersTest {

  private static final CsvFormat SEMICOLONS = CsvFormat.STANDARD.withSeparator(';');
  private static final CsvFormat TABS = CsvFormat.STANDARD.withSeparator('\t');

  private static Table parse(String cells, CsvFormat format, Schema schema) {
    return Csv.parse("t.csv", "x\n" + cells, format, schema);
  }

  private static Table parse(String cells) {
    return parse(cells, TABS, Schema.none());
  }

  private static String type(Table table) {
    Field field = table.columns().get(0).field();
    return field.kind().word() + " " + field.pattern();
  }

  private static String lines(String cells) {
    return cells.replace("|", "\n") + "\n";
  }

  private static Schema said(Kind kind, String pattern) {
    return Schema.none().with("x", Schema.Rule.of(kind).withPattern(pattern));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "3,14|2,718|10             ~ continuous 0,### ~ 3.14",
        "1,5e-7|2,5                ~ continuous 0,*    ~ 1.5e-7",
        "1,234.5|12|999            ~ continuous #,##0.# ~ 1234.5",
        "1.234,50|999,00           ~ continuous #.##0,00 ~ 1234.5",
        "1234,50|12.345,00         ~ continuous ##.##0,00 ~ 1234.5",
        "1 234|12                  ~ integer # ##0     ~ 1234",
        "1\u00A0234,5|12,5         ~ continuous #\u00A0##0,0 ~ 1234.5",
        "1\u202F234|1 500|12       ~ integer #\u202F##0 ~ 1234",
        "1'234.5|2'000.0           ~ continuous #'##0.0 ~ 1234.5",
        "1\u2019234\u2019567|2     ~ integer #\u2019##0 ~ 1234567",
        "1,234,567|1,234           ~ integer #,##0     ~ 1234567",
        "1.234.567|1.234           ~ integer #.##0     ~ 1234567",
        "-1.234,5|0,5              ~ continuous #.##0,0 ~ -1234.5",
        "45%|12.5%|-3%             ~ continuous 0.#%   ~ 0.45",
        "45 %|7 %                  ~ continuous 0 %    ~ 0.45",
        "12,5 %|1.200,0 %          ~ continuous #.##0,0 % ~ 0.125",
        "$5|$1,234,567             ~ integer $#,##0    ~ 5",
        "-$5.25|$1,200.00          ~ continuous $#,##0.00 ~ -5.25",
        "5,25 €|1.200,00 €         ~ continuous #.##0,00 € ~ 5.25",
        "€ 5|€ 7                   ~ integer € 0       ~ 5",
        "1.5|22.25                 ~ continuous 0.0#   ~ 1.5",
        "1234.5|1.25               ~ continuous 0.0#   ~ 1234.5",
      })
  void theColumnAsAWholeTellsHowItsNumbersAreWritten(String cells, String type, double first) {
    Table table = parse(lines(cells));
    assertEquals(type, type(table));
    assertEquals(first, table.columns().get(0).number(0));
    assertEquals(List.of(), table.notes());
    String written = lines(cells).replace("1 500", "1\u202F500").replace("1,5e-7", "1,5E-7");
    assertEquals(written, lines(shown(table)));
  }

  private static String shown(Table table) {
    return IntStream.range(0, table.count())
        .mapToObj(i -> String.valueOf(table.columns().get(0).text(i)))
        .collect(Collectors.joining("|"));
  }

  @Test
  void commasStandInQuotesInFilesThatCommasSeparate() {
    String text = "x,y\n\"3,14\",\"1,234.50\"\n\"2,5\",0.25\n,NA\n";
    Table table = Csv.parse("t.csv", text, CsvFormat.STANDARD, Schema.none());
    assertEquals(3.14, table.column("x").number(0));
    assertEquals(1234.5, table.column("y").number(0));
    assertTrue(table.column("x").missing(2) && table.column("y").missing(2));
    assertEquals("3,14", table.column("x").text(0));
    assertEquals("1,234.50", table.column("y").text(0));
  }

  @Test
  void whatCouldBeReadTwoWaysIsReadByARuleAndTold() {
    Table thousands = parse("1,234\n5,678\n");
    assertEquals("integer #,##0", type(thousands));
    assertEquals(
        List.of(
            "column 'x': commas are read as setting thousands apart; should they be decimal commas,"
                + " say in a schema file {\"kind\": \"continuous\", \"pattern\": \"0,000\"}"),
        thousands.notes());
    Table decimals = parse("1,234\n5,678\n", SEMICOLONS, Schema.none());
    assertEquals("continuous 0,000", type(decimals));
    assertEquals(
        List.of(
            "column 'x': commas are read as decimal commas; should they set thousands apart,"
                + " say in a schema file {\"kind\": \"integer\", \"pattern\": \"#,##0\"}"),
        decimals.notes());
    Table points = parse("1.234\n5.678\n", SEMICOLONS, Schema.none());
    assertEquals("continuous 0.000", type(points));
    assertEquals(
        List.of(
            "column 'x': points are read as decimal points; should they set thousands apart,"
                + " say in a schema file {\"kind\": \"integer\", \"pattern\": \"#.##0\"}"),
        points.notes());
    assertEquals(
        1.234,
        parse("1,234\n5,678\n", TABS, said(Kind.CONTINUOUS, "0,000")).columns().get(0).number(0));
    assertEquals(
        1234, parse("1,234\n", SEMICOLONS, said(Kind.INTEGER, "#,##0")).columns().get(0).number(0));
    assertEquals(
        1234, parse("1.234\n5\n", TABS, said(Kind.INTEGER, "#.##0")).columns().get(0).number(0));
    Schema whole = Schema.none().with("x", Schema.Rule.of(Kind.INTEGER));
    assertEquals("integer #,##0", type(parse("1,234\n5,678\n", SEMICOLONS, whole)));
    assertEquals("integer #.##0", type(parse("1.234\n5.678\n", TABS, whole)));
    Table spaced = parse("555 123\n555 124\n");
    assertTrue(spaced.notes().get(0).contains("say the kind categorical"), spaced.notes() + "");
  }

  @Test
  void codesAndMixturesAreNoNumbers() {
    for (String cells :
        List.of(
            "12.34.56|1.2.3|12.34.56",
            "0123,5|0123,5|7",
            "01 234|02 345|01 234",
            "1,2,3|4,5,6|1,2,3",
            "10%|0.5|10%",
            "$5|5 €|$5",
            "12,34,567|1|12,34,567",
            "1,234 5|7|7",
            "5 kg|7 kg|5 kg",
            "%|$|%",
            "-|- %|-",
            "$5%|$6%|$5%")) {
      assertEquals("categorical ", type(parse(lines(cells).repeat(4))), cells);
    }
  }

  private static String refusal(String cells, Schema schema) {
    return assertThrows(InvalidDataException.class, () -> parse(cells, TABS, schema)).getMessage();
  }

  private static String many(String format, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> String.format(java.util.Locale.ROOT, format, i + 10, i + 10))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  @Test
  void aCellOfAnotherStyleIsAnError() {
    assertEquals(
        "t.csv, line 42: need a number such as 1234,00, written like most in column 'x'",
        refusal(many("%d,%02d", 40) + "3.14\n", Schema.none()).split(", got")[0]);
    assertTrue(
        refusal("3.14\n" + many("%d,%02d", 40), Schema.none())
            .startsWith("t.csv, line 2: need a number such as"));
    assertTrue(
        refusal(many("%d,%02d", 20) + many("%d.%02d", 20), Schema.none())
            .contains(
                "line 2: need a number, written like most in column 'x', got '10,10' (20 of"));
    assertTrue(
        refusal(many("%d.%02d%%", 40) + "oops\n", Schema.none())
            .contains("need a number such as 12.00% in column 'x', got 'oops'"));
    assertEquals(
        "t.csv, line 3: need a number such as 1.234,00 in column 'x', got '1,234.5'",
        refusal("1.234,5\n1,234.5\n", said(Kind.CONTINUOUS, "#.##0,00")));
    assertEquals(
        "t.csv, line 3: need a value in the range 0%..100% of the schema in column 'x', got '101%'",
        refusal(
            "1%\n101%\n",
            Schema.parse(
                "s",
                "{\"columns\": {\"x\": {\"kind\": \"continuous\", \"pattern\": \"0%\","
                    + " \"range\": [0, \"100%\"]}}}")));
  }

  @Test
  void plainNumbersAreReadWhereASchemaKnowsAnotherStyle() {
    Schema schema = said(Kind.CONTINUOUS, "#.##0,00");
    Table plain = parse("1234.5\n0.25\n", TABS, schema);
    assertEquals("x\n\"1.234,50\"\n\"0,25\"\n", Csv.print(plain));
    assertTrue(refusal("1234.5\n0,25\n", schema).contains("line 2: need a number such as"));
  }

  @Test
  void tablesThatCompareShareTheStyle() {
    Table real = parse("0,125\n12,5\n", TABS, Schema.none());
    Table drawn = parse("1,234\n5,678\n", TABS, Schema.kinds(real));
    assertEquals(1.234, drawn.columns().get(0).number(0));
    assertEquals(1.5, parse("1.5\n2.5\n", TABS, Schema.kinds(real)).columns().get(0).number(0));
  }

  @Test
  void wrongPatternsAreRefused() {
    for (String pattern :
        List.of(
            "0.*", "0,", "$0%", "#,##0,0", "##0", "0.0#0", "0%%", "0,0000000000000", "# ##0 ")) {
      assertThrows(
          IllegalArgumentException.class, () -> Notation.of(Kind.CONTINUOUS, pattern), pattern);
    }
    assertThrows(IllegalArgumentException.class, () -> Notation.of(Kind.INTEGER, "0%"));
    assertThrows(IllegalArgumentException.class, () -> Notation.of(Kind.INTEGER, "0,0#"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "any",
        "0.00#",
        "0,*",
        "0,0#",
        "#,##0.00",
        "##.##0,*",
        "# ##0,0",
        "#'##0.###",
        "0%",
        "0.0# %",
        "#.##0,0%",
        "$#,##0.00",
        "0,00 €",
        "€ 0",
        "0.*%",
        "#\u202F##0,*"
      })
  void everyNumberIsReadAsItIsWritten(String pattern, TestInfo test) {
    Notation notation = Notation.of(Kind.CONTINUOUS, pattern);
    Cases.of(test, random -> random.nextGaussian() * Math.pow(10, random.nextInt(-6, 9)))
        .count(50)
        .edges(0.0, 999.5, 1000.0, -1234567.0, 1e-300, 123456789012.0)
        .check(
            value -> {
              double number = notation.snap(value);
              String text = notation.write(number);
              assertEquals(number, notation.read(text).orElseThrow(), text);
              assertEquals(text, notation.write(notation.snap(number)));
            });
  }

  @Test
  void conditionsTakeNumbersPlainlyAndAsTheColumnHasThem() {
    List<Field> fields =
        List.of(
            Field.words("kind", Kind.CATEGORICAL, List.of("a", "b")),
            Field.number("price", Kind.CONTINUOUS, "#.##0,00 €"),
            Field.number("dots", Kind.CONTINUOUS, "#.##0,000"),
            Field.number("share", Kind.CONTINUOUS, "0.0%"),
            Field.number("count", Kind.INTEGER, "# ##0"));
    double inf = Double.POSITIVE_INFINITY;
    assertEquals(
        List.of(
            Condition.within("price", -inf, 1234.5),
            Condition.cell("price", "1.234"),
            Condition.within("dots", 1.234, 1.234),
            Condition.cell("dots", "1.234"),
            Condition.cell("price", "1.234 €"),
            Condition.within("share", 0.1, 0.45),
            Condition.cell("share", "45%"),
            Condition.within("count", 1234, inf),
            Condition.sum(java.util.Map.of("price", 2.0, "share", -1.0), 1.5)),
        Condition.parse(
            "price<=\"1.234,50 €\", price=1.234, dots=1.234, dots=\"1.234\", price=\"1.234 €\", 0.1<=share<=45%, share=45%,"
                + " count>=1 234, 2*price - share = 1.5",
            fields));
    for (String text :
        List.of(
            "price=\"1.234 €\"",
            "price=1.234",
            "price<=1.234",
            "dots=1.234",
            "dots=\"1.234\"",
            "count=\"1.234\"")) {
      List<Condition> all = Condition.parse(text, fields);
      assertEquals(all, Condition.parse(Condition.print(all), fields), text);
    }
  }

  @Test
  void theSpaceBesideASignMayBeThereOrNot() {
    Table table = parse("45 %\n7%\n");
    assertEquals("continuous 0 %", type(table));
    assertEquals("45 %|7 %", shown(table));
    List<Field> fields = List.of(Field.number("price", Kind.CONTINUOUS, "€ 0,00"));
    assertEquals(
        List.of(Condition.within("price", Double.NEGATIVE_INFINITY, 5)),
        Condition.parse("price<=€5", fields));
  }

  /** One column of a file that says what its cells are. */
  private record Said(RowSource.Hint hint, List<String> cells) implements RowSource {
    @Override
    public String name() {
      return "it";
    }

    @Override
    public String place(long position) {
      return "it, row " + position;
    }

    @Override
    public void scan(Visitor visitor) {
      visitor.header(List.of("x"), List.of(hint), 0);
      for (int i = 0; i < cells.size(); i++) {
        visitor.row(List.of(cells.get(i)), i + 1L);
      }
    }
  }

  @Test
  void aFileThatSaysWhatItsCellsAreIsBelieved() throws IOException {
    Reading how = Reading.STANDARD;
    List<String> cells = List.of("1.234", "5.678", "9.123");
    Table words = TableReader.read(new Said(RowSource.Hint.WORDS, cells), how);
    assertEquals("categorical ", type(words));
    Table numbers = TableReader.read(new Said(RowSource.Hint.NUMBERS, cells), how);
    assertEquals("continuous 0.000", type(numbers));
    assertEquals(List.of(), numbers.notes());
  }

  @Test
  void drawnTablesAreWrittenAsTheDataWere() {
    String text =
        "price;share;left\n"
            + IntStream.range(0, 60)
                .mapToObj(
                    i ->
                        String.format(
                            java.util.Locale.ROOT,
                            "%d.%03d,%02d €;%d,5%%;%s",
                            1 + i % 3,
                            i * 7 % 1000,
                            i,
                            i,
                            i % 5 == 0 ? "" : i % 3 == 0 ? "" + (900 + i) : "1 " + (200 + i)))
                .collect(Collectors.joining("\n"));
    Table table = Csv.parse("t.csv", text, SEMICOLONS, Schema.none());
    assertEquals(List.of(), table.notes());
    Encoder encoder = Encoder.fit(table, EncoderOptions.STANDARD);
    Table back = encoder.decode(encoder.encode(table, 1));
    for (int i = 0; i < back.count(); i++) {
      assertTrue(back.column("price").text(i).matches("[1-3]\\.[0-9]{3},[0-9]{2} €"));
      assertTrue(back.column("share").text(i).matches("[0-9]+,[0-9]%"));
      String left = back.column("left").text(i);
      assertTrue(left == null || left.matches("(1 )?[0-9]{3}"), left);
    }
  }
}
