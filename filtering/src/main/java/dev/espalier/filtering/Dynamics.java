package dev.espalier.filtering;

import java.io.Serializable;
import java.util.random.RandomGenerator;

/** How a state moves on in time. */
public interface Dynamics extends Serializable {

  /** The number of columns of a state. */
  int columns();

  /**
   * Moves a state on, in place.
   *
   * @param state one value a column
   * @param duration how long; finite and at least 0
   * @param random for what is random about it; not used if nothing is
   */
  void advance(double[] state, double duration, RandomGenerator random);
}
