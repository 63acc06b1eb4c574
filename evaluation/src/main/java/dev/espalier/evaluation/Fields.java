package dev.espalier.evaluation;

import dev.espalier.api.Samples;

/**
 * Rows as fields on a grid, one column a cell, row by row of the grid; a series is a grid of one
 * row.
 *
 * @param rows of the grid, at least 1
 * @param columns of the grid, at least 1
 */
public record Fields(int rows, int columns) implements java.io.Serializable {

  /** Checks the ranges. */
  public Fields {
    if (!(rows >= 1 && columns >= 1 && (long) rows * columns >= 2)) {
      throw new IllegalArgumentException(
          "need a grid of at least 2 cells, got " + rows + "x" + columns);
    }
  }

  private void require(Samples samples) {
    Rows.requireComplete(samples, 1);
    if (samples.columns() != rows * columns) {
      throw new IllegalArgumentException(
          "need rows of " + rows * columns + " cells, got " + samples.columns());
    }
  }

  /**
   * The mean power of the fields' Fourier coefficients by the size of their frequency: entry k is
   * the mean of |F|²/(cells) over frequencies whose length in cycles a grid rounds to k, from 0 up
   * to half the longer side. Each field less the mean field.
   *
   * <p>Time grows with n·cells·(rows + columns).
   */
  public double[] spectrum(Samples samples) {
    require(samples);
    int top = Math.max(rows, columns) / 2;
    double[] power = new double[top + 1];
    double[] counts = new double[top + 1];
    double[] mean = new double[rows * columns];
    for (int j = 0; j < mean.length; j++) {
      mean[j] = Energy.mean(samples.column(j));
    }
    double[][] down = waves(rows);
    double[][] across = waves(columns);
    for (int i = 0; i < samples.count(); i++) {
      double[] field = samples.row(i);
      for (int j = 0; j < field.length; j++) {
        field[j] -= mean[j];
      }
      add(field, down, across, power, counts);
    }
    for (int k = 0; k <= top; k++) {
      power[k] = counts[k] == 0 ? 0 : power[k] / counts[k];
    }
    return power;
  }

  /** The cosines of k/n of a turn, then the sines. */
  private static double[][] waves(int n) {
    double[][] waves = new double[2][n];
    for (int k = 0; k < n; k++) {
      double angle = 2 * Math.PI * k / n;
      waves[0][k] = StrictMath.cos(angle);
      waves[1][k] = StrictMath.sin(angle);
    }
    return waves;
  }

  private void add(
      double[] field, double[][] down, double[][] across, double[] power, double[] counts) {
    double[] real = new double[rows * columns];
    double[] imaginary = new double[rows * columns];
    for (int r = 0; r < rows; r++) {
      for (int v = 0; v < columns; v++) {
        for (int c = 0; c < columns; c++) {
          int turn = (int) ((long) v * c % columns);
          real[r * columns + v] += field[r * columns + c] * across[0][turn];
          imaginary[r * columns + v] -= field[r * columns + c] * across[1][turn];
        }
      }
    }
    for (int u = 0; u < rows; u++) {
      for (int v = 0; v < columns; v++) {
        double re = 0;
        double im = 0;
        for (int r = 0; r < rows; r++) {
          int turn = (int) ((long) u * r % rows);
          double x = real[r * columns + v];
          double y = imaginary[r * columns + v];
          re += x * down[0][turn] + y * down[1][turn];
          im += y * down[0][turn] - x * down[1][turn];
        }
        int low = Math.min(u, rows - u);
        int high = Math.min(v, columns - v);
        int k = (int) Math.rint(Math.sqrt((double) low * low + (double) high * high));
        if (k < power.length) {
          power[k] += (re * re + im * im) / field.length;
          counts[k]++;
        }
      }
    }
  }

  /**
   * The mean over frequencies of |ln(S/T)|, S and T the spectra of real and drawn rows; frequencies
   * without power in the real rows do not count.
   */
  public double spectrumError(Samples real, Samples drawn) {
    Rows.requirePair(real, drawn, 2);
    double[] s = spectrum(real);
    double[] t = spectrum(drawn);
    double greatest = 0;
    for (double each : s) {
      greatest = Math.max(greatest, each);
    }
    double sum = 0;
    int count = 0;
    for (int k = 0; k < s.length; k++) {
      if (s[k] > 1e-12 * greatest) {
        sum += Math.abs(StrictMath.log(Math.max(t[k], 1e-12 * greatest) / s[k]));
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }

  /**
   * Half the mean squared difference of two cells h apart along a side of the grid, for h from 1 to
   * half the longer side (at least 1).
   */
  public double[] variogram(Samples samples) {
    require(samples);
    double[] halves = new double[Math.max(1, Math.max(rows, columns) / 2)];
    for (int h = 1; h <= halves.length; h++) {
      double sum = 0;
      long pairs = 0;
      for (int i = 0; i < samples.count(); i++) {
        double[] field = samples.row(i);
        for (int r = 0; r < rows; r++) {
          for (int c = 0; c < columns; c++) {
            double here = field[r * columns + c];
            if (c + h < columns) {
              double gap = here - field[r * columns + c + h];
              sum += gap * gap;
              pairs++;
            }
            if (r + h < rows) {
              double gap = here - field[(r + h) * columns + c];
              sum += gap * gap;
              pairs++;
            }
          }
        }
      }
      halves[h - 1] = pairs == 0 ? 0 : sum / pairs / 2;
    }
    return halves;
  }

  /** The mean over lags of |γ − δ|/γ, γ and δ the variograms of real and drawn rows. */
  public double variogramError(Samples real, Samples drawn) {
    Rows.requirePair(real, drawn, 1);
    double[] one = variogram(real);
    double[] other = variogram(drawn);
    double sum = 0;
    int count = 0;
    for (int h = 0; h < one.length; h++) {
      if (one[h] > 0) {
        sum += Math.abs(one[h] - other[h]) / one[h];
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }
}
