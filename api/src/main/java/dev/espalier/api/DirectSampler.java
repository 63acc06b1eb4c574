package dev.espalier.api;

import java.util.random.RandomGenerator;

/** The ability of a score to draw from its clean law exactly, without a sampler. */
@FunctionalInterface
public interface DirectSampler {

  /**
   * Draws one row.
   *
   * @param random the stream of this row
   * @param row one value a column
   */
  void draw(RandomGenerator random, double[] row);
}
