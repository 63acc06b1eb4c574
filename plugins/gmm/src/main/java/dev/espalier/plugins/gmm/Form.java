package dev.espalier.plugins.gmm;

import java.io.Serializable;
import java.util.Locale;

/**
 * A shape of covariance to be fitted.
 *
 * @param kind not {@link CovarianceKind#AUTO}
 * @param rank the number of factors where the kind is {@link CovarianceKind#LOWRANK}, else 0
 */
record Form(CovarianceKind kind, int rank) implements Serializable {

  /** Whether a component stores all covariances, not variances alone. */
  boolean dense() {
    return kind == CovarianceKind.FULL
        || kind == CovarianceKind.TIED
        || kind == CovarianceKind.LOWRANK;
  }

  boolean tied() {
    return kind == CovarianceKind.TIED;
  }

  /** The number of free numbers in {@code k} components of {@code d} columns. */
  double parameters(int k, int d) {
    double means = (double) k * d + k - 1;
    return means
        + switch (kind) {
          case FULL -> k * (d * (d + 1.0) / 2);
          case TIED -> d * (d + 1.0) / 2;
          case DIAGONAL -> (double) k * d;
          case SPHERICAL -> k;
          case LOWRANK -> k * (d + (double) d * rank - rank * (rank - 1.0) / 2);
          case AUTO -> throw new IllegalStateException("need a chosen kind of covariance");
        };
  }

  /** The least mass of rows from which a component's covariance of {@code d} columns is told. */
  double support(int d) {
    return switch (kind) {
      case FULL, TIED -> Math.max(3, d + 1);
      case LOWRANK -> Math.max(3, rank + 2);
      default -> 3;
    };
  }

  @Override
  public String toString() {
    String name = kind.name().toLowerCase(Locale.ROOT);
    return kind == CovarianceKind.LOWRANK ? name + " of rank " + rank : name;
  }
}
