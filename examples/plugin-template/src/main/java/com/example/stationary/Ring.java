package com.example.stationary;

import java.io.Serializable;

/**
 * The orthonormal real Fourier transform of rows of d values, in time d·(sum of the prime factors
 * of d).
 *
 * <p>Coordinate 0 is the mean of the row times √d; 2k−1 and 2k are the cosine and sine of frequency
 * k; with d even, the last one is that of the highest frequency, which has a cosine alone.
 */
final class Ring implements Serializable {
  private static final long serialVersionUID = 1;

  private final int columns;
  private final double[] cosines;
  private final double[] sines;

  /** The transform of rows of so many columns, at least 1. */
  Ring(int columns) {
    this.columns = columns;
    cosines = new double[columns];
    sines = new double[columns];
    for (int j = 0; j < columns; j++) {
      cosines[j] = StrictMath.cos(2 * Math.PI * j / columns);
      sines[j] = StrictMath.sin(2 * Math.PI * j / columns);
    }
  }

  int columns() {
    return columns;
  }

  /** The coordinates of a frequency from 0 to d/2: two, or one at either end. */
  static int[] pair(int columns, int frequency) {
    boolean alone = frequency == 0 || 2 * frequency == columns;
    int first = Math.max(0, 2 * frequency - 1);
    return alone ? new int[] {first} : new int[] {first, first + 1};
  }

  /** Writes the coordinates of every row of {@code x}. */
  void transform(double[] x, double[] out) {
    double whole = Math.sqrt(1.0 / columns);
    double half = Math.sqrt(2.0 / columns);
    double[] nothing = new double[x.length];
    for (int at = 0; at < x.length; at += columns) {
      double[][] spectrum = spectrum(x, nothing, at, 1, columns);
      for (int k = 0; k <= columns / 2; k++) {
        int[] pair = pair(columns, k);
        out[at + pair[0]] = (pair.length == 1 ? whole : half) * spectrum[0][k];
        if (pair.length == 2) {
          out[at + pair[1]] = -half * spectrum[1][k];
        }
      }
    }
  }

  /** Writes the rows that have the coordinates {@code u}: the transpose of the transform. */
  void back(double[] u, double[] out) {
    double whole = Math.sqrt(1.0 / columns);
    double half = Math.sqrt(0.5 / columns);
    double[] real = new double[columns];
    double[] imaginary = new double[columns];
    for (int at = 0; at < u.length; at += columns) {
      for (int k = 0; k <= columns / 2; k++) {
        int[] pair = pair(columns, k);
        if (pair.length == 1) {
          real[k] = whole * u[at + pair[0]];
          imaginary[k] = 0;
        } else {
          real[k] = half * u[at + pair[0]];
          imaginary[k] = half * u[at + pair[1]];
          real[columns - k] = real[k];
          imaginary[columns - k] = -imaginary[k];
        }
      }
      System.arraycopy(spectrum(real, imaginary, 0, 1, columns)[0], 0, out, at, columns);
    }
  }

  /** The Fourier transform of n values, {@code stride} apart: by the smallest factor of n. */
  private double[][] spectrum(double[] re, double[] im, int first, int stride, int n) {
    if (n == 1) {
      return new double[][] {{re[first]}, {im[first]}};
    }
    int factor = 2;
    while (n % factor != 0) {
      factor++;
    }
    int part = n / factor;
    double[][] sum = new double[2][n];
    for (int q = 0; q < factor; q++) {
      double[][] one = spectrum(re, im, first + q * stride, stride * factor, part);
      for (int k = 0; k < n; k++) {
        int angle = (int) ((long) q * k % n) * (columns / n);
        double c = cosines[angle];
        double s = sines[angle];
        sum[0][k] += c * one[0][k % part] + s * one[1][k % part];
        sum[1][k] += c * one[1][k % part] - s * one[0][k % part];
      }
    }
    return sum;
  }
}
