package dev.espalier.plugins.gmm;

import java.io.Serializable;

/**
 * Consecutive rows of one fit: a piece of work whose sums are formed on their own.
 *
 * <p>The rows lie here twice: as rows, and as panels of up to {@link #PANEL} rows that hold one
 * array a column, with missing cells at the mean of their column, which is 0.
 */
final class Block implements Serializable {
  private static final long serialVersionUID = 1;

  /** Rows in a panel: enough for long loops, few enough for a panel to stay in the second cache. */
  static final int PANEL = 256;

  private final double[][] rows;
  private final double[] weights;
  private final double[][][] panels;
  private final boolean complete;

  /**
   * Lays out rows of {@code columns} values; {@code NaN} where missing.
   *
   * @param complete whether no cell is missing
   */
  Block(double[][] rows, double[] weights, int columns, boolean complete) {
    this.rows = rows;
    this.weights = weights;
    this.complete = complete;
    int padded = padded(columns);
    this.panels = new double[(rows.length + PANEL - 1) / PANEL][padded][];
    for (int p = 0; p < panels.length; p++) {
      int length = Math.min(PANEL, rows.length - p * PANEL);
      double[] zeros = new double[length];
      for (int j = 0; j < padded; j++) {
        panels[p][j] = j < columns ? new double[length] : zeros;
      }
      for (int i = 0; i < length; i++) {
        double[] row = rows[p * PANEL + i];
        for (int j = 0; j < columns; j++) {
          panels[p][j][i] = Double.isNaN(row[j]) ? 0 : row[j];
        }
      }
    }
  }

  /** The next multiple of three: products take terms by threes. */
  static int padded(int columns) {
    return (columns + 2) / 3 * 3;
  }

  int count() {
    return rows.length;
  }

  double[] row(int i) {
    return rows[i];
  }

  double weight(int i) {
    return weights[i];
  }

  boolean complete() {
    return complete;
  }

  int panels() {
    return panels.length;
  }

  /** One array a column, padded with columns of zeros to a multiple of three. */
  double[][] panel(int p) {
    return panels[p];
  }
}
