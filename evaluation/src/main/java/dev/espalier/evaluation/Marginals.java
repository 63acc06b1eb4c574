package dev.espalier.evaluation;

import dev.espalier.api.Samples;
import java.util.Arrays;

/** Differences between two sets of rows, one column or one pair of columns at a time. */
public final class Marginals {

  private Marginals() {}

  /**
   * The two-sample Kolmogorov–Smirnov statistic of every column: the greatest gap between the
   * empirical distribution functions, from 0 to 1. Time grows with (n + m)·log(n + m)·d.
   *
   * @throws IllegalArgumentException if the columns differ
   * @throws dev.espalier.api.InvalidDataException if a set has no row or a missing cell
   */
  public static double[] kolmogorovSmirnov(Samples one, Samples other) {
    Rows.requirePair(one, other, 1);
    double[] statistics = new double[one.columns()];
    for (int j = 0; j < statistics.length; j++) {
      statistics[j] = gap(one.column(j), other.column(j));
    }
    return statistics;
  }

  static double gap(double[] x, double[] y) {
    Arrays.sort(x);
    Arrays.sort(y);
    double gap = 0;
    int i = 0;
    int j = 0;
    while (i < x.length && j < y.length) {
      double at = Math.min(x[i], y[j]);
      while (i < x.length && x[i] <= at) {
        i++;
      }
      while (j < y.length && y[j] <= at) {
        j++;
      }
      gap = Math.max(gap, Math.abs(i / (double) x.length - j / (double) y.length));
    }
    return gap;
  }

  /**
   * The mean absolute difference of the correlations of all pairs of columns, from 0 to 2; a
   * constant column correlates with nothing, and one column alone gives 0. Time grows with (n +
   * m)·d².
   *
   * @throws IllegalArgumentException if the columns differ
   * @throws dev.espalier.api.InvalidDataException if a set has no row or a missing cell
   */
  public static double correlationError(Samples one, Samples other) {
    Rows.requirePair(one, other, 1);
    int d = one.columns();
    double[][] x = standardised(one);
    double[][] y = standardised(other);
    double sum = 0;
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < i; j++) {
        sum += Math.abs(product(x[i], x[j]) - product(y[i], y[j]));
      }
    }
    return d == 1 ? 0 : sum / (0.5 * d * (d - 1));
  }

  private static double[][] standardised(Samples rows) {
    Samples scaled = Scaling.standard(rows).apply(rows);
    double[][] columns = new double[rows.columns()][];
    for (int j = 0; j < columns.length; j++) {
      columns[j] = scaled.column(j);
    }
    return columns;
  }

  private static double product(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum / x.length;
  }
}
