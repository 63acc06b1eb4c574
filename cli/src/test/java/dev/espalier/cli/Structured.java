package dev.espalier.cli;

import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import java.util.random.RandomGenerator;

/** Generated rows whose structure is known. */
final class Structured {

  private Structured() {}

  /** Isotropic normal rows. */
  static Samples noise(int d, int n, long seed) {
    RandomGenerator random = new Streams(seed).stream("noise", 0);
    return Samples.of(d, gaussians(n * d, random));
  }

  /** Four spherical components, every two of means 4 deviations apart, in eight columns. */
  static Samples mixture(int n, long seed) {
    RandomGenerator random = new Streams(seed).stream("mixture", 0);
    int d = 8;
    double[] rows = gaussians(n * d, random);
    for (int i = 0; i < n; i++) {
      // Corners of a regular simplex: multiples of unit vectors are √2 times that far apart.
      rows[i * d + random.nextInt(4)] += 4 / Math.sqrt(2);
    }
    return Samples.of(d, rows);
  }

  /** Rows near a random subspace of rank 5 in 64 columns; deviations 3 to 1 in it, 0.1 off it. */
  static Samples subspace(int n, long seed) {
    RandomGenerator random = new Streams(seed).stream("subspace", 0);
    int d = 64;
    int rank = 5;
    double[][] basis = new double[rank][];
    for (int k = 0; k < rank; k++) {
      double[] v = gaussians(d, random);
      for (int l = 0; l < k; l++) {
        add(-dot(v, basis[l]), basis[l], v);
      }
      double norm = Math.sqrt(dot(v, v));
      for (int j = 0; j < d; j++) {
        v[j] /= norm;
      }
      basis[k] = v;
    }
    double[] rows = new double[n * d];
    for (int i = 0; i < n; i++) {
      double[] row = gaussians(d, random);
      for (int j = 0; j < d; j++) {
        row[j] *= 0.1;
      }
      for (int k = 0; k < rank; k++) {
        double along = (3 - 0.5 * k) * random.nextGaussian();
        add(along - dot(row, basis[k]), basis[k], row);
      }
      System.arraycopy(row, 0, rows, i * d, d);
    }
    return Samples.of(d, rows);
  }

  /** A stationary chain: the precision is a chain's Laplacian plus a tenth, so neighbours only. */
  static Samples chain(int d, int n, long seed) {
    RandomGenerator random = new Streams(seed).stream("chain", 0);
    // Cholesky factor of the tridiagonal precision: q = l·lᵀ with diagonal a and below it b.
    double[] a = new double[d];
    double[] b = new double[d];
    for (int j = 0; j < d; j++) {
      double degree = (j == 0 || j == d - 1 ? 1 : 2) + 0.1;
      a[j] = Math.sqrt(degree - (j == 0 ? 0 : b[j - 1] * b[j - 1]));
      b[j] = j == d - 1 ? 0 : -1 / a[j];
    }
    double[] rows = gaussians(n * d, random);
    for (int i = 0; i < n; i++) {
      for (int j = d - 1; j >= 0; j--) {
        double right = j == d - 1 ? 0 : b[j] * rows[i * d + j + 1];
        rows[i * d + j] = (rows[i * d + j] - right) / a[j];
      }
    }
    return Samples.of(d, rows);
  }

  /** Such a chain with its columns in random order. */
  static Samples scattered(int d, int n, long seed) {
    RandomGenerator random = new Streams(seed).stream("order", 0);
    int[] order = new int[d];
    for (int j = 0; j < d; j++) {
      int k = random.nextInt(j + 1);
      order[j] = order[k];
      order[k] = j;
    }
    return chain(d, n, seed).columns(order);
  }

  private static double[] gaussians(int count, RandomGenerator random) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      sum += x[j] * y[j];
    }
    return sum;
  }

  private static void add(double factor, double[] x, double[] to) {
    for (int j = 0; j < x.length; j++) {
      to[j] += factor * x[j];
    }
  }

  /** The rows as a table with columns x0, x1 and so on. */
  static String csv(Samples rows) {
    StringBuilder text = new StringBuilder();
    for (int j = 0; j < rows.columns(); j++) {
      text.append(j == 0 ? "" : ",").append('x').append(j);
    }
    for (int i = 0; i < rows.count(); i++) {
      text.append('\n');
      for (int j = 0; j < rows.columns(); j++) {
        text.append(j == 0 ? "" : ",").append(rows.get(i, j));
      }
    }
    return text.append('\n').toString();
  }
}
