package dev.espalier.plugins.gmm;

import java.util.Arrays;

/**
 * The E-step over rows with missing cells, exact where cells are missing at random.
 *
 * <p>A row's density is the marginal one of its observed columns; a missing cell enters the sums by
 * its conditional mean, and the products by its conditional covariance too (Ghahramani and Jordan
 * 1994). Rows come sorted by pattern, so that each pattern is prepared once a block.
 */
final class Incomplete {

  private static final double LOG_TWO_PI = StrictMath.log(2 * StrictMath.PI);

  private final Mixture mixture;
  private final Features features;
  private final int columns;
  private final double[][] shares;
  private final double[] scratch = new double[1];

  /** All products, where covariances are tied; else the features. */
  private final Features products;

  private final RowSum sum;
  private final RowSum productSum;

  Incomplete(Mixture mixture, Features features) {
    this.mixture = mixture;
    this.features = features;
    this.columns = features.columns();
    this.shares = new double[mixture.components()][1];
    this.products =
        mixture.form().tied() ? new Features(Features.Order.PRODUCTS, columns) : features;
    this.sum = new RowSum(features);
    this.productSum = new RowSum(products);
  }

  /** Adds the rows of a block to its sums. */
  void over(Block block, Moments moments) {
    int from = 0;
    while (from < block.count()) {
      int to = from + 1;
      while (to < block.count() && samePattern(block.row(from), block.row(to))) {
        to++;
      }
      pattern(block, from, to, moments);
      from = to;
    }
  }

  private static boolean samePattern(double[] one, double[] other) {
    for (int j = 0; j < one.length; j++) {
      if (Double.isNaN(one[j]) != Double.isNaN(other[j])) {
        return false;
      }
    }
    return true;
  }

  private void pattern(Block block, int from, int to, Moments moments) {
    double[] model = block.row(from);
    int[] observed = new int[columns];
    int[] missing = new int[columns];
    int seen = 0;
    for (int j = 0; j < columns; j++) {
      if (Double.isNaN(model[j])) {
        missing[j - seen] = j;
      } else {
        observed[seen++] = j;
      }
    }
    observed = Arrays.copyOf(observed, seen);
    missing = Arrays.copyOf(missing, columns - seen);
    Conditional[] conditionals = new Conditional[mixture.components()];
    for (int k = 0; k < conditionals.length; k++) {
      conditionals[k] =
          mixture.form().tied() && k > 0
              ? conditionals[0]
              : new Conditional(mixture, k, observed, missing);
    }
    double[] masses = new double[conditionals.length];
    for (int i = from; i < to; i++) {
      row(block.row(i), block.weight(i), conditionals, masses, moments);
    }
    for (int k = 0; k < conditionals.length; k++) {
      conditionals[k].addCovariance(masses[k], features, moments.sums(k));
      if (mixture.form().tied()) {
        conditionals[k].addCovariance(masses[k], products, moments.pooled());
      }
    }
  }

