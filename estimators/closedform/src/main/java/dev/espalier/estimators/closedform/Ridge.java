package dev.espalier.estimators.closedform;

/**
 * The regression {@code u = argmin Σ_j w_j (δ_j − f_j·u)² + ‖u‖²} for one design and any δ.
 *
 * <p>Works on the orthogonal decomposition {@code Q·R} of the rows {@code √w_j f_j} above the unit
 * matrix, by Gram–Schmidt with a second sweep: unlike the normal equations it bears weights of very
 * different size and columns that are nearly dependent.
 */
final class Ridge {

  private final int rank;
  private final double[] roots;
  private final double[][] basis;

  /** {@code upper[k][l]} is R in row l and column k, l ≤ k. */
  private final double[][] upper;

  private Ridge(int rank, double[] roots, double[][] basis, double[][] upper) {
    this.rank = rank;
    this.roots = roots;
    this.basis = basis;
    this.upper = upper;
  }

  /**
   * The regression on {@code signal · factor}.
   *
   * @param factor m × r
   * @param weights m values of at least 0
   */
  static Ridge of(double[][] factor, double[] weights, double signal) {
    int m = factor.length;
    int rank = factor[0].length;
    double[] roots = new double[m];
    for (int j = 0; j < m; j++) {
      roots[j] = Math.sqrt(weights[j]);
    }
    double[][] basis = new double[rank][m + rank];
    double[][] upper = new double[rank][rank];
    for (int k = 0; k < rank; k++) {
      double[] column = basis[k];
      for (int j = 0; j < m; j++) {
        column[j] = signal * roots[j] * factor[j][k];
      }
      column[m + k] = 1;
      for (int sweep = 0; sweep < 2; sweep++) {
        for (int l = 0; l < k; l++) {
          double along = Products.dot(basis[l], column, m + rank);
          upper[k][l] += along;
          subtract(along, basis[l], column);
        }
      }
      double norm = Math.sqrt(Products.dot(column, column, m + rank));
      upper[k][k] = norm;
      for (int j = 0; j < column.length; j++) {
        column[j] /= norm;
      }
    }
    return new Ridge(rank, roots, basis, upper);
  }

  private static void subtract(double factor, double[] x, double[] out) {
    for (int j = 0; j < out.length; j++) {
      out[j] = out[j] - factor * x[j];
    }
  }

  /** {@code log det (I + Σ w_j f_j f_jᵀ)}. */
  double logDeterminant() {
    double sum = 0;
    for (int k = 0; k < rank; k++) {
      sum += StrictMath.log(upper[k][k]);
    }
    return 2 * sum;
  }

  /** The m × r matrix with {@code u = δ·encoder}. */
  double[][] encoder() {
    double[][] encoder = new double[roots.length][rank];
    for (int j = 0; j < roots.length; j++) {
      for (int k = rank - 1; k >= 0; k--) {
        double rest = basis[k][j];
        for (int l = k + 1; l < rank; l++) {
          rest -= upper[l][k] * encoder[j][l];
        }
        encoder[j][k] = rest / upper[k][k];
      }
      for (int k = 0; k < rank; k++) {
        encoder[j][k] *= roots[j];
      }
    }
    return encoder;
  }

  /** Replaces a row {@code f} by {@code f·R⁻¹}: {@code u} has the covariance {@code R⁻¹·R⁻ᵀ}. */
  void whiten(double[] f) {
    for (int k = 0; k < rank; k++) {
      f[k] = (f[k] - Products.dot(f, upper[k], k)) / upper[k][k];
    }
  }
}
