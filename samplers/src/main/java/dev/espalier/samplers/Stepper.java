package dev.espalier.samplers;

import java.io.Serializable;

/**
 * How rows get from one noise level to the next cleaner one.
 *
 * <p>A function of the move and the rows alone; row {@code i} of the result depends on row {@code
 * i} of the rows, of the move's noise and of its memory. What the project puts into a pipeline is a
 * record, so that it prints and compares. {@link Walk} runs it along a grid.
 */
@FunctionalInterface
public interface Stepper extends Serializable {

  /**
   * Writes the rows at {@code move.to()} that follow from the rows {@code x} at {@code
   * move.from()}.
   *
   * @param x rows, row-major; not to be changed
   * @param out as long as {@code x}
   */
  void step(Move move, double[] x, double[] out);

  /** How many arrays of rows are kept from step to step, see {@link Move#memory}. */
  default int memory() {
    return 0;
  }

  /**
   * The order of convergence in the length of the steps that is promised along smooth grids and for
   * smooth scores: of the rows if no noise is used, of the moments of the drawn law if it is; 0 if
   * none is.
   */
  default int order() {
    return 1;
  }

  /** Whether rows are given noise on the way. */
  default boolean isRandom() {
    return true;
  }
}
