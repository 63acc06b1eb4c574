package dev.espalier.samplers;

import java.util.Arrays;

/**
 * The square root of {@code p·I + q·J} times a vector, row by row, from products with the symmetric
 * {@code J} alone (Lanczos' method with full reorthogonalisation).
 */
final class KrylovRoot {

  /** Dimensions after which a row is taken as it is; reached by no well-posed step. */
  private static final int MOST = 96;

  /** Last coefficient, relative to the first, at which a row is done. */
  private static final double DONE = 1e-12;

  private final int columns;
  private final double p;
  private final double q;

  KrylovRoot(int columns, double p, double q) {
    this.columns = columns;
    this.p = p;
    this.q = q;
  }

  /** Writes {@code J(x)·v} for every row given. */
  @FunctionalInterface
  interface Products {
    void apply(double[] x, double[] v, double[] out);
  }

  /** The root at each row of {@code x} times the same row of {@code z}. */
  double[] times(Products products, double[] x, double[] z) {
    int rows = x.length / columns;
    double[] result = new double[x.length];
    Lanczos[] each = new Lanczos[rows];
    int[] open = new int[rows];
    int count = 0;
    for (int i = 0; i < rows; i++) {
      each[i] = new Lanczos(Arrays.copyOfRange(z, i * columns, (i + 1) * columns));
      if (!each[i].done) {
        open[count++] = i;
      }
    }
    while (count > 0) {
      double[] points = new double[count * columns];
      double[] vectors = new double[count * columns];
      double[] images = new double[count * columns];
      for (int k = 0; k < count; k++) {
        System.arraycopy(x, open[k] * columns, points, k * columns, columns);
        each[open[k]].direction(vectors, k * columns);
      }
      products.apply(points, vectors, images);
      int left = 0;
      for (int k = 0; k < count; k++) {
        Lanczos row = each[open[k]];
        row.accept(images, k * columns);
        if (!row.done) {
          open[left++] = open[k];
        }
      }
      count = left;
    }
    for (int i = 0; i < rows; i++) {
      each[i].write(result, i * columns);
    }
    return result;
  }

  /** The Krylov space of one row. */
  private final class Lanczos {
    private final double length;
    private double[][] basis = new double[4][];
    private double[] diagonal = new double[4];
    private double[] beside = new double[4];
    private double[] weights = new double[0];
    private int size;
    private boolean done;

    Lanczos(double[] start) {
      length = Math.sqrt(dot(start, start));
      done = length == 0 || q == 0;
      if (length > 0) {
        basis[0] = start;
        scale(start, 1 / length);
        weights = new double[] {Math.sqrt(Math.max(0, p))};
      }
    }

    void direction(double[] out, int at) {
      System.arraycopy(basis[size], 0, out, at, columns);
    }

    /** Takes {@code J} times the newest direction and adds the next one. */
    void accept(double[] images, int at) {
      if (size + 1 == basis.length) {
        basis = Arrays.copyOf(basis, 2 * basis.length);
        diagonal = Arrays.copyOf(diagonal, 2 * diagonal.length);
        beside = Arrays.copyOf(beside, 2 * beside.length);
      }
      double[] w = Arrays.copyOfRange(images, at, at + columns);
      double before = Math.sqrt(dot(w, w));
      diagonal[size] = dot(basis[size], w);
      for (int pass = 0; pass < 2; pass++) {
        for (int k = size; k >= 0; k--) {
          subtract(w, dot(basis[k], w), basis[k]);
        }
      }
      double norm = Math.sqrt(dot(w, w));
      beside[size] = norm;
      size++;
      boolean exhausted = norm <= 1e-13 * before || size == columns || size == MOST;
      weights = TridiagonalRoot.firstColumn(diagonal, beside, size, p, q);
      done = exhausted || !(Math.abs(weights[size - 1]) > DONE * Math.abs(weights[0]));
      if (!done) {
        scale(w, 1 / norm);
        basis[size] = w;
      }
    }

    void write(double[] out, int at) {
      for (int k = 0; k < weights.length; k++) {
        double weight = length * weights[k];
        for (int j = 0; j < columns; j++) {
          out[at + j] += weight * basis[k][j];
        }
      }
    }
  }

  private static double dot(double[] u, double[] v) {
    double sum = 0;
    for (int j = 0; j < u.length; j++) {
      sum += u[j] * v[j];
    }
    return sum;
  }

  private static void scale(double[] v, double factor) {
    for (int j = 0; j < v.length; j++) {
      v[j] *= factor;
    }
  }

  private static void subtract(double[] w, double factor, double[] v) {
    for (int j = 0; j < w.length; j++) {
      w[j] -= factor * v[j];
    }
  }
}
