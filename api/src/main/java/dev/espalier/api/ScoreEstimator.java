package dev.espalier.api;

import java.io.Serializable;
import java.util.List;

/**
 * Learns the score of the law that drew the rows. Equal requests give equal bits.
 *
 * <p>What the project puts into a pipeline is a record whose components are its settings, so that a
 * pipeline prints, compares and travels.
 */
@FunctionalInterface
public interface ScoreEstimator extends Serializable {

  /**
   * Fits the rows of the request.
   *
   * @throws InvalidDataException if the rows cannot be fitted, such as missing cells where the
   *     estimator has no answer to them
   * @throws NotConvergedException if the fit did not reach what it must
   * @throws CancelledException if the request's progress was cancelled
   */
  Score fit(FitRequest request);

  /** What {@link #fit} is expected to take, told before it starts. */
  default Cost cost(FitRequest request) {
    return Cost.NEGLIGIBLE;
  }

  /** The names of the labels that the rows must carry beside their numbers. */
  default List<String> labels() {
    return List.of();
  }
}
