package dev.espalier.experiments;

/** The mean of numbers as they come, and its standard error (Welford 1962). */
final class Moments {
  private int count;
  private double mean;
  private double square;

  void add(double value) {
    count++;
    double step = value - mean;
    mean += step / count;
    square += step * (value - mean);
  }

  double mean() {
    return mean;
  }

  /** The standard error of the mean; 0 for less than two numbers. */
  double error() {
    return count < 2 ? 0 : Math.sqrt(square / (count - 1) / count);
  }
}
