package dev.espalier.api;

import java.io.Serializable;

/** Draws rows from the law that a score describes. Row i depends on score, seed and i alone. */
@FunctionalInterface
public interface Sampler extends Serializable {

  /**
   * Draws the rows of the request, in its order.
   *
   * @throws IllegalArgumentException if the score lacks a level or an ability that the sampler
   *     needs
   * @throws NotConvergedException if a row leaves the numbers on its way
   * @throws CancelledException if the request's progress was cancelled
   */
  Samples draw(DrawRequest request);
}
