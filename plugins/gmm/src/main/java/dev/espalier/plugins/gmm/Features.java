package dev.espalier.plugins.gmm;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What of a row goes into the sums of the M-step: its values, and maybe their squares or all their
 * products, cut into tiles that fit the fastest memory.
 */
final class Features implements Serializable {
  private static final long serialVersionUID = 1;

  private static final int TILE = 576;

  /** Which moments are summed. */
  enum Order {
    /** The values alone. */
    VALUES,
    /** The values and their squares. */
    SQUARES,
    /** The values and the lower triangle of their products. */
    PRODUCTS
  }

  private final Order order;
  private final int columns;

  /** Tile t holds the products of the columns from starts[t] to starts[t + 1]. */
  private final int[] starts;

  Features(Order order, int columns) {
    this.order = order;
    this.columns = columns;
    this.starts = order == Order.PRODUCTS ? starts(columns) : new int[] {0, 0};
  }

  private static int[] starts(int columns) {
    int[] starts = new int[columns + 2];
    int count = 0;
    int length = columns;
    for (int p = 0; p < columns; p++) {
      if (length + p + 1 > TILE && length > 0) {
        starts[++count] = p;
        length = 0;
      }
      length += p + 1;
    }
    starts[++count] = columns;
    return Arrays.copyOf(starts, count + 1);
  }

  int columns() {
    return columns;
  }

  int tiles() {
    return starts.length - 1;
  }

  int length(int tile) {
    int lead = tile == 0 ? columns : 0;
    return switch (order) {
      case VALUES -> lead;
      case SQUARES -> lead + columns;
      case PRODUCTS -> lead + triangle(starts[tile + 1]) - triangle(starts[tile]);
    };
  }

  private static int triangle(int p) {
    return Math.toIntExact((long) p * (p + 1) / 2);
  }

  /** An empty sum. */
  double[][] sums() {
    double[][] sums = new double[tiles()][];
    for (int t = 0; t < sums.length; t++) {
      sums[t] = new double[length(t)];
    }
    return sums;
  }

  /** Writes one tile of the features of a row. */
  void fill(int tile, double[] row, double[] out) {
    int at = 0;
    if (tile == 0) {
      System.arraycopy(row, 0, out, 0, columns);
      at = columns;
    }
    if (order == Order.SQUARES) {
      for (int j = 0; j < columns; j++) {
        out[at + j] = row[j] * row[j];
      }
    }
    for (int p = starts[tile]; p < starts[tile + 1]; p++) {
      double value = row[p];
      for (int q = 0; q <= p; q++) {
        out[at + q] = value * row[q];
      }
      at += p + 1;
    }
  }

  /** Writes one tile of the features of {@code count} rows. */
  void fill(int tile, double[][] rows, int count, double[][] out) {
    int i = 0;
    for (; i + 4 <= count && order == Order.PRODUCTS; i += 4) {
      int at = 0;
      if (tile == 0) {
        for (int r = i; r < i + 4; r++) {
          System.arraycopy(rows[r], 0, out[r], 0, columns);
        }
        at = columns;
      }
      for (int p = starts[tile]; p < starts[tile + 1]; p++) {
        products(p, rows, out, i, at);
        at += p + 1;
      }
    }
    for (; i < count; i++) {
      fill(tile, rows[i], out[i]);
    }
  }

  /** Four rows at a time hide the cost of short loops. */
  private static void products(int p, double[][] rows, double[][] out, int i, int at) {
    double[] x0 = rows[i];
    double[] x1 = rows[i + 1];
    double[] x2 = rows[i + 2];
    double[] x3 = rows[i + 3];
    double[] y0 = out[i];
    double[] y1 = out[i + 1];
    double[] y2 = out[i + 2];
    double[] y3 = out[i + 3];
    double v0 = x0[p];
    double v1 = x1[p];
    double v2 = x2[p];
    double v3 = x3[p];
    for (int q = 0; q <= p; q++) {
      y0[at + q] = v0 * x0[q];
      y1[at + q] = v1 * x1[q];
      y2[at + q] = v2 * x2[q];
      y3[at + q] = v3 * x3[q];
    }
  }

  /** Adds the covariance of cells that are not known to a sum of features. */
  void addCovariance(double[][] sums, int p, int q, double value) {
    if (order == Order.SQUARES) {
      if (p == q) {
        sums[0][columns + p] += value;
      }
    } else if (order == Order.PRODUCTS) {
      int high = Math.max(p, q);
      int tile = tileOf(high);
      sums[tile][index(tile, high, Math.min(p, q))] += value;
    }
  }

  /** The sum of the products of columns {@code p >= q}. */
  double product(double[][] sums, int p, int q) {
    int tile = tileOf(p);
    return sums[tile][index(tile, p, q)];
  }

  /** The sum of the squares of column {@code p}. */
  double square(double[][] sums, int p) {
    return order == Order.SQUARES ? sums[0][columns + p] : product(sums, p, p);
  }

  private int tileOf(int p) {
    int tile = 0;
    while (starts[tile + 1] <= p) {
      tile++;
    }
    return tile;
  }

  private int index(int tile, int p, int q) {
    return (tile == 0 ? columns : 0) + triangle(p) - triangle(starts[tile]) + q;
  }
}
