package dev.espalier.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Guidance;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.Expressions;
import dev.espalier.runtime.Pipeline;
import dev.espalier.testkit.Statistics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class GivenTest {
  private static final Table TABLE = table(300);
  private static final TableModel MODEL = model("gmm(2)", EncoderOptions.STANDARD);

  /** Two kinds; x, y, count and day hang together, z = x − y; blanks at random. */
  private static Table table(int count) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
    StringBuilder text = new StringBuilder("kind,x,y,count,day,same\n");
    for (int i = 0; i < count; i++) {
      boolean b = random.nextDouble() < 0.4;
      double x = (b ? 3 : 0) + random.nextGaussian();
      double y = 0.8 * x + 0.5 * random.nextGaussian();
      String[] cells = {
        b ? "b" : random.nextDouble() < 0.5 ? "a" : "c",
        String.format("%.2f", x),
        String.format("%.1f", y),
        Long.toString(Math.round(10 + 2 * x + random.nextGaussian())),
        LocalDate.of(2020, 3, 1).plusDays(Math.round(5 * y)).toString(),
        "7"
      };
      for (int j = 0; j < 5; j++) {
        cells[j] = random.nextDouble() < 0.1 ? "" : cells[j];
      }
      text.append(String.join(",", cells)).append('\n');
    }
    return Csv.parse("t.csv", text.toString(), CsvFormat.STANDARD, Schema.none());
  }

  private static TableModel model(String estimator, EncoderOptions options) {
    Pipeline pipeline =
        Pipeline.parse("pipeline(estimator=" + estimator + ", seed=3)", Catalogue.discover());
    return TableModel.fit(TABLE, pipeline, options, Progress.silent());
  }

  @Test
  void whatIsGivenHoldsInEveryRowDrawn() {
    Table drawn = MODEL.given("kind=b, 1.5<x<=2.5, day=2020-03-09").draw(200);
    for (int i = 0; i < 200; i++) {
      assertEquals("b", drawn.column("kind").text(i));
      assertEquals("2020-03-09", drawn.column("day").text(i));
      double x = drawn.column("x").number(i);
      assertTrue(x > 1.5 && x <= 2.5, "got " + x);
    }
    List<String> notes = MODEL.given("kind=b, x>1.5").notes();
    String last = notes.get(notes.size() - 1);
    assertTrue(last.startsWith("given kind=b, ") && last.endsWith(": exactly"), last);
  }

  @Test
  void whatIsFarFromAllRowsIsAnsweredWithAWarning() {
    for (String far : List.of("x=1e9, y=1", "y=-50", "x - y < -1e6", "count=-4000")) {
      List<String> notes = MODEL.given(far).notes();
      String last = notes.get(notes.size() - 1);
      assertTrue(last.contains("beware: ") && last.contains(" deviations from its mean"), last);
      assertEquals(far.startsWith("x - y"), last.contains("a sum is"), last);
    }
    for (String near : List.of("x=4", "kind=b", "x>4.5, count<20", "x - y < 2")) {
      List<String> notes = MODEL.given(near).notes();
      assertFalse(notes.get(notes.size() - 1).contains("beware"), notes.toString());
    }
  }

  @Test
  void integersDatesAndOneSidedRangesHold() {
    Table drawn = MODEL.given("count>=14, day<2020-03-10").draw(300);
    for (int i = 0; i < 300; i++) {
      assertTrue(drawn.column("count").number(i) >= 14);
      assertTrue(drawn.column("day").text(i).compareTo("2020-03-10") < 0);
    }
    List<String> notes = MODEL.given("count>=14, day<2020-03-10").notes();
    assertTrue(
        notes.get(notes.size() - 1).contains("exactly; approximately, guided by matching()"),
        notes.toString());
  }

  @Test
  void aSumHoldsUpToRounding() {
    Table drawn = MODEL.given("x + 2*y = 4").draw(200);
    int within = 0;
    for (int i = 0; i < 200; i++) {
      double sum = drawn.column("x").number(i) + 2 * drawn.column("y").number(i);
      within += Math.abs(sum - 4) < 0.006 + 0.11 ? 1 : 0;
    }
    assertTrue(within >= 195, "of 200 sums hold " + within);
  }

  @Test
  void conditioningInStepsIsConditioningAtOnce() {
    TableModel once = MODEL.given("kind=b, x>1");
    TableModel steps = MODEL.given("kind", "b").given("x>1");
    assertEquals(once.draw(20), steps.draw(20));
    assertEquals(2, steps.notes().size() - MODEL.notes().size());
  }

  /** Alpha 1e-6: the share of a category given a number is that of rows drawn near the number. */
  @Test
  void conditioningOnANumberMovesTheCategories() {
    Table given = MODEL.given("x=3").draw(4000);
    Table all = MODEL.draw(40_000);
    long near = 0;
    long nearB = 0;
    for (int i = 0; i < all.count(); i++) {
      boolean close = Math.abs(all.column("x").number(i) - 3) < 0.1;
      near += close ? 1 : 0;
      nearB += close && "b".equals(all.column("kind").text(i)) ? 1 : 0;
    }
    long b = 0;
    for (int i = 0; i < 4000; i++) {
      b += "b".equals(given.column("kind").text(i)) ? 1 : 0;
    }
    double share = nearB / (double) near;
    double slack = 0.02 + 5 * Math.sqrt(share * (1 - share) / near);
    assertEquals(share, b / 4000.0, slack);
    assertTrue(
        Statistics.frequencies(
                "the twin: unconditioned", new long[] {b, 4000 - b}, new double[] {0.4, 0.6})
            .rejects(1e-6));
  }

  @Test
  void contradictionsAndUnknownsAreRefused() {
    refused("kind=d", "need a category of 'kind', one of [a, b, c], got 'd'");
    refused("kind=a, kind=b", "given two different cells");
    refused("x=1, x>2", "outside of the range");
    refused("x>2, x<1", "do not overlap");
    refused("x>1000", "no row that the model draws has x>1000");
    refused("same=8", "need a category of 'same', one of [7], got '8'");
    refused("same>8", "'=' and a cell after the constant column 'same'");
    refused("count=1.5", "need a cell of the integer column 'count'");
    refused("nothing=1", "one of");
    assertThrows(IllegalArgumentException.class, () -> MODEL.given("kind", "z"));
    assertThrows(IllegalArgumentException.class, () -> MODEL.given("kind=a").given("kind=b"));
    assertThrows(
        IllegalArgumentException.class,
        () -> MODEL.given(List.of(Condition.sum(Map.of("kind", 1.0), 1))));
  }

  private static void refused(String text, String words) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> MODEL.given(text), text).getMessage();
    assertTrue(message.contains(words), text + ": " + message);
  }

  private static Completion complete(TableModel model, Table table, int draws, int threads) {
    return model.complete(table, Fill.of(draws, 9), Tasks.threads(threads), Progress.silent());
  }

  private static void checkFilled(Completion completion, int draws) {
    Table rows = completion.rows();
    assertEquals(TABLE.count() * draws, rows.count());
    for (Column column : rows.columns()) {
      Column before = TABLE.column(column.name());
      assertEquals(0, column.missing(), column.name());
      for (int i = 0; i < rows.count(); i++) {
        if (!before.missing(i / draws)) {
          assertEquals(before.text(i / draws), column.text(i));
        }
      }
    }
  }

  @Test
  void everyBlankIsFilledAndNothingElseChanges() {
    TableModel filled =
        model("gmm(2)", EncoderOptions.STANDARD.withBlanks(EncoderOptions.Blanks.FILLED));
    for (TableModel each :
        List.of(
            MODEL,
            filled,
            model("stratified(by=kind, inner=gaussian())", EncoderOptions.STANDARD))) {
      Completion completion = complete(each, TABLE, 3, 2);
      checkFilled(completion, 3);
      assertEquals(List.of("exactly"), List.copyOf(completion.answers().keySet()));
      assertEquals(completion, complete(each, TABLE, 3, 1));
      Completion fewer = complete(each, TABLE.rows(0, 50), 1, 1);
      for (int i = 0; i < 50; i++) {
        for (Column column : fewer.rows().columns()) {
          assertEquals(
              completion.rows().column(column.name()).text(3 * i), column.text(i), "row " + i);
        }
      }
    }
  }

  @Test
  void aRowWithoutCellsIsDrawnAsItCame() {
    Table blank =
        Csv.parse(
            "b.csv",
            "kind,x,y,count,day,same\n,,,,,\n",
            CsvFormat.STANDARD,
            Schema.of(MODEL.draw(0)));
    Completion completion = complete(MODEL, blank, 4, 1);
    assertEquals(4, completion.rows().count());
    completion.rows().columns().forEach(column -> assertEquals(0, column.missing()));
  }

  @Test
  void fillingByRepaintingSaysSo() {
    Fill fill =
        new Fill(
            1,
            2,
            Optional.of(
                new Expressions(Catalogue.discover()).parse(Guidance.class, "repaint(times=2)")));
    Completion completion =
        MODEL.complete(TABLE.rows(0, 12), fill, Tasks.here(), Progress.silent());
    assertEquals(
        List.of("approximately, guided by repaint(times=2)"),
        List.copyOf(completion.answers().keySet()));
  }

  private static String filled(String text, Completion completion, Table table) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CsvBlanks.of("f.csv", text, CsvFormat.STANDARD, table).write(table, completion, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void bytesOfCellsThatAreThereStay() throws IOException {
    String text =
        "\uFEFFkind, x ,\"y\",count,day,same,note\r\n"
            + "a,01.500,\"1.0\", 12,2020-03-01,7,\"a \"\"b\"\", c\"\r\n"
            + "\r\n"
            + "\"b\",,NA,,2020-03-09 ,7,\r\n"
            + "c,0.5,0.25,9,,7,x";
    Table table =
        Csv.parse(
            "f.csv", text.replace("01.500", "1.500"), CsvFormat.STANDARD, Schema.of(MODEL.draw(0)));
    Completion once = complete(MODEL, table, 1, 1);
    String out = filled(text, once, table);
    String[] lines = out.split("\r\n", -1);
    assertEquals("\uFEFFkind, x ,\"y\",count,day,same,note", lines[0]);
    assertEquals("a,01.500,\"1.0\", 12,2020-03-01,7,\"a \"\"b\"\", c\"", lines[1]);
    assertEquals("", lines[2]);
    assertTrue(lines[3].matches("\"b\",-?\\d\\.\\d+,-?\\d\\.\\d,\\d+,2020-03-09 ,7,"), lines[3]);
    assertTrue(lines[4].matches("c,0\\.5,0\\.25,9,2020-\\d\\d-\\d\\d,7,x"), lines[4]);
    assertEquals(5, lines.length);
    String thrice = filled(text, complete(MODEL, table, 3, 1), table);
    String[] rows = thrice.split("\r\n", -1);
    assertEquals("draw,kind, x ,\"y\",count,day,same,note", rows[0].substring(1));
    assertEquals("2,a,01.500,\"1.0\", 12,2020-03-01,7,\"a \"\"b\"\", c\"", rows[2]);
    assertTrue(rows[rows.length - 1].startsWith("3,c,0.5,0.25,9,"), rows[rows.length - 1]);
    assertThrows(InvalidDataException.class, () -> filled(text + "\nd", once, table));
  }
}
