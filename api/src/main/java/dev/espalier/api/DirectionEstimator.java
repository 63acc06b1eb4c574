package dev.espalier.api;

/** An estimator that can learn directions in which rows lie together with the score along them. */
public interface DirectionEstimator extends ScoreEstimator {

  /**
   * Moves orthonormal directions V to where noisy coordinates along them tell most of a row.
   *
   * <p>Least is {@code E‖V·m(Vᵀx) − x0‖²} over V and the posterior mean m of the coordinates, for
   * rows about their mean (arXiv 2302.07194). Only the span of V matters.
   *
   * @param start orthonormal directions of as many columns as the rows have, one a row
   * @return as many orthonormal directions, one a row
   * @throws InvalidDataException if a cell is missing
   * @throws CancelledException if the request's progress was cancelled
   */
  Samples fitDirections(FitRequest request, Samples start);
}
