package dev.espalier.plugins.gmm;

import dev.espalier.api.DirectSampler;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Size;
import dev.espalier.api.Streams;
import dev.espalier.estimators.closedform.GaussianMixture;
import dev.espalier.tabular.Comparison;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * One mixture a class, against real rows by exact optimal transport; driven by {@code
 * benchmarks/gmm/classwise.py}.
 *
 * <p>Arguments: a folder with {@code NAME-SPLIT-train.csv} and {@code NAME-SPLIT-test.csv}, the
 * class index in the last column, and the names of the sets. Prints for every set the distance of
 * generated rows to training and to test rows, and that of the training rows to the test rows.
 */
public final class ClasswiseMixtures {

  private static final int SPLITS = 3;
  private static final int GENERATIONS = 5;

  /** Where the class of a generated row comes from. */
  private static final List<String> WAYS = List.of("classes of the rows", "classes drawn");

  private ClasswiseMixtures() {}

  /** Prints the table. */
  public static void main(String[] args) throws IOException {
    System.out.println("| set | W1 train | W1 test | train to test | components, covariance |");
    System.out.println("|---|---|---|---|---|");
    for (int i = 1; i < args.length; i++) {
      List<List<Double>> train = List.of(new ArrayList<>(), new ArrayList<>());
      List<List<Double>> test = List.of(new ArrayList<>(), new ArrayList<>());
      List<Double> oracle = new ArrayList<>();
      List<String> choices = new ArrayList<>();
      for (int split = 0; split < SPLITS; split++) {
        String stem = args[i] + "-" + split;
        double[][] seen = Comparison.read(Path.of(args[0], stem + "-train.csv"));
        double[][] held = Comparison.read(Path.of(args[0], stem + "-test.csv"));
        Comparison comparison = Comparison.by(seen);
        List<Score> scores = fit(seen, comparison.classes(), split, choices);
        oracle.add(comparison.distance(seen, held));
        for (int g = 0; g < GENERATIONS; g++) {
          Streams streams = new Streams(new Streams(split).seed("generation", g));
          for (int way = 0; way < WAYS.size(); way++) {
            int[] labels = labels(seen, way, streams);
            double[][] drawn = draw(comparison, labels, scores, streams);
            train.get(way).add(comparison.distance(drawn, seen));
            test.get(way).add(comparison.distance(drawn, held));
          }
        }
      }
      for (int way = 0; way < WAYS.size(); way++) {
        System.out.printf(
            Locale.ROOT,
            "| %s, %s | %s | %s | %s | %s |%n",
            args[i],
            WAYS.get(way),
            text(train.get(way)),
            text(test.get(way)),
            text(oracle),
            String.join("; ", choices));
      }
    }
  }

  private static List<Score> fit(double[][] rows, int classes, int seed, List<String> choices) {
    List<Score> scores = new ArrayList<>();
    StringBuilder chosen = new StringBuilder();
    for (int label = 0; label < classes; label++) {
      int wanted = label;
      double[][] own =
          List.of(rows).stream()
              .filter(row -> (int) row[row.length - 1] == wanted)
              .map(row -> Arrays.copyOf(row, row.length - 1))
              .toArray(double[][]::new);
      Gmm gmm = Gmm.components(Size.between(1, 4));
      GaussianMixture mixture =
          (GaussianMixture) gmm.fit(FitRequest.of(Samples.of(own)).withSeed(seed));
      scores.add(mixture);
      String note = mixture.notes().get(0);
      chosen.append(label == 0 ? "" : " ");
      chosen.append(mixture.components().size());
      chosen.append(note.contains(" full cov") ? "f" : note.contains(" tied cov") ? "t" : "d");
    }
    choices.add(chosen.toString());
    return scores;
  }

  /** The classes of the training rows themselves, or of as many rows drawn from them. */
  private static int[] labels(double[][] rows, int way, Streams streams) {
    int[] labels = new int[rows.length];
    RandomGenerator random = streams.stream("labels", 0);
    for (int i = 0; i < labels.length; i++) {
      double[] row = rows[way == 0 ? i : random.nextInt(rows.length)];
      labels[i] = (int) row[row.length - 1];
    }
    return labels;
  }

  /** A row of every class given, clipped to the range of the columns. */
  private static double[][] draw(
      Comparison comparison, int[] labels, List<Score> scores, Streams streams) {
    double[][] drawn = new double[labels.length][];
    for (int i = 0; i < labels.length; i++) {
      int columns = scores.get(labels[i]).columns();
      double[] row = new double[columns];
      RandomGenerator random = streams.stream("row", i);
      scores.get(labels[i]).ability(DirectSampler.class).orElseThrow().draw(random, row);
      drawn[i] = Arrays.copyOf(row, columns + 1);
      drawn[i][columns] = labels[i];
      for (int j = 0; j < columns; j++) {
        double[] range = comparison.range(j);
        drawn[i][j] = Math.min(range[1], Math.max(range[0], row[j]));
      }
    }
    return drawn;
  }

  private static String text(List<Double> values) {
    double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
    double square = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    double deviation = Math.sqrt(square / (values.size() - 1));
    return String.format(Locale.ROOT, "%.3f ± %.3f", mean, deviation);
  }
}
