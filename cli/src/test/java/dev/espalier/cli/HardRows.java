package dev.espalier.cli;

import dev.espalier.api.Labels;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.random.RandomGenerator;

/** Rows at the edges of what numbers and samples can be, each with a label {@code k}. */
final class HardRows {

  private static final int N = 48;
  private static final int D = 4;

  private HardRows() {}

  /** All of them by what is hard about them. */
  static Map<String, Samples> all() {
    Map<String, Samples> all = new LinkedHashMap<>();
    all.putAll(scaled());
    all.putAll(degenerate());
    all.putAll(few());
    all.putAll(extreme());
    all.putAll(missing());
    return all;
  }

  /** Ordinary rows in units of every size, which change nothing about them. */
  static Map<String, Samples> scaled() {
    Map<String, Samples> all = new LinkedHashMap<>();
    for (double scale : new double[] {1e-12, 1e-6, 1, 1e6, 1e12}) {
      all.put("rows times " + scale, each(plain(), (value, j) -> scale * value));
    }
    double[] scales = {1e-12, 1, 1e12, 1e-6};
    all.put("columns of all scales", each(plain(), (value, j) -> scales[(int) j] * value));
    all.put("far from zero", each(plain(), (value, j) -> 1e8 + value));
    all.put("far from zero, close together", each(plain(), (value, j) -> 1e6 + 1e-8 * value));
    return all;
  }

  /** Rows whose covariance is singular, or nearly. */
  static Map<String, Samples> degenerate() {
    Samples plain = plain();
    Map<String, Samples> all = new LinkedHashMap<>();
    all.put("equal columns", plain.columns(new int[] {0, 0, 1, 1}));
    for (double noise : new double[] {1e-6, 1e-10, 1e-15}) {
      all.put("nearly equal columns, " + noise, nearlyEqual(noise));
    }
    all.put("a constant column", each(plain, (value, j) -> j == 1 ? 3 : value));
    all.put("a column of zeros", each(plain, (value, j) -> j == 1 ? 0 : value));
    all.put("a column of 1e12", each(plain, (value, j) -> j == 1 ? 1e12 : value));
    all.put("nothing but constants", each(plain, (value, j) -> j));
    int[] two = new int[N];
    for (int i = 0; i < N; i++) {
      two[i] = i % 2;
    }
    all.put("two rows, often", plain.rows(two));
    all.put("the first half twice", concatenated(plain.rows(0, N / 2), plain.rows(0, N / 2)));
    all.put("two values a column", each(plain, (value, j) -> value > 0 ? 1 : 0));
    return all;
  }

  /** Fewer rows than an estimator would like. */
  static Map<String, Samples> few() {
    Samples plain = plain();
    Map<String, Samples> all = new LinkedHashMap<>();
    for (int n : new int[] {1, 2, 3}) {
      all.put("rows: " + n, plain.rows(0, n));
    }
    all.put("more columns than rows", normal(6, 20));
    List<String> names = List.of("a", "b", "c", "d", "e", "f");
    all.put(
        "one row a category",
        normal(6, D).withLabels(List.of(Labels.of("k", names, new int[] {0, 1, 2, 3, 4, 5}))));
    return all;
  }

  /** Rows that double precision can just hold. */
  static Map<String, Samples> extreme() {
    Samples plain = plain();
    Map<String, Samples> all = new LinkedHashMap<>();
    for (double scale : new double[] {1e-300, 1e-160, 1e100, 1e160, 1e300}) {
      all.put("rows times " + scale, each(plain, (value, j) -> scale * value));
    }
    double[] edges = {
      Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, Double.MIN_NORMAL, 0, -0.0, 1, -1
    };
    double[] values = new double[N * D];
    RandomGenerator random = new Streams(3).stream("edges", 0);
    for (int i = 0; i < values.length; i++) {
      values[i] = edges[random.nextInt(edges.length)];
    }
    all.put("the ends of the number line", labelled(Samples.of(D, values)));
    double[] outlier = plain.toArray();
    outlier[D] = 1e12;
    all.put("an outlier of 1e12", labelled(Samples.of(D, outlier)));
    outlier[D] = 1e200;
    all.put("an outlier of 1e200", labelled(Samples.of(D, outlier)));
    return all;
  }

  /** Rows with cells that are not there. */
  static Map<String, Samples> missing() {
    Samples plain = plain();
    Map<String, Samples> all = new LinkedHashMap<>();
    double[] third = plain.toArray();
    for (int i = 0; i < third.length; i += 3) {
      third[i] = Double.NaN;
    }
    all.put("every third cell missing", labelled(Samples.of(D, third)));
    all.put("a column missing", each(plain, (value, j) -> j == 1 ? Double.NaN : value));
    all.put("everything missing", each(plain, (value, j) -> Double.NaN));
    double[] row = plain.toArray();
    for (int j = 0; j < D; j++) {
      row[j] = Double.NaN;
    }
    all.put("a row missing", labelled(Samples.of(D, row)));
    double[] one = each(plain, (value, j) -> j == 1 ? Double.NaN : value).toArray();
    one[1] = 5;
    all.put("one cell of a column there", labelled(Samples.of(D, one)));
    return all;
  }

  private static Samples plain() {
    return normal(N, D);
  }

  /** Correlated normal rows in two clumps. */
  private static Samples normal(int n, int d) {
    RandomGenerator random = new Streams(1).stream("hard rows", d);
    double[] values = new double[n * d];
    for (int i = 0; i < n; i++) {
      double common = random.nextGaussian() + (i % 2 == 0 ? 3 : 0);
      for (int j = 0; j < d; j++) {
        values[i * d + j] = 0.7 * common + random.nextGaussian();
      }
    }
    return labelled(Samples.of(d, values));
  }

  private static Samples nearlyEqual(double noise) {
    double[] random = normal(N, D + 1).column(D);
    double[] values = plain().toArray();
    for (int i = 0; i < N; i++) {
      values[i * D + 1] = values[i * D] + noise * random[i];
    }
    return labelled(Samples.of(D, values));
  }

  private static Samples concatenated(Samples first, Samples second) {
    return Samples.concatenate(List.of(first, second));
  }

  private static Samples labelled(Samples rows) {
    int[] codes = new int[rows.count()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = i % 3 % 2;
    }
    return rows.withLabels(List.of(Labels.of("k", List.of("a", "b"), codes)));
  }

  /** The rows with a function of value and column in place of every value. */
  private static Samples each(Samples rows, DoubleBinaryOperator change) {
    double[] values = rows.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = change.applyAsDouble(values[i], i % rows.columns());
    }
    return Samples.of(rows.columns(), values).withLabels(rows.labels());
  }
}
