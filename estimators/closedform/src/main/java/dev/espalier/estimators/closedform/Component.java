package dev.espalier.estimators.closedform;

import java.io.Serializable;

/** One normal law of a mixture, with its weight. */
public final class Component implements Serializable {
  private static final long serialVersionUID = 1;

  private final double weight;
  private final double[] mean;
  private final Covariance covariance;

  private Component(double weight, double[] mean, Covariance covariance) {
    this.weight = weight;
    this.mean = mean;
    this.covariance = covariance;
  }

  /**
   * A component.
   *
   * @param weight finite and positive; a mixture divides the weights by their sum
   * @param mean one finite value a column
   */
  public static Component of(double weight, double[] mean, Covariance covariance) {
    if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("need a finite weight > 0, got " + weight);
    }
    if (mean.length != covariance.columns()) {
      throw new IllegalArgumentException(
          "need a mean of " + covariance.columns() + " values, got " + mean.length);
    }
    for (double value : mean) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("need finite means, got " + value);
      }
    }
    return new Component(weight, mean.clone(), covariance);
  }

  /** The weight. */
  public double weight() {
    return weight;
  }

  /** A copy of the mean. */
  public double[] mean() {
    return mean.clone();
  }

  /** The mean of column {@code j}. */
  public double mean(int j) {
    return mean[j];
  }

  /** The covariance. */
  public Covariance covariance() {
    return covariance;
  }

  /** This component with another weight. */
  Component withWeight(double weight) {
    return new Component(weight, mean, covariance);
  }

  @Override
  public String toString() {
    return "Component[weight=" + weight + ", " + covariance + "]";
  }
}
