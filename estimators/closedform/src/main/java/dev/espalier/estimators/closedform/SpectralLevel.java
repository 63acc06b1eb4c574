package dev.espalier.estimators.closedform;

import dev.espalier.api.NoiseLevel;

/** A covariance at a level, where it is known along directions that are independent. */
abstract class SpectralLevel implements Form.AtLevel {
  private final double[] inverse;
  private final double[] gain;
  private final double[] outside;
  private final double logDeterminant;

  /**
   * Prepares a level.
   *
   * @param variances of the directions
   */
  SpectralLevel(NoiseLevel level, double[] variances) {
    inverse = new double[variances.length];
    gain = new double[variances.length];
    outside = new double[variances.length];
    logDeterminant = Spectrum.at(level, variances, inverse, gain, outside);
  }

  /** Row {@code i} in coordinates along the directions. */
  abstract double[] coordinates(int i);

  /**
   * Adds {@code w_i} times row {@code i}, each coordinate times its factor, to row {@code i} of
   * {@code out}, where {@code w_i ≠ 0}.
   */
  abstract void addScaled(double[] factors, double[] weights, double[][] out);

  @Override
  public final double logDeterminant() {
    return logDeterminant;
  }

  @Override
  public final double quadratic(int i) {
    return Products.weightedSquare(coordinates(i), inverse, inverse.length);
  }

  @Override
  public final double residual(int i) {
    return Products.weightedSquare(coordinates(i), outside, outside.length);
  }

  @Override
  public final void addPrecision(double[] weights, double[][] out) {
    addScaled(inverse, weights, out);
  }

  @Override
  public final void addGain(double[] weights, double[][] out) {
    addScaled(gain, weights, out);
  }
}
