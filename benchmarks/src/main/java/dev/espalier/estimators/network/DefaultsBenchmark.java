package dev.espalier.estimators.network;

import dev.espalier.api.FitRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.ScoreLoss;
import dev.espalier.api.Streams;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.Expressions;
import dev.espalier.tables.Csv;
import dev.espalier.tables.Encoder;
import dev.espalier.tables.EncoderOptions;
import dev.espalier.tables.Table;
import dev.espalier.testkit.Law;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Compares settings of the network over numbers of rows and columns, and on tables: the numbers
 * behind {@link Plan}.
 *
 * <p>Arguments: {@code ROWSxCOLUMNS} for mixtures of four normal laws with a common low-rank part,
 * or CSV files; then {@code --} and estimators to compare. For a law, prints the squared error of
 * the score times the noise variance, a column, averaged over log SNR from −6 to 6; 0 is perfect.
 * For a table, a fifth of the encoded rows is held out, and the number is their denoising loss over
 * that of {@code gaussian()}, averaged over the same levels. Seconds are of the processor.
 */
public final class DefaultsBenchmark {

  private DefaultsBenchmark() {}

  /** Prints a line for every estimator at every size. */
  public static void main(String[] args) {
    List<String> words = List.of(args);
    int end = words.indexOf("--");
    Expressions expressions = new Expressions(Catalogue.discover());
    for (String what : words.subList(0, end)) {
      for (String text : words.subList(end + 1, words.size())) {
        ScoreEstimator estimator = expressions.parse(ScoreEstimator.class, text);
        if (what.matches("[0-9]+x[0-9]+")) {
          law(what, text, estimator);
        } else {
          table(what, text, estimator, expressions.parse(ScoreEstimator.class, "gaussian()"));
        }
      }
    }
  }

  private static void law(String size, String text, ScoreEstimator estimator) {
    int rows = Integer.parseInt(size.substring(0, size.indexOf('x')));
    int columns = Integer.parseInt(size.substring(size.indexOf('x') + 1));
    Law law = clusters(columns);
    FitRequest request = FitRequest.of(law.rows(rows, 1));
    double begin = seconds();
    Score score = estimator.fit(request);
    print(size, error(score, law), seconds() - begin, score, text);
  }

  private static void table(
      String file, String text, ScoreEstimator estimator, ScoreEstimator base) {
    Table table = Csv.read(Path.of(file));
    Samples all = Encoder.fit(table, EncoderOptions.STANDARD).encode(table, 1);
    int[] order = Shuffle.order(all.count(), new Streams(1).stream("split", 0));
    List<Integer> whole = new ArrayList<>();
    for (int i : order) {
      if (!all.rows(i, i + 1).hasMissing()) {
        whole.add(i);
      }
    }
    int held = whole.size() / 5;
    int[] rows = whole.stream().mapToInt(Integer::intValue).toArray();
    Samples test = all.rows(Arrays.copyOf(rows, held));
    Samples train = all.rows(Arrays.copyOfRange(rows, held, rows.length));
    FitRequest request = FitRequest.of(train);
    double begin = seconds();
    Score score = estimator.fit(request);
    double took = seconds() - begin;
    Score guess = base.fit(request);
    double sum = 0;
    for (int logSnr = -6; logSnr <= 6; logSnr++) {
      sum += loss(score, logSnr, test) / loss(guess, logSnr, test) / 13;
    }
    String name = Path.of(file).getFileName() + " " + train.count() + "x" + train.columns();
    print(name, sum, took, score, text);
  }

  private static double loss(Score score, int logSnr, Samples rows) {
    double sum = 0;
    for (long seed = 1; seed <= 4; seed++) {
      for (double each : ScoreLoss.perRow(score, LevelSampling.level(logSnr), rows, seed)) {
        sum += each;
      }
    }
    return sum;
  }

  private static void print(String what, double error, double took, Score score, String text) {
    List<String> notes = score.notes();
    System.out.printf(
        Locale.ROOT,
        "%-24s %.4f  %6.1f s  %s  %s%n",
        what,
        error,
        took,
        text,
        notes.isEmpty() ? "" : notes.get(0));
  }

  private static double seconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() * 1e-9;
  }

  private static Law clusters(int d) {
    RandomGenerator random = new Streams(7).stream("clusters", d);
    int k = 4;
    double[] weights = new double[k];
    double[][] means = new double[k][d];
    double[][][] covariances = new double[k][d][d];
    for (int i = 0; i < k; i++) {
      weights[i] = 1.0 / k;
      double[][] factor = new double[d][2];
      for (int j = 0; j < d; j++) {
        means[i][j] = 1.2 * random.nextGaussian();
        factor[j][0] = 0.3 * random.nextGaussian();
        factor[j][1] = 0.3 * random.nextGaussian();
      }
      for (int j = 0; j < d; j++) {
        for (int l = 0; l < d; l++) {
          covariances[i][j][l] =
              factor[j][0] * factor[l][0] + factor[j][1] * factor[l][1] + (j == l ? 0.05 : 0);
        }
      }
    }
    return Law.mixture(weights, means, covariances);
  }

  private static double error(Score score, Law law) {
    double sum = 0;
    long count = 0;
    for (int logSnr = -6; logSnr <= 6; logSnr++) {
      NoiseLevel level = LevelSampling.level(logSnr);
      double[] x = law.rows(1000, 100 + logSnr).toArray();
      RandomGenerator random = new Streams(8).stream("noise", logSnr);
      for (int i = 0; i < x.length; i++) {
        x[i] = level.a() * x[i] + Math.sqrt(level.b()) * random.nextGaussian();
      }
      double[] found = new double[x.length];
      double[] expected = new double[x.length];
      score.score(level, x, found);
      law.score(level, x, expected);
      for (int i = 0; i < x.length; i++) {
        sum += level.b() * (found[i] - expected[i]) * (found[i] - expected[i]);
      }
      count += x.length;
    }
    return sum / count;
  }
}
