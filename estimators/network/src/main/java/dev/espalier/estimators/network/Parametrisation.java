package dev.espalier.estimators.network;

/**
 * What the outputs of a network mean; each has unit variance at every level and converts exactly.
 *
 * <p>With {@code z} a standardised column, {@code α² + σ² = 1} and {@code αz + σw} its noisy value
 * scaled to unit variance:
 */
public enum Parametrisation {
  /** What the best linear guess leaves over, in units of its deviation. */
  RESIDUAL,
  /** The clean column {@code z}. */
  X0,
  /** The noise {@code w}. */
  EPSILON,
  /** {@code v = αw − σz}. */
  V,
  /** The score times the deviation of the noise, {@code −w}. */
  SCORE
}
