package dev.espalier.evaluation;

import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * The two-sample classifier test (C2ST): how often a classifier tells rows of two sets apart, rows
 * that it was not fitted to; 0.5 if the sets cannot be told apart, 1 if always.
 *
 * <p>Five-fold cross-validation with folds balanced between the sets; of the larger set a random
 * part as large as the smaller one is used, so that 0.5 is chance; columns are scaled by mean and
 * deviation of the first set.
 *
 * @param learner fits each fold
 * @param seed of the folds and of the learner
 */
public record TwoSampleClassifier(Learner learner, long seed) implements Serializable {

  private static final int FOLDS = 5;

  /** With a small neural network. */
  public static TwoSampleClassifier standard(long seed) {
    return new TwoSampleClassifier(Mlp.standard(), seed);
  }

  /** The accuracy, in the calling thread. */
  public Estimate accuracy(Samples one, Samples other) {
    return accuracy(one, other, Tasks.here(), Progress.silent());
  }

  /**
   * The accuracy with the standard error of a share; an answer of exactly 0.5 counts half.
   *
   * @param tasks where the folds are fitted
   * @throws IllegalArgumentException if the columns differ
   * @throws dev.espalier.api.InvalidDataException if a set has fewer than 5 rows or a missing cell
   * @throws dev.espalier.api.CancelledException if {@code progress} was cancelled
   */
  public Estimate accuracy(Samples one, Samples other, Tasks tasks, Progress progress) {
    Rows.requirePair(one, other, FOLDS);
    Streams streams = new Streams(seed);
    int n = Math.min(one.count(), other.count());
    Scaling scaling = Scaling.standard(one);
    Samples zeros = shuffled(scaling.apply(one), n, streams, "one");
    Samples ones = shuffled(scaling.apply(other), n, streams, "other");
    Learner fitted = learner;
    List<Double> right =
        tasks.map(
            FOLDS,
            (fold, share) -> fold(zeros, ones, fold, fitted, streams.seed("fold", fold), share),
            progress);
    double sum = 0;
    for (double each : right) {
      sum += each;
    }
    double accuracy = sum / (2.0 * n);
    return new Estimate(accuracy, Math.sqrt(accuracy * (1 - accuracy) / (2.0 * n)));
  }

  private static Samples shuffled(Samples rows, int n, Streams streams, String consumer) {
    int[] order = Rows.permutation(rows.count(), streams.stream(consumer, 0));
    return rows.rows(Arrays.copyOf(order, n));
  }

  /** The number of rows of one fold that are told right by what was learned from the others. */
  private static double fold(
      Samples zeros, Samples ones, int fold, Learner learner, long seed, Progress progress) {
    Learner.Classifier classifier =
        learner.fit(part(zeros, fold, false), part(ones, fold, false), seed, progress);
    return right(classifier, part(zeros, fold, true), 0)
        + right(classifier, part(ones, fold, true), 1);
  }

  private static Samples part(Samples rows, int fold, boolean inside) {
    int[] chosen = new int[rows.count()];
    int count = 0;
    for (int i = 0; i < rows.count(); i++) {
      if ((i % FOLDS == fold) == inside) {
        chosen[count++] = i;
      }
    }
    return rows.rows(Arrays.copyOf(chosen, count));
  }

  private static double right(Learner.Classifier classifier, Samples rows, int label) {
    double right = 0;
    for (double chance : classifier.chances(rows)) {
      right += chance == 0.5 ? 0.5 : (chance > 0.5) == (label == 1) ? 1 : 0;
    }
    return right;
  }
}
