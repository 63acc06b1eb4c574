package dev.espalier.api;

import java.io.Serializable;

/**
 * Sees rows on their way from noise to data, a block of them at a time, and cannot change them.
 *
 * <p>Called from wherever the request's tasks run, for several blocks at once; the steps of one
 * block come in their order. On a cluster it is called on the executors.
 */
@FunctionalInterface
public interface PathObserver extends Serializable {

  /**
   * Takes note of rows.
   *
   * @param step how many steps were taken; 0 where rows start, and one more than there are steps
   *     where they end by their posterior mean
   * @param level that the rows are at
   * @param rows which rows these are, by index
   * @param values their values, in the order of {@code rows}
   */
  void reached(int step, NoiseLevel level, DrawRequest.Rows rows, Samples values);
}
