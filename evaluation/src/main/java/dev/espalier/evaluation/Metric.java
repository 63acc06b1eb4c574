package dev.espalier.evaluation;

import dev.espalier.api.Progress;
import java.io.Serializable;

/**
 * One number about drawn rows. Equal arguments give equal bits.
 *
 * <p>Those of this project are made by {@link Metrics}.
 */
public interface Metric extends Serializable {

  /** A few words, such as {@code W1 to test}; unique within an evaluation. */
  String name();

  /** One line: what it measures. */
  String summary();

  /** Which values are good. */
  Goal goal();

  /**
   * Measures the drawn rows.
   *
   * @param seed of whatever is random, such as the choice of a part of the rows
   * @throws dev.espalier.api.CancelledException if {@code progress} was cancelled
   */
  Value measure(Sets sets, long seed, Progress progress);
}
