package dev.espalier.estimators.closedform;

import dev.espalier.api.NotConvergedException;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.eig.SymmetricQRAlgorithmDecomposition_DDRM;
import org.ejml.dense.row.decomposition.hessenberg.TridiagonalDecompositionHouseholder_DDRM;

/**
 * The eigenvalues of a covariance matrix, and its eigenvectors.
 *
 * <p>Where the variances are of similar size, by the QR algorithm, whose errors are those of the
 * greatest eigenvalue. Where they are not, by one-sided Jacobi rotations of the pivoted Cholesky
 * factor (Veselić and Hari 1989), which keeps the digits of the small eigenvalues: a column
 * measured in small units beside one in large units is then no column without variance.
 */
final class Eigen {

  private static final double EPSILON = 0x1p-52;
  private static final double GRADED = 1e6;
  private static final int SWEEPS = 60;

  private final double[] values;

  /** Row j: eigenvector j. */
  private final double[][] vectors;

  private Eigen(double[] values, double[][] vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  /**
   * Decomposes a symmetric matrix.
   *
   * @throws IllegalArgumentException if it has an eigenvalue below 0 beyond rounding
   */
  static Eigen of(double[][] matrix) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = 0;
    for (int i = 0; i < matrix.length; i++) {
      least = Math.min(least, matrix[i][i]);
      greatest = Math.max(greatest, matrix[i][i]);
    }
    return greatest > GRADED * least ? graded(matrix) : even(matrix);
  }

  /** Eigenvalue {@code j}, 0 where it cannot be told from 0. */
  double value(int j) {
    return values[j];
  }

  /** Coordinate {@code i} of eigenvector {@code j}. */
  double vector(int j, int i) {
    return vectors[j][i];
  }

  private static Eigen even(double[][] matrix) {
    int n = matrix.length;
    SymmetricQRAlgorithmDecomposition_DDRM found =
        new SymmetricQRAlgorithmDecomposition_DDRM(
            new TridiagonalDecompositionHouseholder_DDRM(), true);
    if (!found.decompose(new DMatrixRMaj(matrix))) {
      throw new NotConvergedException(
          "the eigenvalues of a covariance of " + n + " columns were not found");
    }
    double greatest = 0;
    for (int j = 0; j < n; j++) {
      greatest = Math.max(greatest, found.getEigenvalue(j).getReal());
    }
    double[] values = new double[n];
    double[][] vectors = new double[n][n];
    for (int j = 0; j < n; j++) {
      double value = found.getEigenvalue(j).getReal();
      needPositive(value, greatest, 0);
      values[j] = value > n * EPSILON * greatest ? value : 0;
      DMatrixRMaj vector = found.getEigenVector(j);
      for (int i = 0; i < n; i++) {
        vectors[j][i] = vector.get(i);
      }
    }
    return new Eigen(values, vectors);
  }

  /**
   * @param doubt the rounding error that the value may have
   */
  private static void needPositive(double value, double beside, double doubt) {
    if (!(value >= -1e-8 * beside - doubt)) {
      throw new IllegalArgumentException(
          "need a covariance without negative eigenvalues, got " + value + " beside " + beside);
    }
  }

  private static Eigen graded(double[][] matrix) {
    int n = matrix.length;
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    double[][] vectors = new double[n][n];
    int rank = factor(matrix, order, vectors);
    rotate(vectors, rank);
    double[] values = new double[n];
    for (int k = 0; k < rank; k++) {
      values[k] = Products.dot(vectors[k], vectors[k], n);
      divide(vectors[k], Math.sqrt(values[k]));
    }
    for (int k = rank; k < n; k++) {
      vectors[k][order[k]] = 1;
      for (int sweep = 0; sweep < 2; sweep++) {
        for (int l = 0; l < k; l++) {
          subtract(Products.dot(vectors[k], vectors[l], n), vectors[l], vectors[k]);
        }
        divide(vectors[k], Math.sqrt(Products.dot(vectors[k], vectors[k], n)));
      }
    }
    return new Eigen(values, vectors);
  }

  /**
   * Writes the columns of a factor {@code L} with {@code L·Lᵀ = matrix} into the first rows of
   * {@code columns}, greatest pivots first.
   *
   * @param order becomes the order of the pivots
   * @return how many there are; the other pivots are no more than rounding errors
   */
  private static int factor(double[][] matrix, int[] order, double[][] columns) {
    int n = matrix.length;
    double[] rest = new double[n];
    // A pivot left over from a large variance is known to few digits, and so is what it explains.
    double[] doubt = new double[n];
    for (int i = 0; i < n; i++) {
      rest[i] = matrix[i][i];
      doubt[i] = 16 * n * EPSILON * matrix[i][i];
    }
    for (int k = 0; k < n; k++) {
      int best = -1;
      for (int l = k; l < n; l++) {
        int i = order[l];
        needPositive(rest[i], matrix[i][i], doubt[i]);
        if (rest[i] > doubt[i] && (best < 0 || rest[i] > rest[order[best]])) {
          best = l;
        }
      }
      if (best < 0) {
        return k;
      }
      int pivot = order[best];
      order[best] = order[k];
      order[k] = pivot;
      double root = Math.sqrt(rest[pivot]);
      double unsure = doubt[pivot] / rest[pivot];
      for (int l = k; l < n; l++) {
        int i = order[l];
        double left = matrix[i][pivot];
        for (int m = 0; m < k; m++) {
          left -= columns[m][i] * columns[m][pivot];
        }
        columns[k][i] = l == k ? root : left / root;
        double explained = columns[k][i] * columns[k][i];
        rest[i] -= explained;
        doubt[i] += unsure * explained;
      }
    }
    return n;
  }

  /**
   * Makes the first {@code rank} rows orthogonal, to rounding errors of the products in their inner
   * products where that can be reached: the small coordinates of long rows count as well.
   */
  private static void rotate(double[][] rows, int rank) {
    int n = rows.length;
    boolean moved = true;
    for (int sweep = 0; moved && sweep < SWEEPS; sweep++) {
      moved = false;
      for (int p = 0; p < rank; p++) {
        for (int q = p + 1; q < rank; q++) {
          double gamma = Products.dot(rows[p], rows[q], n);
          if (Math.abs(gamma) > 4 * n * EPSILON * absolute(rows[p], rows[q])) {
            double alpha = Products.dot(rows[p], rows[p], n);
            double beta = Products.dot(rows[q], rows[q], n);
            moved = true;
            double zeta = (beta - alpha) / (2 * gamma);
            double tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
            double cosine = 1 / Math.sqrt(1 + tangent * tangent);
            rotate(rows[p], rows[q], cosine, cosine * tangent);
          }
        }
      }
    }
  }

  /** The sum of the absolute products. */
  private static double absolute(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += Math.abs(x[i] * y[i]);
    }
    return sum;
  }

  private static void rotate(double[] x, double[] y, double cosine, double sine) {
    for (int i = 0; i < x.length; i++) {
      double left = x[i];
      double right = y[i];
      x[i] = cosine * left - sine * right;
      y[i] = sine * left + cosine * right;
    }
  }

  private static void divide(double[] x, double by) {
    for (int i = 0; i < x.length; i++) {
      x[i] /= by;
    }
  }

  private static void subtract(double factor, double[] x, double[] out) {
    for (int i = 0; i < x.length; i++) {
      out[i] = out[i] - factor * x[i];
    }
  }
}
