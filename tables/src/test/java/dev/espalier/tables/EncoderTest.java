package dev.espalier.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.testkit.Cases;
import dev.espalier.testkit.Statistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class EncoderTest {

  private static final EncoderOptions SCORES =
      EncoderOptions.STANDARD.withNumbers(EncoderOptions.Numbers.NORMAL_SCORES);

  private static Table numbers(Kind kind, String pattern, double... values) {
    return Table.of(List.of(Column.numbers(Field.number("x", kind, pattern), values)));
  }

  private static double[] drawn(int n, java.util.function.ToDoubleFunction<RandomGenerator> law) {
    RandomGenerator random = new Streams(17).stream("encoder test", n);
    return IntStream.range(0, n).mapToDouble(i -> law.applyAsDouble(random)).toArray();
  }

  @Test
  void quantilesInvertTheNormalDistribution() {
    for (double p : new double[] {1e-300, 1e-20, 1e-9, 1e-4, 0.02, 0.3, 0.5, 0.7, 0.999}) {
      double z = Normal.quantile(p);
      if (p > 1e-10) {
        assertEquals(-z, Normal.quantile(1 - p), 1e-6);
        assertEquals(p, below(z), 1e-13);
      }
    }
    assertEquals(1.9599639845400545, Normal.quantile(0.975), 1e-15);
    assertEquals(-6.361340902404056, Normal.quantile(1e-10), 1e-14);
    assertEquals(-37.0471, Normal.quantile(1e-300), 1e-4);
  }

  /** The normal distribution function by Simpson's rule. */
  private static double below(double z) {
    int steps = 20_000;
    double h = (z + 12) / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double x = -12 + i * h;
      sum += (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.exp(-x * x / 2);
    }
    return sum * h / 3 / Math.sqrt(2 * Math.PI);
  }

  @Test
  void standardisedNumbersHaveMeanZeroAndVarianceOne() {
    double[] values = drawn(1000, random -> 1e9 + 1e-3 * random.nextGaussian());
    Table table = numbers(Kind.CONTINUOUS, "any", values);
    double[] z = Encoder.fit(table, EncoderOptions.STANDARD).encode(table, 1).column(0);
    double mean = Arrays.stream(z).sum() / 1000;
    double squares = Arrays.stream(z).map(each -> each * each).sum() / 1000;
    assertEquals(0, mean, 1e-12);
    assertEquals(1, squares, 1e-12);
  }

  @Test
  void normalScoresAreNormalEvenWithHeavyTies() {
    double[] values = drawn(4000, random -> Math.max(0, 50 * random.nextGaussian()));
    Table table = numbers(Kind.INTEGER, "0", values);
    double[] z = Encoder.fit(table, SCORES).encode(table, 1).column(0);
    Arrays.sort(z);
    // Kolmogorov-Smirnov of 4000 scores against the normal law, alpha 1e-6: 2.69/sqrt(n). Half of
    // the values are 0; scores without their spread would be half a probability away.
    double greatest = 0;
    for (int i = 0; i < z.length; i += 7) {
      greatest = Math.max(greatest, Math.abs((i + 0.5) / z.length - below(z[i])));
    }
    assertTrue(greatest < 2.69 / Math.sqrt(4000), "distance " + greatest);
    double[] tied = z.clone();
    Arrays.fill(tied, 0, 2000, tied[1000]);
    assertTrue(Math.abs(0.5 / 4000 - below(tied[0])) > 2.69 / Math.sqrt(4000));
  }

  @Test
  void aPileOfEqualNumbersKeepsItsShare() {
    double[] values = drawn(3000, random -> Math.max(0, random.nextGaussian() - 0.5) + 1e-9);
    Table table = numbers(Kind.CONTINUOUS, "0.##", values);
    Encoder encoder = Encoder.fit(table, SCORES);
    Samples normal = Samples.of(1, drawn(20_000, RandomGenerator::nextGaussian));
    double share = zeros(table);
    double got = zeros(encoder.decode(normal));
    // Binomial share of the pile at 0 among 20,000 draws, alpha 1e-6: 4.89 standard errors. A
    // decoder that loses one row in twenty of the pile is told apart.
    double error = 4.89 * Math.sqrt(share * (1 - share) / 20_000);
    assertEquals(share, got, error + 1.0 / 3000);
    assertTrue(Math.abs(0.95 * share - got) > error);
  }

  private static double zeros(Table table) {
    return IntStream.range(0, table.count())
            .filter(i -> table.columns().get(0).number(i) == 0)
            .count()
        / (double) table.count();
  }

  @Test
  void drawsBeyondTheRangeDoNotPileUpAtItsEnds() {
    double[] values = drawn(500, random -> random.nextDouble());
    Table table = numbers(Kind.CONTINUOUS, "any", values);
    Encoder encoder = Encoder.fit(table, EncoderOptions.STANDARD);
    Table decoded = encoder.decode(Samples.of(1, drawn(5000, random -> 2 * random.nextGaussian())));
    double least = Arrays.stream(values).min().getAsDouble();
    double greatest = Arrays.stream(values).max().getAsDouble();
    Column column = decoded.columns().get(0);
    long ends =
        IntStream.range(0, 5000)
            .filter(i -> column.number(i) == least || column.number(i) == greatest)
            .count();
    assertTrue(ends < 50, ends + " of 5000 at the ends");
    Encoder free =
        Encoder.fit(table, EncoderOptions.STANDARD.withLimits(EncoderOptions.Limits.FREE));
    Column wide =
        free.decode(Samples.of(1, drawn(5000, random -> 2 * random.nextGaussian())))
            .columns()
            .get(0);
    assertTrue(IntStream.range(0, 5000).anyMatch(i -> wide.number(i) > greatest + 0.5));
  }

  @Test
  void aRangeThatASchemaDeclaresBindsEvenFreeNumbers() {
    Field field = Field.number("x", Kind.CONTINUOUS, "any").withRange(0, Double.POSITIVE_INFINITY);
    for (EncoderOptions options :
        List.of(
            EncoderOptions.STANDARD.withLimits(EncoderOptions.Limits.FREE),
            SCORES.withLimits(EncoderOptions.Limits.FREE))) {
      Table table = Table.of(List.of(Column.numbers(field, new double[] {0.5, 1, 2, 4})));
      Column column =
          Encoder.fit(table, options)
              .decode(Samples.of(1, drawn(1000, random -> 5 * random.nextGaussian())))
              .columns()
              .get(0);
      assertTrue(IntStream.range(0, 1000).allMatch(i -> column.number(i) >= 0));
      assertTrue(IntStream.range(0, 1000).anyMatch(i -> column.number(i) > 4));
    }
  }

  @Test
  void calibrationGivesTheSharesOfTheData() {
    int n = 600;
    int[] codes = IntStream.range(0, n).map(i -> i % 20 < 11 ? 0 : i % 20 < 17 ? 1 : 2).toArray();
    for (int i = 0; i < n; i += 30) {
      codes[i] = -1;
    }
    Table table =
        Table.of(
            List.of(
                Column.codes(Field.words("c", Kind.CATEGORICAL, List.of("x", "y", "z")), codes)));
    Encoder encoder = Encoder.fit(table, EncoderOptions.STANDARD);
    Samples rows = encoder.encode(table, 3);
    int d = encoder.columns();
    double[] mean = new double[d];
    double[] sd = new double[d];
    for (int j = 0; j < d; j++) {
      double[] lane = rows.column(j);
      double centre = Arrays.stream(lane).sum() / n;
      mean[j] = centre;
      sd[j] = Math.sqrt(Arrays.stream(lane).map(v -> (v - centre) * (v - centre)).sum() / n);
    }
    RandomGenerator random = new Streams(4).stream("calibration", 0);
    double[] values = new double[d * 20_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = mean[i % d] + sd[i % d] * random.nextGaussian();
    }
    Samples draws = Samples.of(d, values);
    Encoder calibrated = encoder.calibrated(draws);
    assertEquals(table, calibrated.decode(rows));
    assertEquals(0, error(table, calibrated.decode(draws)), 0.01);
    double before = error(table, encoder.decode(draws));
    assertTrue(before > 0.03, "before " + before);
  }

  @Test
  void orderedCategoriesAreOneNumberInTheirOrder() {
    Field field = Field.words("size", Kind.ORDERED, List.of("S", "M", "L", "XL"));
    int[] codes = IntStream.range(0, 1000).map(i -> i % 10 < 5 ? 1 : i % 10 < 8 ? 2 : 0).toArray();
    for (int i = 0; i < 1000; i += 25) {
      codes[i] = -1;
    }
    Table table = Table.of(List.of(Column.codes(field, codes)));
    Encoder encoder = Encoder.fit(table, EncoderOptions.STANDARD);
    assertEquals(List.of("size", "size missing"), encoder.names());
    Samples rows = encoder.encode(table, 5);
    double[] greatest = new double[4];
    double[] least = new double[4];
    Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] >= 0) {
        greatest[codes[i]] = Math.max(greatest[codes[i]], rows.get(i, 0));
        least[codes[i]] = Math.min(least[codes[i]], rows.get(i, 0));
      }
    }
    assertTrue(greatest[0] < least[1] && greatest[1] < least[2]);
    double[] drawn = drawn(40_000, random -> 0.06 + random.nextGaussian());
    for (int i = 1; i < drawn.length; i += 2) {
      drawn[i] = 0.0;
    }
    Encoder calibrated = encoder.calibrated(Samples.of(2, drawn));
    assertEquals(table, calibrated.decode(rows));
    Table raw = encoder.decode(Samples.of(2, drawn));
    Table moved = calibrated.decode(Samples.of(2, drawn));
    double before = away(table, raw);
    double after = away(table, moved);
    assertTrue(before > 0.03 && after < 0.005, before + " before, " + after + " after");
  }

  /** The sum of the differences of the shares of three codes among the cells that are there. */
  private static double away(Table one, Table other) {
    double sum = 0;
    for (int code = 0; code < 3; code++) {
      double there = one.count() - one.columns().get(0).missing();
      sum += Math.abs(codesOf(one, code) / there - codesOf(other, code) / (double) other.count());
    }
    return sum;
  }

  private static long codesOf(Table table, int code) {
    Column column = table.columns().get(0);
    return IntStream.range(0, table.count()).filter(i -> column.code(i) == code).count();
  }

  @Test
  void rareCategoriesShareAFlagAndComeAsOftenAsInTheData() {
    List<String> words = IntStream.range(0, 120).mapToObj(k -> "w" + k).toList();
    int[] codes = new int[6000];
    double[] spread = drawn(codes.length, RandomGenerator::nextDouble);
    for (int i = 0; i < codes.length; i++) {
      codes[i] = i % 60 == 0 ? -1 : (int) (120 * StrictMath.pow(spread[i], 3));
    }
    Table table = Table.of(List.of(Column.codes(Field.words("c", Kind.CATEGORICAL, words), codes)));
    Encoder encoder = Encoder.fit(table, EncoderOptions.STANDARD);
    assertTrue(encoder.columns() <= Encoder.MOST_FLAGS + 2, "" + encoder.columns());
    assertTrue(encoder.names().contains("c=other"), "" + encoder.names());
    Samples rows = encoder.encode(table, 2);
    assertEquals(table, encoder.decode(rows));
    // Rows whose flags say other and whose number is a fresh normal one. Hypothesis: they are each
    // rare word as often as the data; chi-square, 20,000 draws, alpha 1e-6. The twin has the words
    // in equal shares.
    int other = encoder.names().indexOf("c=other");
    int d = encoder.columns();
    double[] values = new double[20_000 * d];
    double[] normal = drawn(20_000, RandomGenerator::nextGaussian);
    for (int i = 0; i < 20_000; i++) {
      values[i * d + other] = 1;
      values[i * d + d - 1] = normal[i];
    }
    Table drawn = encoder.decode(Samples.of(d, values));
    long[] got = counts(drawn, 20_000);
    long[] data = counts(table, codes.length);
    int[] rare = IntStream.range(0, 120).filter(k -> got[k] > 0).toArray();
    double all = Arrays.stream(rare).mapToLong(k -> data[k]).sum();
    long[] seen = Arrays.stream(rare).mapToLong(k -> got[k]).toArray();
    double[] shares = Arrays.stream(rare).mapToDouble(k -> data[k] / all).toArray();
    double[] equal = new double[rare.length];
    Arrays.fill(equal, 1.0 / rare.length);
    assertTrue(rare.length > 60, rare.length + " rare words");
    assertFalse(Statistics.frequencies("rare", seen, shares).rejects(1e-6));
    assertTrue(Statistics.frequencies("rare", seen, equal).rejects(1e-6));
  }

  private static long[] counts(Table table, int n) {
    long[] counts = new long[120];
    for (int i = 0; i < n; i++) {
      int code = table.columns().get(0).code(i);
      if (code >= 0) {
        counts[code]++;
      }
    }
    return counts;
  }

  @Test
  void aNewerFormatIsRefusedWithItsNumber() {
    Table table =
        Table.of(
            List.of(
                Column.numbers(
                    Field.number("at", Kind.TIME, "HH:mm"), new double[] {60, 120, 180})));
    String json = Encoder.fit(table, EncoderOptions.STANDARD).toJson();
    assertTrue(json.startsWith("{\"format\":2,"), json);
    assertEquals(json, Encoder.fromJson("m", json).toJson());
    assertEquals(
        "m, 'format': need a format of tables from 1 to 2, which this version of Espalier reads,"
            + " got 3",
        assertThrows(
                InvalidDataException.class,
                () -> Encoder.fromJson("m", json.replace("\"format\":2", "\"format\":3")))
            .getMessage());
    String old = Encoder.fit(numbers(Kind.INTEGER, "0", 1, 2, 5), EncoderOptions.STANDARD).toJson();
    assertFalse(old.contains("format"), old);
  }

  /** The sum of the differences of shares, missing cells being a category. */
  private static double error(Table data, Table drawn) {
    double sum = 0;
    for (int code = -1; code < 3; code++) {
      int c = code;
      double[] shares =
          List.of(data, drawn).stream()
              .mapToDouble(
                  table ->
                      IntStream.range(0, table.count())
                              .filter(i -> table.columns().get(0).code(i) == c)
                              .count()
                          / (double) table.count())
              .toArray();
      sum += Math.abs(shares[0] - shares[1]);
    }
    return sum;
  }

  @Test
  void wrongRowsAreRefused() {
    Table table =
        Csv.parse("t.csv", "x,c\n1.5,a\n2.5,b\n0.5,a\n", CsvFormat.STANDARD, Schema.none());
    Encoder encoder = Encoder.fit(table, EncoderOptions.STANDARD.withLabels(List.of("c")));
    List<String> messages = new ArrayList<>();
    for (Samples rows :
        List.of(
            Samples.of(2, new double[2]),
            Samples.of(1, new double[1]),
            encoder.encode(table.rows(0, 1), 0).rows(0, 0))) {
      try {
        messages.add(encoder.decode(rows).toString());
      } catch (IllegalArgumentException e) {
        messages.add(e.getMessage());
      }
    }
    assertEquals(
        List.of(
            "need rows of 1 numbers to decode, got 2",
            "need the label 'c' beside the rows, got Samples[1 rows, 1 columns]. Stratify by it, or"
                + " do not make it a label",
            "Table[0 rows, [x, c]]"),
        messages);
    assertEquals(
        "need complete rows to decode, got a missing number for 'x' in row 0",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    encoder.decode(
                        Samples.of(1, new double[] {Double.NaN})
                            .withLabels(encoder.encode(table.rows(0, 1), 0).labels())))
            .getMessage());
    assertEquals(
        "need a categorical or boolean column as label, got 'x', which is continuous",
        assertThrows(
                IllegalArgumentException.class,
                () -> Encoder.fit(table, EncoderOptions.STANDARD.withLabels(List.of("x"))))
            .getMessage());
  }

  @Test
  void damagedEncodersAreInvalidData(TestInfo test) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      RandomGenerator random = new Streams(i).stream("damage", 0);
      Table table = RandomTables.table(random);
      if (table.count() > 1) {
        texts.add(Encoder.fit(table, i % 2 == 0 ? SCORES : EncoderOptions.STANDARD).toJson());
      }
    }
    int[] refused = new int[1];
    Cases.of(test, random -> damaged(texts.get(random.nextInt(texts.size())), random))
        .edges("", "{}", "[]", "null", "{\"missing\":\"\",\"identifiers\":[],\"columns\":[]}")
        .count(3000)
        .check(
            text -> {
              try {
                Encoder encoder = Encoder.fromJson("model", text);
                encoder.fields();
              } catch (InvalidDataException e) {
                refused[0]++;
              }
            });
    assertTrue(refused[0] > 2000, "refused " + refused[0]);
  }

  private static String damaged(String text, RandomGenerator random) {
    int at = random.nextInt(text.length());
    int end = Math.min(text.length(), at + random.nextInt(20));
    String[] put = {"", "\"", "{", "]", "-1", "1e999", "null", "true", ",", "[1,2]", "0.5"};
    return text.substring(0, at) + put[random.nextInt(put.length)] + text.substring(end);
  }
}
