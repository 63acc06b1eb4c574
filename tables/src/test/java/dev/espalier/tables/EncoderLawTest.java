package dev.espalier.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.Labels;
import dev.espalier.api.Samples;
import dev.espalier.testkit.Cases;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class EncoderLawTest {

  /** A table, how to encode it, and a seed. */
  private record Case(Table table, EncoderOptions options, long seed) {
    static Case of(RandomGenerator random) {
      Table table = RandomTables.table(random);
      while (table.count() < 2) {
        table = RandomTables.table(random);
      }
      List<String> labels = new ArrayList<>();
      for (Column column : table.columns()) {
        if (column.kind().isCategory() && random.nextInt(3) == 0) {
          labels.add(column.name());
        }
      }
      EncoderOptions options =
          EncoderOptions.STANDARD
              .withLabels(labels)
              .withNumbers(EncoderOptions.Numbers.values()[random.nextInt(2)])
              .withLimits(EncoderOptions.Limits.values()[random.nextInt(2)]);
      return new Case(table, options, random.nextLong());
    }
  }

  private static void assertSame(Table expected, Table actual) {
    List<Column> kept =
        expected.columns().stream()
            .filter(each -> each.kind() != Kind.IDENTIFIER || !each.field().pattern().isEmpty())
            .toList();
    assertEquals(kept.stream().map(Column::field).toList(), fields(actual));
    for (int j = 0; j < kept.size(); j++) {
      Column want = kept.get(j);
      Column got = actual.columns().get(j);
      if (want.kind() == Kind.IDENTIFIER) {
        assertFresh(want, got);
        continue;
      }
      if (!want.field().pattern().equals("any")) {
        assertEquals(want, got);
        continue;
      }
      double least = Double.POSITIVE_INFINITY;
      double greatest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < want.count(); i++) {
        least = want.missing(i) ? least : Math.min(least, want.number(i));
        greatest = want.missing(i) ? greatest : Math.max(greatest, want.number(i));
      }
      for (int i = 0; i < want.count(); i++) {
        assertEquals(want.missing(i), got.missing(i));
        assertTrue(
            want.missing(i)
                || Math.abs(want.number(i) - got.number(i)) <= 1e-12 * (greatest - least),
            () -> want + " against " + got);
      }
    }
  }

  /** Identifiers come back as others of the same form, each once, where there were some. */
  private static void assertFresh(Column want, Column got) {
    IdentifierForm form = IdentifierForm.parse(want.field().pattern());
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < want.count(); i++) {
      seen.add(String.valueOf(want.text(i)));
    }
    for (int i = 0; i < want.count(); i++) {
      assertEquals(want.missing(i), got.missing(i));
      String word = String.valueOf(got.text(i));
      assertTrue(got.missing(i) || seen.add(word) && form.number(word).isPresent(), word);
    }
  }

  private static List<Field> fields(Table table) {
    return table.columns().stream().map(Column::field).toList();
  }

  @Test
  void decodingUndoesEncoding(TestInfo test) {
    Cases.of(test, Case::of)
        .count(3000)
        .check(
            each -> {
              Encoder encoder = Encoder.fit(each.table, each.options);
              Samples rows = encoder.encode(each.table, each.seed);
              assertEquals(encoder.columns(), encoder.names().size());
              assertSame(each.table, encoder.decode(rows));
            });
  }

  /** Draws of independent normal numbers, far too wide now and then, with labels. */
  private static Samples noise(Case each, Encoder encoder, RandomGenerator random, int n) {
    double[] values = new double[n * encoder.columns()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian() * (random.nextInt(9) == 0 ? 1e3 : 1);
    }
    Samples rows = encoder.encode(each.table, 0);
    List<Labels> labels = new ArrayList<>();
    for (Labels label : rows.labels()) {
      int[] codes = new int[n];
      for (int i = 0; i < n; i++) {
        codes[i] = random.nextInt(label.categories().size());
      }
      labels.add(Labels.of(label.name(), label.categories(), codes));
    }
    return Samples.of(encoder.columns(), values).withLabels(labels);
  }

  @Test
  void anyRowsDecodeToCellsOfTheirKindsAndRanges(TestInfo test) {
    Cases.of(test, Case::of)
        .count(1000)
        .check(
            each -> {
              Encoder encoder = Encoder.fit(each.table, each.options);
              RandomGenerator random = new dev.espalier.api.Streams(each.seed).stream("noise", 0);
              Table drawn = encoder.decode(noise(each, encoder, random, 40));
              for (Column column : drawn.columns()) {
                checkCells(each, each.table.column(column.name()), column);
              }
              String text = Csv.print(drawn);
              Table read = Csv.parse("drawn.csv", text, CsvFormat.STANDARD, Schema.of(drawn));
              assertEquals(drawn, read);
            });
  }

  private static void checkCells(Case each, Column data, Column drawn) {
    assertEquals(data.field(), drawn.field());
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < data.count() && data.kind().isNumber(); i++) {
      least = data.missing(i) ? least : Math.min(least, data.number(i));
      greatest = data.missing(i) ? greatest : Math.max(greatest, data.number(i));
    }
    boolean bound = each.options.limits() == EncoderOptions.Limits.OBSERVED;
    for (int i = 0; i < drawn.count(); i++) {
      assertTrue(data.missing() > 0 || !drawn.missing(i), "a blank in a full column " + data);
      if (data.kind().isNumber() && !drawn.missing(i)) {
        double value = drawn.number(i);
        assertTrue(Double.isFinite(value));
        assertTrue(!bound || value >= least && value <= greatest, () -> value + " in " + data);
        assertEquals(value, drawn.field().notation().snap(value));
      }
    }
  }

  @Test
  void anEncoderIsItsJson(TestInfo test) {
    Cases.of(test, Case::of)
        .count(500)
        .check(
            each -> {
              Encoder fitted = Encoder.fit(each.table, each.options);
              RandomGenerator random = new dev.espalier.api.Streams(each.seed).stream("noise", 0);
              Samples noise = noise(each, fitted, random, 30);
              Encoder encoder = fitted.calibrated(noise);
              Encoder read = Encoder.fromJson("model", encoder.toJson());
              assertEquals(encoder.toJson(), read.toJson());
              assertEquals(encoder.names(), read.names());
              assertEquals(encoder.labels(), read.labels());
              assertEquals(
                  encoder.encode(each.table, each.seed), read.encode(each.table, each.seed));
              assertEquals(encoder.decode(noise), read.decode(noise));
              assertSame(each.table, encoder.decode(encoder.encode(each.table, each.seed)));
            });
  }

  @Test
  void rowsAreEncodedAndDecodedOneByOne(TestInfo test) {
    Cases.of(test, Case::of)
        .count(200)
        .check(
            each -> {
              Encoder encoder = Encoder.fit(each.table, each.options);
              Samples all = encoder.encode(each.table, each.seed);
              Samples first = encoder.encode(each.table.rows(0, 1), each.seed);
              assertEquals(all.rows(0, 1), first);
              Table decoded = encoder.decode(all);
              int last = each.table.count() - 1;
              assertEquals(
                  decoded.rows(last, last + 1),
                  encoder.decode(all.rows(last, last + 1), DrawRequest.Rows.range(last, 1), 0));
            });
  }
}
