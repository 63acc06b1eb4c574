package dev.espalier.estimators.network;

import dev.espalier.api.Progress;

/**
 * Eigenvalues and vectors of a covariance by cyclic Jacobi rotations.
 *
 * <p>Jacobi keeps the relative accuracy of small eigenvalues where columns have very different
 * scales (Demmel and Veselić 1992), which reduction to tridiagonal form does not; d is small here.
 */
final class Eigen {
  private static final int SWEEPS = 60;

  private final double[] values;
  private final double[][] vectors;

  private Eigen(double[] values, double[][] vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  /**
   * The decomposition {@code V·diag(values)·Vᵀ} of a symmetric matrix without negative values.
   *
   * @param progress asked after every row of rotations
   */
  static Eigen of(double[][] covariance, Progress progress) {
    int d = covariance.length;
    double[][] a = new double[d][];
    double[][] v = new double[d][d];
    for (int i = 0; i < d; i++) {
      a[i] = covariance[i].clone();
      v[i][i] = 1;
    }
    boolean rotated = true;
    for (int sweep = 0; rotated && sweep < SWEEPS; sweep++) {
      rotated = false;
      for (int p = 0; p < d; p++) {
        progress.check();
        for (int q = p + 1; q < d; q++) {
          if (Math.abs(a[p][q]) > 1e-15 * Math.sqrt(Math.abs(a[p][p] * a[q][q]))) {
            rotate(a, v, p, q);
            rotated = true;
          }
        }
      }
    }
    double[] values = new double[d];
    for (int i = 0; i < d; i++) {
      values[i] = Math.max(0, a[i][i]);
    }
    return new Eigen(values, v);
  }

  /** Makes element (p, q) zero; rows and columns p and q of {@code a} stay symmetric. */
  private static void rotate(double[][] a, double[][] v, int p, int q) {
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = Math.signum(theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    if (theta == 0) {
      t = 1;
    }
    double c = 1 / Math.sqrt(t * t + 1);
    double s = t * c;
    double apq = a[p][q];
    a[p][p] -= t * apq;
    a[q][q] += t * apq;
    a[p][q] = 0;
    a[q][p] = 0;
    double[] ap = a[p];
    double[] aq = a[q];
    for (int i = 0; i < a.length; i++) {
      if (i != p && i != q) {
        double x = ap[i];
        double y = aq[i];
        ap[i] = c * x - s * y;
        aq[i] = s * x + c * y;
        a[i][p] = ap[i];
        a[i][q] = aq[i];
      }
    }
    double[] vp = v[p];
    double[] vq = v[q];
    for (int i = 0; i < a.length; i++) {
      double x = vp[i];
      double y = vq[i];
      vp[i] = c * x - s * y;
      vq[i] = s * x + c * y;
    }
  }

  /** The eigenvalues, at least 0, in no order. */
  double[] values() {
    return values;
  }

  /** The eigenvectors as rows: {@code vectors()[k]} belongs to {@code values()[k]}. */
  double[][] vectors() {
    return vectors;
  }
}
