package dev.espalier.estimators.closedform;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.sparse.csc.decomposition.chol.CholeskyUpLooking_DSCC;

/**
 * A sparse symmetric matrix, by rows, each in rising order of the column.
 *
 * <p>Products and solutions sum in the order of storage, row by row of a batch, so equal arguments
 * give equal bits.
 */
final class Precision implements Serializable {
  private static final long serialVersionUID = 1;

  private final int[] starts;
  private final int[] columns;
  private final double[] values;

  /** Takes the arrays over: row i has the entries from {@code starts[i]} to {@code starts[i+1]}. */
  Precision(int[] starts, int[] columns, double[] values) {
    this.starts = starts;
    this.columns = columns;
    this.values = values;
  }

  int size() {
    return starts.length - 1;
  }

  /** The number of entries that are stored. */
  int count() {
    return values.length;
  }

  int[] starts() {
    return starts;
  }

  int[] columns() {
    return columns;
  }

  double[] values() {
    return values;
  }

  /** Writes {@code Q·x}. */
  void times(double[] x, double[] out) {
    for (int i = 0; i < out.length; i++) {
      double sum = 0;
      for (int at = starts[i]; at < starts[i + 1]; at++) {
        sum += values[at] * x[columns[at]];
      }
      out[i] = sum;
    }
  }

  /** {@code xᵀ·Q·x}. */
  double quadratic(double[] x) {
    double[] product = new double[x.length];
    times(x, product);
    return Products.dot(x, product, x.length);
  }

  /** The rows and columns at the given positions, in the order given. */
  Precision part(int[] chosen) {
    int[] at = new int[size()];
    for (int p = 0; p < chosen.length; p++) {
      at[chosen[p]] = p + 1;
    }
    int[] partStarts = new int[chosen.length + 1];
    int[] partColumns = new int[count()];
    double[] partValues = new double[count()];
    int next = 0;
    for (int p = 0; p < chosen.length; p++) {
      int first = next;
      for (int k = starts[chosen[p]]; k < starts[chosen[p] + 1]; k++) {
        if (at[columns[k]] > 0) {
          int to = next++;
          while (to > first && partColumns[to - 1] > at[columns[k]] - 1) {
            partColumns[to] = partColumns[to - 1];
            partValues[to] = partValues[to - 1];
            to--;
          }
          partColumns[to] = at[columns[k]] - 1;
          partValues[to] = values[k];
        }
      }
      partStarts[p + 1] = next;
    }
    return new Precision(
        partStarts, Arrays.copyOf(partColumns, next), Arrays.copyOf(partValues, next));
  }

  /** The decomposition of {@code shift·I + scale·Q}; empty if that is not positive definite. */
  Optional<Factor> factor(double shift, double scale) {
    int n = size();
    DMatrixSparseCSC matrix = new DMatrixSparseCSC(n, n, count());
    matrix.nz_length = count();
    matrix.indicesSorted = true;
    System.arraycopy(starts, 0, matrix.col_idx, 0, n + 1);
    for (int i = 0; i < n; i++) {
      for (int at = starts[i]; at < starts[i + 1]; at++) {
        matrix.nz_rows[at] = columns[at];
        matrix.nz_values[at] = scale * values[at] + (columns[at] == i ? shift : 0);
      }
    }
    CholeskyUpLooking_DSCC cholesky = new CholeskyUpLooking_DSCC();
    if (n == 0 || !cholesky.decompose(matrix)) {
      return n == 0 ? Optional.of(new Factor(new DMatrixSparseCSC(0, 0, 0))) : Optional.empty();
    }
    DMatrixSparseCSC lower = cholesky.getT(null);
    lower.sortIndices(null);
    for (int j = 0; j < n; j++) {
      if (!(lower.nz_values[lower.col_idx[j]] > 0)) {
        return Optional.empty();
      }
    }
    return Optional.of(new Factor(lower));
  }

  /** The lower triangle L of {@code L·Lᵀ}, by columns, the diagonal first; immutable. */
  static final class Factor {
    private final int[] starts;
    private final int[] rows;
    private final double[] values;
    private final double logDeterminant;

    private Factor(DMatrixSparseCSC lower) {
      int n = lower.numCols;
      this.starts = Arrays.copyOf(lower.col_idx, n + 1);
      this.rows = Arrays.copyOf(lower.nz_rows, starts[n]);
      this.values = Arrays.copyOf(lower.nz_values, starts[n]);
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += StrictMath.log(values[starts[j]]);
      }
      this.logDeterminant = 2 * sum;
    }

    /** The number of entries. */
    int count() {
      return values.length;
    }

    /** The logarithm of the determinant of {@code L·Lᵀ}. */
    double logDeterminant() {
      return logDeterminant;
    }

    /** Replaces {@code x} by {@code (L·Lᵀ)⁻¹·x}. */
    void solve(double[] x) {
      for (int j = 0; j < x.length; j++) {
        double value = x[j] / values[starts[j]];
        x[j] = value;
        for (int at = starts[j] + 1; at < starts[j + 1]; at++) {
          x[rows[at]] -= values[at] * value;
        }
      }
      solveTransposed(x);
    }

    /** Replaces {@code x} by {@code L⁻ᵀ·x}. */
    void solveTransposed(double[] x) {
      for (int j = x.length - 1; j >= 0; j--) {
        double value = x[j];
        for (int at = starts[j] + 1; at < starts[j + 1]; at++) {
          value -= values[at] * x[rows[at]];
        }
        x[j] = value / values[starts[j]];
      }
    }
  }
}