  private void row(
      double[] row, double weight, Conditional[] conditionals, double[] masses, Moments moments) {
    double best = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < conditionals.length; k++) {
      double logDensity = conditionals[k].logDensity(row, mixture.mean(k));
      shares[k][0] = StrictMath.log(mixture.weight(k)) + logDensity;
      best = Math.max(best, shares[k][0]);
    }
    double total = 0;
    for (double[] share : shares) {
      share[0] -= best;
      Kernels.exp(1, share, scratch);
      total += share[0];
    }
    moments.addLogLikelihood(weight * (best + StrictMath.log(total)));
    double[] filled = new double[columns];
    for (int k = 0; k < conditionals.length; k++) {
      double share = shares[k][0] * weight / total;
      if (share > 0) {
        conditionals[k].fill(row, mixture.mean(k), filled);
        masses[k] += share;
        moments.addMass(k, share);
        sum.add(filled, share, moments.sums(k));
        if (mixture.form().tied()) {
          productSum.add(filled, share, moments.pooled());
        }
      }
    }
  }

  /** Adds single rows to sums of features. */
  static final class RowSum {
    private final Features features;
    private final double[][] buffers;

    RowSum(Features features) {
      this.features = features;
      this.buffers = features.sums();
    }

    void add(double[] row, double share, double[][] sums) {
      for (int t = 0; t < buffers.length; t++) {
        features.fill(t, row, buffers[t]);
        Kernels.add(buffers[t].length, sums[t], share, buffers[t]);
      }
    }
  }

  /** The missing columns of one component given the observed ones. */
  private static final class Conditional {
    private final int[] observed;
    private final int[] missing;

    /** The Cholesky factor of the observed covariance; empty for independent columns. */
    private final double[][] lower;

    private final double[] variances;
    private final double constant;

    /** Regression coefficients, a row for every missing column; empty for independent columns. */
    private final double[][] slopes;

    private final double[][] covariance;

    Conditional(Mixture mixture, int k, int[] observed, int[] missing) {
      this.observed = observed;
      this.missing = missing;
      boolean dense = mixture.form().dense();
      this.variances = mixture.shape(k).variances();
      this.lower = dense ? observedFactor(mixture.shape(k).covariance()) : new double[0][];
      this.slopes = new double[dense ? missing.length : 0][];
      this.covariance = new double[missing.length][missing.length];
      double logDeterminant = 0;
      for (int i = 0; i < observed.length; i++) {
        logDeterminant +=
            dense ? 2 * StrictMath.log(lower[i][i]) : StrictMath.log(variances[observed[i]]);
      }
      this.constant = -0.5 * (observed.length * LOG_TWO_PI + logDeterminant);
      if (dense) {
        regress(mixture.shape(k).covariance());
      } else {
        for (int m = 0; m < missing.length; m++) {
          covariance[m][m] = variances[missing[m]];
        }
      }
    }

    private double[][] observedFactor(double[][] whole) {
      double[][] part = new double[observed.length][observed.length];
      for (int i = 0; i < observed.length; i++) {
        for (int j = 0; j < observed.length; j++) {
          part[i][j] = whole[observed[i]][observed[j]];
        }
      }
      return Expectation.factor(part);
    }

    private void regress(double[][] whole) {
      for (int m = 0; m < missing.length; m++) {
        double[] slope = new double[observed.length];
        for (int i = 0; i < observed.length; i++) {
          slope[i] = whole[missing[m]][observed[i]];
        }
        Matrices.solve(lower, slope);
        slopes[m] = slope;
      }
      for (int m = 0; m < missing.length; m++) {
        for (int l = 0; l <= m; l++) {
          double sum = whole[missing[m]][missing[l]];
          for (int i = 0; i < observed.length; i++) {
            sum -= slopes[m][i] * whole[observed[i]][missing[l]];
          }
          covariance[m][l] = sum;
          covariance[l][m] = sum;
        }
      }
    }

    double logDensity(double[] row, double[] mean) {
      double distance = 0;
      double[] white = new double[observed.length];
      for (int i = 0; i < observed.length; i++) {
        int column = observed[i];
        double sum = row[column] - mean[column];
        if (lower.length == 0) {
          distance += sum * sum / variances[column];
          continue;
        }
        for (int j = 0; j < i; j++) {
          sum -= lower[i][j] * white[j];
        }
        white[i] = sum / lower[i][i];
        distance += white[i] * white[i];
      }
      return constant - 0.5 * distance;
    }

    /** Writes the row with its missing cells at their conditional means. */
    void fill(double[] row, double[] mean, double[] out) {
      System.arraycopy(row, 0, out, 0, row.length);
      for (int m = 0; m < missing.length; m++) {
        double sum = mean[missing[m]];
        for (int i = 0; i < observed.length && slopes.length > 0; i++) {
          sum += slopes[m][i] * (row[observed[i]] - mean[observed[i]]);
        }
        out[missing[m]] = sum;
      }
    }

    void addCovariance(double mass, Features into, double[][] sums) {
      for (int m = 0; m < missing.length; m++) {
        for (int l = 0; l <= m; l++) {
          into.addCovariance(sums, missing[m], missing[l], mass * covariance[m][l]);
        }
      }
    }
  }
}
