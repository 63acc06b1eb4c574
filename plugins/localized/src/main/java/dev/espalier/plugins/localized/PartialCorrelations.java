package dev.espalier.plugins.localized;

import dev.espalier.api.Adjacency;
import dev.espalier.api.Evidence;
import dev.espalier.api.Samples;
import java.util.ArrayList;
import java.util.List;

/**
 * Partial correlations of columns, given all others, against their distance in a graph.
 *
 * <p>From the inverse of the covariance of complete rows. Without partial correlation the square of
 * Fisher's {@code artanh(ρ)·√(n − d − 1)} is close to chi-square of one degree of freedom, and the
 * sum over the m pairs at a distance to one of m, which the cube root makes normal (Wilson and
 * Hilferty 1931).
 */
final class PartialCorrelations {

  /** Rows beyond the columns that are needed. */
  private static final int SPARE = 30;

  private static final int MOST_COLUMNS = 1_500;
  private static final int SHOWN = 8;

  /** Deviations of the normal statistic that count as dependence. */
  private static final double ERRORS = 4;

  /** By distance, from 0 on: the number of pairs, Σ|ρ|, Σρ² and the sum of Fisher's squares. */
  private final List<double[]> sums;

  private PartialCorrelations(List<double[]> sums) {
    this.sums = sums;
  }

  static PartialCorrelations of(Samples rows, Adjacency neighbours) {
    int d = rows.columns();
    List<double[]> sums = new ArrayList<>();
    if (d < 2 || d > MOST_COLUMNS) {
      return new PartialCorrelations(sums);
    }
    List<double[]> complete = new ArrayList<>();
    for (int i = 0; i < rows.count(); i++) {
      if (!rows.rows(i, i + 1).hasMissing()) {
        complete.add(rows.row(i));
      }
    }
    int n = complete.size();
    double[][] inverse = new double[d][d];
    if (n < d + SPARE || !invert(correlations(complete, d), inverse)) {
      return new PartialCorrelations(sums);
    }
    for (int i = 0; i < d; i++) {
      int[] distances = neighbours.distances(i);
      for (int j = 0; j < i; j++) {
        if (distances[j] != Adjacency.UNREACHABLE) {
          while (sums.size() <= distances[j]) {
            sums.add(new double[4]);
          }
          double rho = -inverse[i][j] / Math.sqrt(inverse[i][i] * inverse[j][j]);
          double z = 0.5 * (StrictMath.log1p(rho) - StrictMath.log1p(-rho));
          double[] sum = sums.get(distances[j]);
          sum[0]++;
          sum[1] += Math.abs(rho);
          sum[2] += rho * rho;
          sum[3] += z * z * (n - d - 1);
        }
      }
    }
    return new PartialCorrelations(sums);
  }

  /** Whether there were rows enough. */
  boolean known() {
    return !sums.isEmpty();
  }

  /** The greatest distance such that there is dependence at all distances up to it. */
  int radius() {
    int radius = 0;
    while (radius + 1 < sums.size() && statistic(radius + 1) > ERRORS) {
      radius++;
    }
    return radius;
  }

  private double statistic(int distance) {
    double[] sum = sums.get(distance);
    double spread = 2 / (9 * sum[0]);
    return (StrictMath.cbrt(sum[3] / sum[0]) - (1 - spread)) / Math.sqrt(spread);
  }

  List<Evidence.Figure> figures() {
    List<Evidence.Figure> figures = new ArrayList<>();
    int shown = Math.min(sums.size() - 1, Math.max(SHOWN, radius() + 1));
    for (int r = 1; r <= shown; r++) {
      double[] sum = sums.get(r);
      double mean = sum[1] / sum[0];
      double error = Math.sqrt(Math.max(0, sum[2] / sum[0] - mean * mean) / sum[0]);
      figures.add(
          new Evidence.Figure("absolute partial correlation", "distance " + r, mean, error));
    }
    for (int r = 1; r <= shown; r++) {
      figures.add(
          new Evidence.Figure("excess over chance, deviations", "distance " + r, statistic(r), 0));
    }
    return figures;
  }

  private static double[][] correlations(List<double[]> rows, int d) {
    double[] mean = new double[d];
    for (double[] row : rows) {
      for (int j = 0; j < d; j++) {
        mean[j] += row[j] / rows.size();
      }
    }
    double[][] moments = new double[d][d];
    for (double[] row : rows) {
      for (int i = 0; i < d; i++) {
        double above = row[i] - mean[i];
        for (int j = 0; j <= i; j++) {
          moments[i][j] += above * (row[j] - mean[j]);
        }
      }
    }
    double[] roots = new double[d];
    for (int i = 0; i < d; i++) {
      roots[i] = Math.sqrt(moments[i][i]);
    }
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        moments[i][j] /= roots[i] * roots[j];
        moments[j][i] = moments[i][j];
      }
    }
    return moments;
  }

  /** Inverts a positive matrix by its Cholesky factor; false if it is not clearly positive. */
  private static boolean invert(double[][] matrix, double[][] inverse) {
    int d = matrix.length;
    double[][] factor = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= factor[i][k] * factor[j][k];
        }
        if (i == j) {
          if (!(sum > 1e-10)) {
            return false;
          }
          factor[i][i] = Math.sqrt(sum);
        } else {
          factor[i][j] = sum / factor[j][j];
        }
      }
    }
    double[] column = new double[d];
    for (int c = 0; c < d; c++) {
      for (int i = 0; i < d; i++) {
        double sum = i == c ? 1 : 0;
        for (int k = c; k < i; k++) {
          sum -= factor[i][k] * column[k];
        }
        column[i] = i < c ? 0 : sum / factor[i][i];
      }
      for (int i = d - 1; i >= 0; i--) {
        double sum = column[i];
        for (int k = i + 1; k < d; k++) {
          sum -= factor[k][i] * inverse[k][c];
        }
        inverse[i][c] = sum / factor[i][i];
      }
    }
    return true;
  }
}
