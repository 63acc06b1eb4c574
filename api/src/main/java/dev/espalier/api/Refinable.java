package dev.espalier.api;

/** A sampler with a number of steps, whose error falls at a known rate when there are more. */
public interface Refinable extends Sampler {

  /** The number of steps; at least 1. */
  int steps();

  /** This sampler with another number of steps. */
  Refinable withSteps(int steps);

  /**
   * The order of convergence in the length of the steps that is promised for smooth scores: of the
   * rows if no noise is used on the way, of the moments of the drawn law if it is; 0 if none is.
   */
  int order();

  /** Whether rows are given noise on the way. */
  boolean isRandom();

  /**
   * This sampler with noise that is put together from that of itself with more steps, so that both
   * go down the same random paths; a sampler without such noise returns itself.
   *
   * @param steps at least as many as this has
   * @throws IllegalArgumentException if steps of this sampler are not made of whole finer ones
   */
  default Sampler onPathsOf(int steps) {
    return this;
  }
}
