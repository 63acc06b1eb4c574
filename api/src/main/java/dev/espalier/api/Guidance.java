package dev.espalier.api;

import java.io.Serializable;
import java.util.List;

/**
 * A way to condition a law approximately, where it has no exact answer: by bending its score.
 *
 * <p>The bent score goes with every sampler. What the project puts into a pipeline is a record, so
 * that it prints and compares.
 */
@FunctionalInterface
public interface Guidance extends Serializable {

  /**
   * The score bent towards rows that agree with all observations.
   *
   * @param observations at least one
   * @throws IllegalArgumentException if an observation does not fit the columns, contradicts
   *     another one, or is of a kind for which this guidance has no answer
   */
  Score guide(Score score, List<Observation> observations);

  /** Whether this is for observations of such a kind; not for labels unless said. */
  default boolean answers(Observation observation) {
    return !(observation instanceof Observation.Label);
  }

  /**
   * The sampler that draws from the bent score in place of another; that itself unless said.
   *
   * @throws IllegalArgumentException if this guidance does not go with the sampler
   */
  default Sampler sampler(Sampler sampler) {
    return sampler;
  }
}
