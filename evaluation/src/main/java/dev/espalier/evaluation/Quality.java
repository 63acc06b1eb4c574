package dev.espalier.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How like real columns, and pairs of columns, drawn ones are, each from 0 to 1, by the definitions
 * of SDMetrics (KSComplement, TVComplement, CorrelationSimilarity, ContingencySimilarity), so that
 * numbers compare.
 *
 * <p>Numbers that are missing are left out; among words a missing one is a word of its own.
 */
public final class Quality {

  private static final int BINS = 10;

  private Quality() {}

  /**
   * The likeness of every column: 1 less the Kolmogorov–Smirnov statistic of numbers, 1 less the
   * total variation distance of words. A column without a number on one side is 0, on both 1.
   *
   * @throws IllegalArgumentException if the columns differ
   */
  public static double[] columnShapes(Cells real, Cells drawn) {
    Cells.requirePair(real, drawn);
    double[] shapes = new double[real.names().size()];
    for (int j = 0; j < shapes.length; j++) {
      shapes[j] = real.hasWords(j) ? likeWords(real, drawn, j) : likeNumbers(real, drawn, j);
    }
    return shapes;
  }

  private static double likeNumbers(Cells real, Cells drawn, int j) {
    double[] x = there(real.numbers(j));
    double[] y = there(drawn.numbers(j));
    if (x.length == 0 || y.length == 0) {
      return x.length == y.length ? 1 : 0;
    }
    return 1 - Marginals.gap(x, y);
  }

  private static double[] there(double[] values) {
    return Arrays.stream(values).filter(each -> !Double.isNaN(each)).toArray();
  }

  private static double likeWords(Cells real, Cells drawn, int j) {
    List<String> known = new ArrayList<>();
    int[] one = real.codes(j, known);
    int[] other = drawn.codes(j, known);
    return 1 - variation(one, other, known.size());
  }

  /** Half the sum of the absolute differences of the shares. */
  private static double variation(int[] one, int[] other, int words) {
    double[] shares = new double[words];
    for (int code : one) {
      shares[code] += 1.0 / one.length;
    }
    for (int code : other) {
      shares[code] -= 1.0 / other.length;
    }
    double sum = 0;
    for (double each : shares) {
      sum += Math.abs(each);
    }
    return Math.min(1, sum / 2);
  }

  /**
   * The likeness of every pair of columns, a symmetric matrix with 1 on its diagonal: 1 − |r − s|/2
   * of the correlations of two columns of numbers, else 1 less the total variation distance of the
   * joint table of words, in which a number counts by its tenth of the range of the real ones.
   *
   * <p>A column of numbers that does not vary correlates with nothing.
   *
   * @throws IllegalArgumentException if the columns differ
   */
  public static double[][] pairTrends(Cells real, Cells drawn) {
    Cells.requirePair(real, drawn);
    int d = real.names().size();
    double[][] one = new double[d][];
    int[][] oneCodes = new int[d][];
    int[][] otherCodes = new int[d][];
    int[] words = new int[d];
    for (int j = 0; j < d; j++) {
      List<String> known = new ArrayList<>();
      oneCodes[j] = real.hasWords(j) ? real.codes(j, known) : bins(real, real, j);
      otherCodes[j] = real.hasWords(j) ? drawn.codes(j, known) : bins(real, drawn, j);
      words[j] = real.hasWords(j) ? known.size() : BINS + 3;
      one[j] = new double[d];
    }
    for (int i = 0; i < d; i++) {
      one[i][i] = 1;
      for (int j = 0; j < i; j++) {
        if (!real.hasWords(i) && !real.hasWords(j)) {
          double r = correlation(real.numbers(i), real.numbers(j));
          double s = correlation(drawn.numbers(i), drawn.numbers(j));
          one[i][j] = 1 - Math.abs(r - s) / 2;
        } else {
          int[] joint = joint(oneCodes[i], oneCodes[j], words[j]);
          int[] other = joint(otherCodes[i], otherCodes[j], words[j]);
          one[i][j] = 1 - variation(joint, other, Math.multiplyExact(words[i], words[j]));
        }
        one[j][i] = one[i][j];
      }
    }
    return one;
  }

  private static int[] joint(int[] one, int[] other, int width) {
    int[] joint = new int[one.length];
    Arrays.setAll(joint, i -> one[i] * width + other[i]);
    return joint;
  }

