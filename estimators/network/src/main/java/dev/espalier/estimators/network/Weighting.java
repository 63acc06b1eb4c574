package dev.espalier.estimators.network;

/** Which error counts in the loss, the same for every parametrisation. */
public enum Weighting {
  /** That of the network's own output, which has unit variance at every level. */
  UNIT,
  /** That of the posterior mean, in units of the column's deviation. */
  MEAN,
  /** That of the score times the deviation of the noise: the error of the noise. */
  SCORE;

  /**
   * The weight of a squared error of the output.
   *
   * @param unit what one unit of the output adds to the posterior mean
   * @param deviation of the column
   */
  double weight(double unit, double deviation, double a, double b) {
    return switch (this) {
      case UNIT -> 1;
      case MEAN -> unit * unit / (deviation * deviation);
      case SCORE -> unit * unit * a * a / b;
    };
  }
}
