package dev.espalier.plugins.subspace;

import dev.espalier.api.NotConvergedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.eig.SymmetricQRAlgorithmDecomposition_DDRM;
import org.ejml.dense.row.decomposition.hessenberg.TridiagonalDecompositionHouseholder_DDRM;

/** The eigenvalues of a symmetric matrix, greatest first, and its eigenvectors. */
final class Symmetric {

  private static final double EPSILON = 0x1p-52;

  private final double[] values;
  private final double[][] vectors;

  private Symmetric(double[] values, double[][] vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  static Symmetric of(double[][] matrix) {
    int n = matrix.length;
    SymmetricQRAlgorithmDecomposition_DDRM found =
        new SymmetricQRAlgorithmDecomposition_DDRM(
            new TridiagonalDecompositionHouseholder_DDRM(), true);
    if (n > 0 && !found.decompose(new DMatrixRMaj(matrix))) {
      throw new NotConvergedException("the eigenvalues of " + n + " directions were not found");
    }
    List<Integer> order = new ArrayList<>();
    for (int j = 0; j < n; j++) {
      order.add(j);
    }
    order.sort(Comparator.comparingDouble((Integer j) -> -found.getEigenvalue(j).getReal()));
    double[] values = new double[n];
    double[][] vectors = new double[n][n];
    for (int j = 0; j < n; j++) {
      values[j] = found.getEigenvalue(order.get(j)).getReal();
      DMatrixRMaj vector = found.getEigenVector(order.get(j));
      for (int i = 0; i < n; i++) {
        vectors[j][i] = vector.get(i);
      }
    }
    return new Symmetric(values, vectors);
  }

  double value(int j) {
    return values[j];
  }

  /** Eigenvector {@code j}; not to be changed. */
  double[] vector(int j) {
    return vectors[j];
  }

  /** How many eigenvalues are positive beyond rounding errors of the greatest. */
  int rank() {
    int rank = 0;
    while (rank < values.length && values[rank] > 4 * values.length * EPSILON * values[0]) {
      rank++;
    }
    return rank;
  }

  /** The matrix with {@code f} of the eigenvalues that are positive, 0 for the others. */
  private double[][] map(Spectral f) {
    int n = values.length;
    double[][] out = new double[n][n];
    for (int k = 0; k < rank(); k++) {
      double value = f.of(values[k]);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          out[i][j] += value * vectors[k][i] * vectors[k][j];
        }
      }
    }
    return out;
  }

  /** The pseudo-inverse of a matrix without negative eigenvalues. */
  double[][] inverse() {
    return map(value -> 1 / value);
  }

  /** The symmetric root of a matrix without negative eigenvalues. */
  double[][] root() {
    return map(Math::sqrt);
  }

  /** A function of an eigenvalue. */
  private interface Spectral {
    double of(double value);
  }
}
