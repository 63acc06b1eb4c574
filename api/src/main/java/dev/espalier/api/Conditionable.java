package dev.espalier.api;

import java.util.Optional;
import java.util.OptionalDouble;

/** The ability of a score to give the exact score of its law conditioned on an observation. */
@FunctionalInterface
public interface Conditionable {

  /**
   * The score of the law of {@code x0} given the observation; it has all columns, those observed
   * exactly being constant. Empty if this law has no exact answer for this kind of observation.
   *
   * @throws IllegalArgumentException if the observation does not fit the columns or has probability
   *     zero
   */
  Optional<Score> given(Observation observation);

  /**
   * The natural logarithm of the observation's density, or of its probability if it is a
   * {@linkplain Observation.Range range} or a {@linkplain Observation.Label label}, under this law;
   * {@code −∞} if that is zero. A mixture weighs its parts by it. Empty if it is not known exactly.
   *
   * @throws IllegalArgumentException if the observation does not fit the columns
   */
  default OptionalDouble logEvidence(Observation observation) {
    return OptionalDouble.empty();
  }
}
