package dev.espalier.plugins.gmm;

/** The shapes that the covariance matrices of a mixture may have. */
public enum CovarianceKind {

  /** Chosen among {@link #FULL}, {@link #TIED} and {@link #DIAGONAL} by BIC. */
  AUTO,

  /** Any covariance, a different one in every component. */
  FULL,

  /** Any covariance, the same in all components. */
  TIED,

  /** Independent columns, with different variances in every component. */
  DIAGONAL,

  /** Independent columns of one variance, a different one in every component. */
  SPHERICAL,

  /** A few common factors plus independent columns: a mixture of factor analysers. */
  LOWRANK
}
