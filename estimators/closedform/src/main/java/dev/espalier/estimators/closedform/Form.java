package dev.espalier.estimators.closedform;

import dev.espalier.api.NoiseLevel;
import java.io.Serializable;
import java.util.random.RandomGenerator;

/** A covariance matrix {@code S}, in one of the forms that {@link Covariance} offers. */
interface Form extends Serializable {

  /** The number of columns d. */
  int columns();

  /** {@code S} at a level, for up to {@code capacity} rows at a time. */
  AtLevel at(NoiseLevel level, int capacity);

  /** The number of independent directions in which the variance is 0. */
  int nullity();

  /** A variance of the order of the greatest one. */
  double scale();

  /** The entry of {@code S} in row {@code i} and column {@code j}. */
  double entry(int i, int j);

  /** Adds a draw from {@code N(0, S)} to {@code row}. */
  void draw(RandomGenerator random, double[] row);

  /** {@code S} of the chosen columns, each divided by its scale. */
  Form marginal(int[] chosen, double[] scales);

  /**
   * The law of a row given some of its columns, which are then constant.
   *
   * @param observed their indices
   * @param deltas how far each lies from its mean
   * @param scales the order of magnitude of each
   * @param shift receives the change of the mean; exact in the observed columns
   */
  Form given(int[] observed, double[] deltas, double[] scales, double[] shift);

  /**
   * {@code S(t) = a²S + bI} at one level, working on a block of rows; belongs to one thread.
   *
   * <p>At {@code b = 0} the inverse stands for the inverse on the directions of positive variance,
   * and the residual for what lies outside of them.
   */
  interface AtLevel {

    /** Takes the first {@code rows} rows {@code δ = x − a·μ}, which must then stay unchanged. */
    void load(double[][] deltas, int rows);

    /** The logarithm of the determinant, over the directions in which {@code S(t)} is positive. */
    double logDeterminant();

    /** {@code δᵀ S(t)⁻¹ δ} of row {@code i}. */
    double quadratic(int i);

    /** {@code ‖δ‖²} of row {@code i} over the directions in which {@code S(t)} is 0. */
    double residual(int i);

    /** Adds {@code w_i · S(t)⁻¹ δ_i} to row {@code i} of {@code out}, where {@code w_i ≠ 0}. */
    void addPrecision(double[] weights, double[][] out);

    /** Adds {@code w_i · a S S(t)⁻¹ δ_i} to row {@code i} of {@code out}, where {@code w_i ≠ 0}. */
    void addGain(double[] weights, double[][] out);
  }
}
