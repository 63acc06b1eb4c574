package dev.espalier.evaluation;

import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Train on synthetic, test on real: what a classifier that was fitted to drawn rows is worth on
 * real ones.
 *
 * <p>The target is a column of words, or a column of numbers cut at the median of the real rows.
 * The other columns are the features: numbers scaled by the rows that are fitted, a missing one 0
 * with a flag; words as flags, at most 20 a column. More than two words are told apart one against
 * the rest. Rows whose target is missing are left out.
 */
public final class Utility {

  private static final int MOST = 20;
  private static final int RESAMPLES = 200;

  private Utility() {}

  /**
   * The macro-averaged F1 score on the test rows: the mean over the target's words there of
   * 2·right/(told + true), from 0 to 1.
   *
   * <p>Its standard error is by the bootstrap over the test rows, 200 times as many of each word as
   * there are; the classifier is not fitted again.
   *
   * @param fitted drawn rows, or training rows for the reference
   * @param test real rows
   * @param target the name of a column
   * @throws IllegalArgumentException if the columns differ or there is no such column
   * @throws dev.espalier.api.CancelledException if {@code progress} was cancelled
   */
  public static Estimate f1(
      Cells fitted, Cells test, String target, Learner learner, long seed, Progress progress) {
    Cells.requirePair(fitted, test);
    int column = test.index(target);
    Cells learned = fitted.rows(withTarget(fitted, column));
    Cells asked = test.rows(withTarget(test, column));
    if (asked.count() == 0 || learned.count() == 0) {
      return new Estimate(0, 0);
    }
    double cut = test.hasWords(column) ? 0 : median(asked.numbers(column));
    List<String> known = new ArrayList<>();
    int[] truth = classes(asked, column, cut, known);
    int inTest = known.size();
    int[] classes = classes(learned, column, cut, known);
    Features features = Features.of(learned, column);
    Samples rows = features.apply(learned);
    Samples questions = features.apply(asked);
    double[][] chances = new double[known.size()][];
    for (int c = 0; c < known.size(); c++) {
      chances[c] = chances(rows, classes, c, questions, learner, seed + c, progress);
      if (known.size() == 2) {
        chances[1] = new double[truth.length];
        for (int i = 0; i < truth.length; i++) {
          chances[1][i] = 1 - chances[0][i];
        }
        break;
      }
    }
    int[] told = new int[truth.length];
    for (int i = 0; i < truth.length; i++) {
      for (int c = 1; c < chances.length; c++) {
        told[i] = chances[c][i] > chances[told[i]][i] ? c : told[i];
      }
    }
    return new Estimate(macroF1(truth, told, inTest), error(truth, told, inTest, seed));
  }

  /** The deviation of the score over resamples of the rows of each class. */
  private static double error(int[] truth, int[] told, int classes, long seed) {
    int[][] places = new int[classes][];
    for (int c = 0; c < classes; c++) {
      places[c] = where(truth, c, true);
    }
    double[] scores = new double[RESAMPLES];
    for (int k = 0; k < RESAMPLES; k++) {
      RandomGenerator random = new Streams(seed).stream("utility resample", k);
      int[] drawn = new int[truth.length];
      for (int i = 0; i < drawn.length; i++) {
        int[] alike = places[truth[i]];
        drawn[i] = told[alike[random.nextInt(alike.length)]];
      }
      scores[k] = macroF1(truth, drawn, classes);
    }
    return Energy.deviation(scores);
  }

  /** The mean over the classes 0 to {@code classes − 1} of 2·right/(told + true). */
  static double macroF1(int[] truth, int[] told, int classes) {
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      double right = 0;
      double both = 0;
      for (int i = 0; i < truth.length; i++) {
        right += truth[i] == c && told[i] == c ? 1 : 0;
        both += (truth[i] == c ? 1 : 0) + (told[i] == c ? 1 : 0);
      }
      sum += both == 0 ? 0 : 2 * right / both;
    }
    return sum / classes;
  }

  private static double[] chances(
      Samples rows,
      int[] classes,
      int wanted,
      Samples questions,
      Learner learner,
      long seed,
      Progress progress) {
    Samples zero = rows.rows(where(classes, wanted, false));
    Samples one = rows.rows(where(classes, wanted, true));
    if (zero.count() == 0 || one.count() == 0) {
      double[] chances = new double[questions.count()];
      Arrays.fill(chances, one.count() == 0 ? 0 : 1);
      return chances;
    }
    return learner.fit(zero, one, seed, progress).chances(questions);
  }

  private static int[] where(int[] classes, int wanted, boolean equal) {
    int[] found = new int[classes.length];
    int count = 0;
    for (int i = 0; i < classes.length; i++) {
      if ((classes[i] == wanted) == equal) {
        found[count++] = i;
      }
    }
    return Arrays.copyOf(found, count);
  }

  private static int[] withTarget(Cells cells, int column) {
    double[] values = cells.numbers(column);
    int[] found = new int[cells.count()];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        found[count++] = i;
      }
    }
    return Arrays.copyOf(found, count);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static int[] classes(Cells cells, int column, double cut, List<String> known) {
    if (cells.hasWords(column)) {
      return cells.codes(column, known);
    }
    if (known.isEmpty()) {
      known.addAll(List.of("below", "above"));
    }
    int[] classes = new int[cells.count()];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = cells.numbers(column)[i] >= cut ? 1 : 0;
    }
    return classes;
  }

  /** The columns beside the target as numbers. */
  private record Features(int target, List<List<String>> words, Scaling scaling) {

    static Features of(Cells cells, int target) {
      List<List<String>> words = new ArrayList<>();
      for (int j = 0; j < cells.names().size(); j++) {
        List<String> found = cells.hasWords(j) ? List.copyOf(cells.occurring(j)) : List.of();
        words.add(found.subList(0, Math.min(MOST, found.size())));
      }
      Features plain = new Features(target, words, new Scaling(List.of(), List.of()));
      return new Features(target, words, Scaling.standard(plain.raw(cells)));
    }

    Samples apply(Cells cells) {
      double[] values = scaling.apply(raw(cells)).toArray();
      for (int k = 0; k < values.length; k++) {
        values[k] = Double.isNaN(values[k]) ? 0 : values[k];
      }
      return Samples.of(scaling.shifts().size(), values);
    }

    private Samples raw(Cells cells) {
      List<double[]> columns = new ArrayList<>();
      for (int j = 0; j < cells.names().size(); j++) {
        if (j == target) {
          continue;
        }
        if (cells.hasWords(j)) {
          for (String word : words.get(j)) {
            double[] flags = new double[cells.count()];
            for (int i = 0; i < flags.length; i++) {
              flags[i] = cells.word(i, j).equals(word) ? 1 : 0;
            }
            columns.add(flags);
          }
        } else {
          columns.add(cells.numbers(j));
          double[] gone = new double[cells.count()];
          for (int i = 0; i < gone.length; i++) {
            gone[i] = Double.isNaN(cells.numbers(j)[i]) ? 1 : 0;
          }
          columns.add(gone);
        }
      }
      int d = columns.size();
      double[] values = new double[cells.count() * d];
      for (int k = 0; k < values.length; k++) {
        values[k] = columns.get(k % d)[k / d];
      }
      return Samples.of(d, values);
    }
  }
}
