package dev.espalier.estimators.network.vector;

import dev.espalier.estimators.network.MatrixKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of matrices, a tile of four rows by four vectors at a time.
 *
 * <p>A tile stays in registers while its terms are added one after the other, so every element has
 * the order of sums that is asked for. The terms are taken {@value #TERMS} at a time, so that what
 * all tiles of some columns read stays in the first cache. What is left over at the bottom is
 * computed with a row to throw away; what is left over at the right, with the last whole vector, of
 * which only the new columns are kept.
 */
final class Products {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LENGTH = SPECIES.length();
  private static final int ROWS = 4;
  private static final int WIDE = 4 * LENGTH;
  private static final int TERMS = 64;

  private Products() {}

  static void add(
      float[][] a,
      int a0,
      float[][] b,
      int b0,
      float[][] c,
      int c0,
      int rows,
      int terms,
      int width) {
    if (width < LENGTH) {
      MatrixKernels.plain().addProduct(a, a0, b, b0, c, c0, rows, terms, width);
      return;
    }
    float[][] factors = new float[ROWS][];
    float[][] sums = new float[ROWS][];
    Edge edge = new Edge(rows, width);
    for (int from = 0; from < terms; from += TERMS) {
      int to = Math.min(terms, from + TERMS);
      for (int j = 0; j < width; j = edge.next(j)) {
        for (int i = 0; i < rows; i += ROWS) {
          for (int r = 0; r < ROWS; r++) {
            factors[r] = a[a0 + Math.min(i + r, rows - 1)];
          }
          edge.begin(c, c0, i, j, sums);
          if (j + WIDE <= width) {
            alongFour(factors, b, b0, sums, j, from, to);
          } else {
            alongOne(factors, b, b0, sums, edge.start(j), from, to);
          }
          edge.end(c, c0, i, j);
        }
      }
    }
  }

  static void addTransposed(
      float[][] a,
      int a0,
      float[][] b,
      int b0,
      float[][] c,
      int c0,
      int rows,
      int terms,
      int width) {
    if (width < LENGTH) {
      MatrixKernels.plain().addTransposedProduct(a, a0, b, b0, c, c0, rows, terms, width);
      return;
    }
    int[] columns = new int[ROWS];
    float[][] sums = new float[ROWS][];
    Edge edge = new Edge(rows, width);
    for (int from = 0; from < terms; from += TERMS) {
      int to = Math.min(terms, from + TERMS);
      for (int j = 0; j < width; j = edge.next(j)) {
        for (int i = 0; i < rows; i += ROWS) {
          for (int r = 0; r < ROWS; r++) {
            columns[r] = Math.min(i + r, rows - 1);
          }
          edge.begin(c, c0, i, j, sums);
          if (j + WIDE <= width) {
            downFour(a, a0, columns, b, b0, sums, j, from, to);
          } else {
            downOne(a, a0, columns, b, b0, sums, edge.start(j), from, to);
          }
          edge.end(c, c0, i, j);
        }
      }
    }
  }

  /** Where the tiles do not fit the matrix. */
  private static final class Edge {
    private final int rows;
    private final int width;
    private final float[][] spare = new float[ROWS][0];

    Edge(int rows, int width) {
      this.rows = rows;
      this.width = width;
    }

    /** The first column after the tile at {@code j}. */
    int next(int j) {
      return j + WIDE <= width ? j + WIDE : Math.min(width, j + LENGTH);
    }

    /** Where the vector that ends with the tile's last column begins. */
    int start(int j) {
      return Math.min(j, width - LENGTH);
    }

    /** Whether some of the tile's columns have their sums already. */
    private boolean over(int j) {
      return j + LENGTH > width;
    }

    /** The rows that a tile adds to, with spare ones where it does not fit. */
    void begin(float[][] c, int c0, int i, int j, float[][] sums) {
      for (int r = 0; r < ROWS; r++) {
        boolean fits = i + r < rows;
        if (fits && !over(j)) {
          sums[r] = c[c0 + i + r];
        } else {
          if (spare[r].length == 0) {
            spare[r] = new float[width];
          }
          if (fits) {
            System.arraycopy(c[c0 + i + r], start(j), spare[r], start(j), LENGTH);
          }
          sums[r] = spare[r];
        }
      }
    }

    /** Keeps the new columns. */
    void end(float[][] c, int c0, int i, int j) {
      if (over(j)) {
        for (int r = 0; r < ROWS && i + r < rows; r++) {
          System.arraycopy(spare[r], j, c[c0 + i + r], j, width - j);
        }
      }
    }
  }

  /** Four rows by four vectors; the factors stand beside each other in the rows of {@code a}. */
  private static void alongFour(
      float[][] a, float[][] b, int b0, float[][] c, int j, int from, int to) {
    float[] a0 = a[0];
    float[] a1 = a[1];
    float[] a2 = a[2];
    float[] a3 = a[3];
    int j1 = j + LENGTH;
    int j2 = j1 + LENGTH;
    int j3 = j2 + LENGTH;
    FloatVector w0 = FloatVector.fromArray(SPECIES, c[0], j);
    FloatVector w1 = FloatVector.fromArray(SPECIES, c[0], j1);
    FloatVector w2 = FloatVector.fromArray(SPECIES, c[0], j2);
    FloatVector w3 = FloatVector.fromArray(SPECIES, c[0], j3);
    FloatVector x0 = FloatVector.fromArray(SPECIES, c[1], j);
    FloatVector x1 = FloatVector.fromArray(SPECIES, c[1], j1);
    FloatVector x2 = FloatVector.fromArray(SPECIES, c[1], j2);
    FloatVector x3 = FloatVector.fromArray(SPECIES, c[1], j3);
    FloatVector y0 = FloatVector.fromArray(SPECIES, c[2], j);
    FloatVector y1 = FloatVector.fromArray(SPECIES, c[2], j1);
    FloatVector y2 = FloatVector.fromArray(SPECIES, c[2], j2);
    FloatVector y3 = FloatVector.fromArray(SPECIES, c[2], j3);
    FloatVector z0 = FloatVector.fromArray(SPECIES, c[3], j);
    FloatVector z1 = FloatVector.fromArray(SPECIES, c[3], j1);
    FloatVector z2 = FloatVector.fromArray(SPECIES, c[3], j2);
    FloatVector z3 = FloatVector.fromArray(SPECIES, c[3], j3);
    for (int k = from; k < to; k++) {
      float[] row = b[b0 + k];
      FloatVector p0 = FloatVector.fromArray(SPECIES, row, j);
      FloatVector p1 = FloatVector.fromArray(SPECIES, row, j1);
      FloatVector p2 = FloatVector.fromArray(SPECIES, row, j2);
      FloatVector p3 = FloatVector.fromArray(SPECIES, row, j3);
      FloatVector f = FloatVector.broadcast(SPECIES, a0[k]);
      w0 = f.fma(p0, w0);
      w1 = f.fma(p1, w1);
      w2 = f.fma(p2, w2);
      w3 = f.fma(p3, w3);
      f = FloatVector.broadcast(SPECIES, a1[k]);
      x0 = f.fma(p0, x0);
      x1 = f.fma(p1, x1);
      x2 = f.fma(p2, x2);
      x3 = f.fma(p3, x3);
      f = FloatVector.broadcast(SPECIES, a2[k]);
      y0 = f.fma(p0, y0);
      y1 = f.fma(p1, y1);
      y2 = f.fma(p2, y2);
      y3 = f.fma(p3, y3);
      f = FloatVector.broadcast(SPECIES, a3[k]);
      z0 = f.fma(p0, z0);
      z1 = f.fma(p1, z1);
      z2 = f.fma(p2, z2);
      z3 = f.fma(p3, z3);
    }
    w0.intoArray(c[0], j);
    w1.intoArray(c[0], j1);
    w2.intoArray(c[0], j2);
    w3.intoArray(c[0], j3);
    x0.intoArray(c[1], j);
    x1.intoArray(c[1], j1);
    x2.intoArray(c[1], j2);
    x3.intoArray(c[1], j3);
    y0.intoArray(c[2], j);
    y1.intoArray(c[2], j1);
    y2.intoArray(c[2], j2);
    y3.intoArray(c[2], j3);
    z0.intoArray(c[3], j);
    z1.intoArray(c[3], j1);
    z2.intoArray(c[3], j2);
    z3.intoArray(c[3], j3);
  }

  /** Four rows by one vector; the factors stand beside each other in the rows of {@code a}. */
  private static void alongOne(
      float[][] a, float[][] b, int b0, float[][] c, int j, int from, int to) {
    float[] a0 = a[0];
    float[] a1 = a[1];
    float[] a2 = a[2];
    float[] a3 = a[3];
    FloatVector w0 = FloatVector.fromArray(SPECIES, c[0], j);
    FloatVector x0 = FloatVector.fromArray(SPECIES, c[1], j);
    FloatVector y0 = FloatVector.fromArray(SPECIES, c[2], j);
    FloatVector z0 = FloatVector.fromArray(SPECIES, c[3], j);
    for (int k = from; k < to; k++) {
      float[] row = b[b0 + k];
      FloatVector p0 = FloatVector.fromArray(SPECIES, row, j);
      FloatVector f = FloatVector.broadcast(SPECIES, a0[k]);
      w0 = f.fma(p0, w0);
      f = FloatVector.broadcast(SPECIES, a1[k]);
      x0 = f.fma(p0, x0);
      f = FloatVector.broadcast(SPECIES, a2[k]);
      y0 = f.fma(p0, y0);
      f = FloatVector.broadcast(SPECIES, a3[k]);
      z0 = f.fma(p0, z0);
    }
    w0.intoArray(c[0], j);
    x0.intoArray(c[1], j);
    y0.intoArray(c[2], j);
    z0.intoArray(c[3], j);
  }

  /** Four rows by four vectors; the factors stand below each other in columns of {@code a}. */
  private static void downFour(
      float[][] a,
      int a0,
      int[] columns,
      float[][] b,
      int b0,
      float[][] c,
      int j,
      int from,
      int to) {
    int i0 = columns[0];
    int i1 = columns[1];
    int i2 = columns[2];
    int i3 = columns[3];
    int j1 = j + LENGTH;
    int j2 = j1 + LENGTH;
    int j3 = j2 + LENGTH;
    FloatVector w0 = FloatVector.fromArray(SPECIES, c[0], j);
    FloatVector w1 = FloatVector.fromArray(SPECIES, c[0], j1);
    FloatVector w2 = FloatVector.fromArray(SPECIES, c[0], j2);
    FloatVector w3 = FloatVector.fromArray(SPECIES, c[0], j3);
    FloatVector x0 = FloatVector.fromArray(SPECIES, c[1], j);
    FloatVector x1 = FloatVector.fromArray(SPECIES, c[1], j1);
    FloatVector x2 = FloatVector.fromArray(SPECIES, c[1], j2);
    FloatVector x3 = FloatVector.fromArray(SPECIES, c[1], j3);
    FloatVector y0 = FloatVector.fromArray(SPECIES, c[2], j);
    FloatVector y1 = FloatVector.fromArray(SPECIES, c[2], j1);
    FloatVector y2 = FloatVector.fromArray(SPECIES, c[2], j2);
    FloatVector y3 = FloatVector.fromArray(SPECIES, c[2], j3);
    FloatVector z0 = FloatVector.fromArray(SPECIES, c[3], j);
    FloatVector z1 = FloatVector.fromArray(SPECIES, c[3], j1);
    FloatVector z2 = FloatVector.fromArray(SPECIES, c[3], j2);
    FloatVector z3 = FloatVector.fromArray(SPECIES, c[3], j3);
    for (int k = from; k < to; k++) {
      float[] factors = a[a0 + k];
      float[] row = b[b0 + k];
      FloatVector p0 = FloatVector.fromArray(SPECIES, row, j);
      FloatVector p1 = FloatVector.fromArray(SPECIES, row, j1);
      FloatVector p2 = FloatVector.fromArray(SPECIES, row, j2);
      FloatVector p3 = FloatVector.fromArray(SPECIES, row, j3);
      FloatVector f = FloatVector.broadcast(SPECIES, factors[i0]);
      w0 = f.fma(p0, w0);
      w1 = f.fma(p1, w1);
      w2 = f.fma(p2, w2);
      w3 = f.fma(p3, w3);
      f = FloatVector.broadcast(SPECIES, factors[i1]);
      x0 = f.fma(p0, x0);
      x1 = f.fma(p1, x1);
      x2 = f.fma(p2, x2);
      x3 = f.fma(p3, x3);
      f = FloatVector.broadcast(SPECIES, factors[i2]);
      y0 = f.fma(p0, y0);
      y1 = f.fma(p1, y1);
      y2 = f.fma(p2, y2);
      y3 = f.fma(p3, y3);
      f = FloatVector.broadcast(SPECIES, factors[i3]);
      z0 = f.fma(p0, z0);
      z1 = f.fma(p1, z1);
      z2 = f.fma(p2, z2);
      z3 = f.fma(p3, z3);
    }
    w0.intoArray(c[0], j);
    w1.intoArray(c[0], j1);
    w2.intoArray(c[0], j2);
    w3.intoArray(c[0], j3);
    x0.intoArray(c[1], j);
    x1.intoArray(c[1], j1);
    x2.intoArray(c[1], j2);
    x3.intoArray(c[1], j3);
    y0.intoArray(c[2], j);
    y1.intoArray(c[2], j1);
    y2.intoArray(c[2], j2);
    y3.intoArray(c[2], j3);
    z0.intoArray(c[3], j);
    z1.intoArray(c[3], j1);
    z2.intoArray(c[3], j2);
    z3.intoArray(c[3], j3);
  }

  /** Four rows by one vector; the factors stand below each other in columns of {@code a}. */
  private static void downOne(
      float[][] a,
      int a0,
      int[] columns,
      float[][] b,
      int b0,
      float[][] c,
      int j,
      int from,
      int to) {
    int i0 = columns[0];
    int i1 = columns[1];
    int i2 = columns[2];
    int i3 = columns[3];
    FloatVector w0 = FloatVector.fromArray(SPECIES, c[0], j);
    FloatVector x0 = FloatVector.fromArray(SPECIES, c[1], j);
    FloatVector y0 = FloatVector.fromArray(SPECIES, c[2], j);
    FloatVector z0 = FloatVector.fromArray(SPECIES, c[3], j);
    for (int k = from; k < to; k++) {
      float[] factors = a[a0 + k];
      float[] row = b[b0 + k];
      FloatVector p0 = FloatVector.fromArray(SPECIES, row, j);
      FloatVector f = FloatVector.broadcast(SPECIES, factors[i0]);
      w0 = f.fma(p0, w0);
      f = FloatVector.broadcast(SPECIES, factors[i1]);
      x0 = f.fma(p0, x0);
      f = FloatVector.broadcast(SPECIES, factors[i2]);
      y0 = f.fma(p0, y0);
      f = FloatVector.broadcast(SPECIES, factors[i3]);
      z0 = f.fma(p0, z0);
    }
    w0.intoArray(c[0], j);
    x0.intoArray(c[1], j);
    y0.intoArray(c[2], j);
    z0.intoArray(c[3], j);
  }
}
