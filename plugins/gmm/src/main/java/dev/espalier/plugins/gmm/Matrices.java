package dev.espalier.plugins.gmm;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** The few small dense factorisations that EM needs; matrices are arrays of rows. */
final class Matrices {

  private Matrices() {}

  /**
   * The lower Cholesky factor of {@code a − shift·I}, or an array of length 0 if that matrix is not
   * positive definite to working precision.
   */
  static double[][] cholesky(double[][] a, double shift) {
    int d = a.length;
    double[][] l = new double[d][d];
    for (int i = 0; i < d; i++) {
      double[] li = l[i];
      for (int j = 0; j <= i; j++) {
        double[] lj = l[j];
        double sum = i == j ? a[i][i] - shift : a[i][j];
        for (int k = 0; k < j; k++) {
          sum -= li[k] * lj[k];
        }
        if (i == j) {
          if (!(sum > 0)) {
            return new double[0][];
          }
          li[i] = Math.sqrt(sum);
        } else {
          li[j] = sum / lj[j];
        }
      }
    }
    return l;
  }

  /** The inverse of a lower triangular matrix. */
  static double[][] invertLower(double[][] l) {
    int d = l.length;
    double[][] w = new double[d][d];
    for (int i = 0; i < d; i++) {
      double[] wi = w[i];
      for (int k = 0; k < i; k++) {
        double factor = l[i][k];
        double[] wk = w[k];
        for (int j = 0; j <= k; j++) {
          wi[j] -= factor * wk[j];
        }
      }
      double inverse = 1 / l[i][i];
      for (int j = 0; j < i; j++) {
        wi[j] *= inverse;
      }
      wi[i] = inverse;
    }
    return w;
  }

  /** Overwrites {@code b} with the solution of {@code L·Lᵀ·x = b}. */
  static void solve(double[][] l, double[] b) {
    int d = l.length;
    for (int i = 0; i < d; i++) {
      double sum = b[i];
      for (int k = 0; k < i; k++) {
        sum -= l[i][k] * b[k];
      }
      b[i] = sum / l[i][i];
    }
    for (int i = d - 1; i >= 0; i--) {
      double sum = b[i];
      for (int k = i + 1; k < d; k++) {
        sum -= l[k][i] * b[k];
      }
      b[i] = sum / l[i][i];
    }
  }

  /** Eigenvalues in falling order, and their eigenvectors as rows. */
  record Eigen(double[] values, double[][] vectors) {}

  /** The eigendecomposition of a symmetric matrix. */
  static Eigen eigen(double[][] a) {
    int d = a.length;
    EigenDecomposition_F64<DMatrixRMaj> solver = DecompositionFactory_DDRM.eig(d, true, true);
    if (!solver.decompose(new DMatrixRMaj(a))) {
      throw new IllegalStateException(
          "the eigendecomposition of a " + d + " x " + d + " covariance matrix did not converge");
    }
    double[] values = new double[d];
    double[][] vectors = new double[d][];
    boolean[] taken = new boolean[d];
    for (int rank = 0; rank < d; rank++) {
      int best = -1;
      for (int i = 0; i < d; i++) {
        if (!taken[i]
            && (best < 0
                || solver.getEigenvalue(i).getReal() > solver.getEigenvalue(best).getReal())) {
          best = i;
        }
      }
      taken[best] = true;
      values[rank] = solver.getEigenvalue(best).getReal();
      vectors[rank] = solver.getEigenVector(best).getData().clone();
    }
    return new Eigen(values, vectors);
  }
}
