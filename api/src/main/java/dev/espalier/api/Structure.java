package dev.espalier.api;

import java.io.Serializable;
import java.util.List;

/**
 * An assumption about the data that turns one score problem into smaller ones, declared or found.
 *
 * <p>A structure around an estimator is an estimator, so structures nest.
 */
@FunctionalInterface
public interface Structure extends Serializable {

  /**
   * Reduces the rows, has {@code inner} fit the smaller problems, and lifts the results to a score
   * of the whole.
   */
  Score fit(FitRequest request, ScoreEstimator inner);

  /** What {@link #fit} is expected to take. */
  default Cost cost(FitRequest request, ScoreEstimator inner) {
    return inner.cost(request);
  }

  /** The names of the labels that the rows must carry beside their numbers. */
  default List<String> labels() {
    return List.of();
  }

  /** This structure around the estimator of its smaller scores. */
  default Structured around(ScoreEstimator inner) {
    return new Structured(this, inner);
  }
}
