package dev.espalier.evaluation;

import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import java.io.Serializable;

/**
 * Learns to tell the rows of two sets apart. Equal arguments give equal bits.
 *
 * <p>What the project passes around is a record, so that it prints and travels.
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

  /** What was learned. */
  @FunctionalInterface
  interface Classifier {

    /** The chance that this row comes from the second set, from 0 to 1. */
    double chance(double[] row);
  }
}
