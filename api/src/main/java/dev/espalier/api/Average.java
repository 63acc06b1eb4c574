package dev.espalier.api;

/**
 * The mean of independent numbers and its standard error.
 *
 * @param mean NaN of no numbers
 * @param error NaN of fewer than two numbers
 */
public record Average(double mean, double error) {

  /** The average of numbers, such as the paired differences of two losses row by row. */
  public static Average of(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    double square = 0;
    for (double value : values) {
      square += (value - mean) * (value - mean);
    }
    boolean spread = values.length > 1;
    return new Average(
        mean, spread ? Math.sqrt(square / (values.length - 1) / values.length) : Double.NaN);
  }

  /** Whether the mean is at most so many standard errors above 0; not if the error is unknown. */
  public boolean within(double errors) {
    return mean <= errors * error;
  }
}