  /**
   * How many of the 11 edges of ten equal bins over the real range a number reaches, from 0 to 11;
   * 12 if it is missing.
   */
  private static int[] bins(Cells real, Cells of, int j) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double each : there(real.numbers(j))) {
      low = Math.min(low, each);
      high = Math.max(high, each);
    }
    double[] values = of.numbers(j);
    int[] bins = new int[values.length];
    for (int i = 0; i < bins.length; i++) {
      for (int k = 0; k <= BINS; k++) {
        double edge = k == BINS ? high : low + k * ((high - low) / BINS);
        bins[i] += values[i] >= edge ? 1 : 0;
      }
      bins[i] = Double.isNaN(values[i]) ? BINS + 2 : bins[i];
    }
    return bins;
  }

  /** Over the rows that have both numbers; 0 if one does not vary there. */
  static double correlation(double[] x, double[] y) {
    double n = 0;
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < x.length; i++) {
      if (!Double.isNaN(x[i]) && !Double.isNaN(y[i])) {
        n++;
        meanX += (x[i] - meanX) / n;
        meanY += (y[i] - meanY) / n;
      }
    }
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < x.length; i++) {
      if (!Double.isNaN(x[i]) && !Double.isNaN(y[i])) {
        xx += (x[i] - meanX) * (x[i] - meanX);
        yy += (y[i] - meanY) * (y[i] - meanY);
        xy += (x[i] - meanX) * (y[i] - meanY);
      }
    }
    double flat = 1e-24 * n;
    return xx > flat * meanX * meanX && yy > flat * meanY * meanY
        ? Math.max(-1, Math.min(1, xy / Math.sqrt(xx) / Math.sqrt(yy)))
        : 0;
  }

  /**
   * How strongly two columns go together within one table, from −1 to 1, for a picture: the
   * correlation of numbers, else Cramér's V of words and tenths of numbers.
   */
  public static double[][] associations(Cells cells, Cells range) {
    Cells.requirePair(cells, range);
    int d = cells.names().size();
    double[][] matrix = new double[d][d];
    for (int i = 0; i < d; i++) {
      matrix[i][i] = 1;
      for (int j = 0; j < i; j++) {
        boolean numbers = !cells.hasWords(i) && !cells.hasWords(j);
        matrix[i][j] =
            numbers
                ? correlation(cells.numbers(i), cells.numbers(j))
                : cramer(codes(cells, range, i), codes(cells, range, j));
        matrix[j][i] = matrix[i][j];
      }
    }
    return matrix;
  }

  private static int[] codes(Cells cells, Cells range, int j) {
    return cells.hasWords(j) ? cells.codes(j, new ArrayList<>()) : bins(range, cells, j);
  }

  /** Cramér's V: the root of χ²/n over the least number of words less 1. */
  static double cramer(int[] x, int[] y) {
    int rows = Arrays.stream(x).max().orElse(0) + 1;
    int columns = Arrays.stream(y).max().orElse(0) + 1;
    double[][] counts = new double[rows][columns];
    double[] inRow = new double[rows];
    double[] inColumn = new double[columns];
    for (int i = 0; i < x.length; i++) {
      counts[x[i]][y[i]]++;
      inRow[x[i]]++;
      inColumn[y[i]]++;
    }
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double expected = inRow[i] * inColumn[j] / x.length;
        sum += expected == 0 ? 0 : (counts[i][j] - expected) * (counts[i][j] - expected) / expected;
      }
    }
    long usedRows = Arrays.stream(inRow).filter(each -> each > 0).count();
    long usedColumns = Arrays.stream(inColumn).filter(each -> each > 0).count();
    long least = Math.min(usedRows, usedColumns) - 1;
    return least < 1 ? 0 : Math.sqrt(Math.min(1, sum / x.length / least));
  }

  /** The mean of the column shapes. */
  public static double columnShape(Cells real, Cells drawn) {
    return Energy.mean(columnShapes(real, drawn));
  }

  /** The mean of the pair trends over different columns; 1 if there is one column only. */
  public static double pairTrend(Cells real, Cells drawn) {
    double[][] trends = pairTrends(real, drawn);
    double sum = 0;
    for (int i = 0; i < trends.length; i++) {
      for (int j = 0; j < i; j++) {
        sum += trends[i][j];
      }
    }
    int d = trends.length;
    return d < 2 ? 1 : sum / (0.5 * d * (d - 1));
  }

  /** The mean of {@link #columnShape} and {@link #pairTrend}. */
  public static double quality(Cells real, Cells drawn) {
    return 0.5 * (columnShape(real, drawn) + pairTrend(real, drawn));
  }

  /**
   * The share of drawn rows that copy no training row: a copy has all words equal and all numbers
   * within 1 % of the training row's (SDMetrics' NewRowSynthesis).
   *
   * @throws IllegalArgumentException if the columns differ
   */
  public static double newRowShare(Cells train, Cells drawn) {
    return 1 - copied(train, drawn, 0.01);
  }

  /** The share of drawn rows that equal a training row cell by cell. */
  public static double exactCopies(Cells train, Cells drawn) {
    return copied(train, drawn, 0);
  }

  private static double copied(Cells train, Cells drawn, double tolerance) {
    Cells.requirePair(train, drawn);
    int d = train.names().size();
    double[][] x = new double[d][];
    double[][] y = new double[d][];
    for (int j = 0; j < d; j++) {
      List<String> known = new ArrayList<>();
      x[j] = train.hasWords(j) ? whole(drawn.codes(j, known)) : drawn.numbers(j);
      y[j] = train.hasWords(j) ? whole(train.codes(j, known)) : train.numbers(j);
    }
    int copies = 0;
    for (int i = 0; i < drawn.count(); i++) {
      for (int k = 0; k < train.count(); k++) {
        if (copies(x, i, y, k, train, tolerance)) {
          copies++;
          break;
        }
      }
    }
    return copies / (double) drawn.count();
  }

  private static boolean copies(
      double[][] x, int i, double[][] y, int k, Cells kinds, double tolerance) {
    for (int j = 0; j < x.length; j++) {
      double one = x[j][i];
      double other = y[j][k];
      double allowed = kinds.hasWords(j) ? 0 : tolerance * Math.abs(other);
      boolean bothGone = Double.isNaN(one) && Double.isNaN(other);
      if (!bothGone && !(Math.abs(one - other) <= allowed)) {
        return false;
      }
    }
    return true;
  }

  private static double[] whole(int[] codes) {
    return Arrays.stream(codes).asDoubleStream().toArray();
  }
}
