package dev.espalier.evaluation;

import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import java.io.Serializable;

/**
 * Learns to tell the rows of two sets apart. Equal arguments give equal bits.
 *
 * <p>A plugin offers one as a {@link dev.espalier.api.Provider} with this role: every one that is
 * found is a classifier of the two-sample tests and of what is learned from drawn rows. What the
 * project passes around is a record, so that it prints and travels.
 */
@FunctionalInterface
public interface Learner extends Serializable {

  /**
   * Learns from complete rows, scaled to about mean 0 and deviation 1.
   *
   * @param zero rows of the first set
   * @param one rows of the second set, in the same columns
   * @param seed of everything random in learning
   * @throws dev.espalier.api.CancelledException if {@code progress} was cancelled
   */
  Classifier fit(Samples zero, Samples one, long seed, Progress progress);

  /** What was learned. Safe for concurrent use. */
  @FunctionalInterface
  interface Classifier {

    /** The chance that this row comes from the second set, from 0 to 1. */
    double chance(double[] row);

    /**
     * The chance of every row, bit for bit that of {@link #chance}; a classifier that is faster on
     * many rows overrides it.
     */
    default double[] chances(Samples rows) {
      double[] chances = new double[rows.count()];
      for (int i = 0; i < chances.length; i++) {
        chances[i] = chance(rows.row(i));
      }
      return chances;
    }
  }
}
