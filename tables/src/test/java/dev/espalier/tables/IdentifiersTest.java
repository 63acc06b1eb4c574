package dev.espalier.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.testkit.Cases;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {

  private static String form(int count, IntFunction<String> word) {
    return IdentifierForm.learn(IntStream.range(0, count).mapToObj(word).toList())
        .map(IdentifierForm::text)
        .orElse("none");
  }

  private static String uuid(RandomGenerator random) {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  @Test
  void formsAreLearned() {
    RandomGenerator random = new Streams(1).stream("forms", 0);
    assertEquals("C-[0-9]{5}", form(50, i -> String.format("C-%05d", i)));
    assertEquals("INV/2020/[0-9]{4}", form(50, i -> String.format("INV/2020/%04d", 40 + i)));
    assertEquals(
        "[A-Z]{2} [1-9][0-9]{2}",
        form(40, i -> String.format("%c%c %d", 'A' + i % 7, 'B' + i % 5, 100 + i)));
    assertEquals(
        "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        form(200, i -> uuid(random)));
    assertEquals("[1-9][0-9]{2}", form(500, i -> "" + (i + 1)));
    assertEquals("\\[[0-9]{2}\\]", form(60, i -> String.format("[%02d]", i)));
    assertEquals("none", form(9, i -> "C-" + i));
    assertEquals("none", form(40, i -> "x".repeat(i + 1)));
    assertEquals("none", form(40, i -> "same"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"C-[0-9]{5}", "[1-9]", "\\[[A-Z_a-z]{3}\\]\\\\", "a[02-46]b[xy]{12}"})
  void aFormIsItsText(String text) {
    IdentifierForm form = IdentifierForm.parse(text);
    assertEquals(text, form.text());
    String last = form.word(form.size().subtract(BigInteger.ONE));
    assertEquals(form.size().intValue() - 1, form.number(last).orElseThrow().intValue());
  }

  @Test
  void whatIsNoFormIsRefused() {
    for (String text :
        List.of("", "abc", "[9-0]", "[0-9", "x{2}[0-9]{", "[0-9]{0}", "}", "[]", "[é]")) {
      assertThrows(IllegalArgumentException.class, () -> IdentifierForm.parse(text), text);
    }
  }

  /** Words of random forms, sequential or not, few or nearly all that there are. */
  private static List<String> words(RandomGenerator random) {
    int n = 12 + random.nextInt(400);
    int shape = random.nextInt(5);
    int start = random.nextInt(600);
    Set<String> words = new HashSet<>();
    while (words.size() < n) {
      int i = words.size();
      words.add(
          switch (shape) {
            case 0 -> String.format("C-%03d", (start + i) % 1000);
            case 1 -> uuid(random);
            case 2 -> "" + (start + i);
            case 3 ->
                String.format(
                    Locale.ROOT,
                    "%c%c%02d",
                    'A' + random.nextInt(26),
                    'A' + random.nextInt(26),
                    random.nextInt(100));
            default -> String.format("%08d", random.nextInt(100_000_000));
          });
    }
    return words.stream().sorted().toList();
  }

  @Test
  void freshIdentifiersAreNeverThoseOfTheTable(TestInfo test) {
    Cases.of(test, IdentifiersTest::words)
        .count(100)
        .check(
            words -> {
              IdentifierForm form =
                  IdentifierForm.learn(words).orElse(IdentifierForm.parse("[0-9]{2}"));
              Column column =
                  Column.identifiers(RandomTables.identifiers("id", form.text()), words);
              FreshCoder coder = FreshCoder.of(column, null);
              Set<String> seen = new HashSet<>(words);
              for (long first : new long[] {0, 500_000, 5_000_000_000L, Long.MAX_VALUE - 200}) {
                DrawRequest.Rows rows = DrawRequest.Rows.range(first, 100);
                Column drawn = coder.column(new double[100], rows, words.size());
                for (int i = 0; i < 100; i++) {
                  assertTrue(seen.add(drawn.text(i)), drawn.text(i));
                }
              }
            });
  }

  @Test
  void aRowHasTheSameIdentifierInAnyBlock() {
    List<String> words = IntStream.range(0, 50).mapToObj(i -> String.format("C-%05d", i)).toList();
    Column column = Column.identifiers(RandomTables.identifiers("id", "C-[0-9]{5}"), words);
    FreshCoder coder = FreshCoder.of(column, null);
    Column all = coder.column(new double[30], DrawRequest.Rows.range(0, 30), 7);
    Column part = coder.column(new double[10], DrawRequest.Rows.range(20, 10), 7);
    assertEquals(all.rows(IntStream.range(20, 30).toArray()), part);
    Column other = coder.column(new double[30], DrawRequest.Rows.range(0, 30), 8);
    assertFalse(all.equals(other));
  }

  private static String people() {
    StringBuilder text = new StringBuilder("id,who,x\n");
    for (int i = 0; i < 40; i++) {
      text.append(String.format("P%04d,%s,%d.5%n", 37 * i, "n".repeat(i % 20 + 1) + i, i % 9));
    }
    return text.toString().replace("\r", "");
  }

  private static Table read(Reading how) throws IOException {
    byte[] bytes = people().getBytes(StandardCharsets.UTF_8);
    return TableFiles.read("t.csv", new ByteArrayInputStream(bytes), how);
  }

  @Test
  void theChoiceStandsInTheTypes() throws IOException {
    Table left = read(Reading.STANDARD);
    assertEquals("", left.column("id").field().pattern());
    assertEquals(List.of("x"), fields(left));
    Table anew = read(Reading.STANDARD.withIdentifiers(Identifiers.REGENERATED));
    assertEquals("P[0-9]{4}", anew.column("id").field().pattern());
    assertEquals(
        List.of("column 'who': identifiers without a form that half of them share, left out"),
        anew.notes());
    assertEquals(List.of("id", "x"), fields(anew));
    Schema schema = Schema.parse("s.json", "{\"columns\": {\"id\": {\"regenerate\": true}}}");
    assertEquals(
        "P[0-9]{4}", read(Reading.STANDARD.withSchema(schema)).column("id").field().pattern());
    Schema given =
        Schema.none().with("id", Schema.Rule.of(Kind.IDENTIFIER).withPattern("NEW-[a-z]{6}"));
    Table said = read(Reading.STANDARD.withSchema(given));
    Encoder encoder = Encoder.fit(said, EncoderOptions.STANDARD);
    Table drawn = encoder.decode(Samples.of(1, new double[] {0.5}));
    assertTrue(String.valueOf(drawn.column("id").text(0)).matches("NEW-[a-z]{6}"));
    assertEquals(
        "the column 'id' is an identifier, which the model did not learn",
        assertThrows(
                IllegalArgumentException.class,
                () -> encoder.observations(List.of(Condition.cell("id", "P0001"))))
            .getMessage());
  }

  private static List<String> fields(Table table) {
    List<String> names = new ArrayList<>();
    Encoder.fit(table, EncoderOptions.STANDARD).fields().forEach(field -> names.add(field.name()));
    return names;
  }
}
