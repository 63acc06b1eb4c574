package dev.espalier.estimators.closedform;

import dev.espalier.api.NoiseLevel;
import java.util.Arrays;

/** What the rows of a {@link KernelScore} are to one point at one level; belongs to one thread. */
final class KernelView {

  /** The logarithm of 1e-30, below which a million rows add less than a rounding error. */
  private static final double LOG_NEGLIGIBLE = -69.1;

  private final NoiseLevel level;
  private final KernelScore law;
  private final double[] logWeights;
  private final double constant;
  private final int nullity;

  /** {@code 1/(a²V + b)}, or 0 where both are 0. */
  final double[] inverse;

  /** {@code aV/(a²V + b)}. */
  final double[] gain;

  /** {@code b/(a²V + b)}, or 1 where both are 0. */
  final double[] keep;

  /** The like for the rows beyond the neighbours. */
  final double[] restInverse;

  final double[] restGain;
  private final double restConstant;

  private final double[] logs;
  private final double[] spare;
  private final int[] near;
  private final double[] shares;
  private final double[] mean;
  private final double[] restMean;
  private int found;

  /** The log share that the rows beyond the neighbours do not exceed. */
  private double bound;

  private double rest;
  private double logSum;

  KernelView(KernelScore law, NoiseLevel level) {
    int d = law.columns();
    int n = law.count();
    this.law = law;
    this.level = level;
    inverse = new double[d];
    gain = new double[d];
    keep = new double[d];
    double[] outside = new double[d];
    double logDeterminant = Spectrum.at(level, law.variances(), inverse, gain, outside);
    int without = 0;
    for (int j = 0; j < d; j++) {
      without += outside[j] == 0 ? 0 : 1;
      keep[j] = outside[j] == 0 ? level.b() * inverse[j] : 1;
    }
    nullity = without;
    constant = -0.5 * (logDeterminant + (d - nullity) * Pass.LOG_TWO_PI);
    restInverse = new double[d];
    restGain = new double[d];
    double[] variances = new double[d];
    for (int j = 0; j < d; j++) {
      variances[j] = law.variances()[j] + law.spread(j);
    }
    double restDeterminant = Spectrum.at(level, variances, restInverse, restGain, outside);
    restConstant = -0.5 * (restDeterminant + (d - nullity) * Pass.LOG_TWO_PI);
    logWeights = new double[n];
    for (int i = 0; i < n; i++) {
      logWeights[i] = StrictMath.log(law.weight(i));
    }
    logs = new double[n];
    spare = new double[law.neighbours() < n ? n : 0];
    near = new int[n];
    shares = new double[n];
    mean = new double[d];
    restMean = new double[d];
  }

  /** Looks from the point that starts at {@code at} in {@code x}. */
  void look(double[] x, int at) {
    distances(x, at);
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < logs.length; i++) {
      logs[i] = logWeights[i] + constant - 0.5 * logs[i];
      greatest = Math.max(greatest, logs[i]);
    }
    choose(greatest + LOG_NEGLIGIBLE);
    double restLog = bound == Double.NEGATIVE_INFINITY ? bound : Math.min(bound, rest(x, at));
    greatest = Math.max(greatest, restLog);
    double sum = 0;
    int top = 0;
    for (int k = 0; k < found; k++) {
      double log = logs[near[k]];
      shares[k] = log == greatest ? 1 : StrictMath.exp(log - greatest);
      sum += shares[k];
      top = log > logs[near[top]] ? k : top;
    }
    rest = restLog - greatest < LOG_NEGLIGIBLE ? 0 : StrictMath.exp(restLog - greatest);
    sum += rest;
    for (int k = 0; k < found; k++) {
      shares[k] /= sum;
    }
    rest /= sum;
    logSum = greatest + StrictMath.log(sum);
    average(near[top]);
  }

  private void distances(double[] x, int at) {
    Arrays.fill(logs, 0);
    for (int j = 0; j < mean.length; j++) {
      addSquares(x[at + j], level.a(), law.column(j), inverse[j], logs);
    }
  }

  private static void addSquares(double x, double a, double[] column, double weight, double[] out) {
    for (int i = 0; i < column.length; i++) {
      double delta = x - a * column[i];
      out[i] = out[i] + weight * (delta * delta);
    }
  }

  /** Keeps the rows of the greatest shares, in the order of the rows; of equal ones the first. */
  private void choose(double least) {
    double threshold = least;
    int ties = logs.length;
    bound = Double.NEGATIVE_INFINITY;
    if (spare.length > 0) {
      System.arraycopy(logs, 0, spare, 0, logs.length);
      double last = Selection.greatest(spare, law.neighbours());
      if (last >= least) {
        threshold = last;
        bound = last + StrictMath.log(logs.length - law.neighbours());
        ties = law.neighbours();
        for (double log : logs) {
          ties -= log > last ? 1 : 0;
        }
      }
    }
    found = 0;
    for (int i = 0; i < logs.length; i++) {
      if (logs[i] > threshold || logs[i] == threshold && ties-- > 0) {
        near[found++] = i;
      }
    }
  }

  /** Replaces the other rows by one normal law with their weight and mean; its log share. */
  private double rest(double[] x, int at) {
    double weight = 1;
    for (int k = 0; k < found; k++) {
      weight -= law.weight(near[k]);
    }
    if (!(weight > 0)) {
      return Double.NEGATIVE_INFINITY;
    }
    double log = StrictMath.log(weight) + restConstant;
    for (int j = 0; j < mean.length; j++) {
      double[] column = law.column(j);
      double base = law.mean(j);
      double sum = 0;
      for (int k = 0; k < found; k++) {
        sum += law.weight(near[k]) * (column[near[k]] - base);
      }
      restMean[j] = base - sum / weight;
      double delta = x[at + j] - level.a() * restMean[j];
      log -= 0.5 * restInverse[j] * delta * delta;
    }
    return log;
  }

  /** Averages the rows near by, exactly where they agree. */
  private void average(int reference) {
    for (int j = 0; j < mean.length; j++) {
      double[] column = law.column(j);
      double base = column[reference];
      double sum = 0;
      double total = 0;
      for (int k = 0; k < found; k++) {
        sum += shares[k] * (column[near[k]] - base);
        total += shares[k];
      }
      mean[j] = base + (total > 0 ? sum / total : 0);
    }
  }

  /** The log density at the point. */
  double logDensity() {
    return logSum;
  }

  /** The number of directions without variance. */
  int nullity() {
    return nullity;
  }

  /** The number of rows that take part. */
  int found() {
    return found;
  }

  /** The row at position {@code k} of those that take part. */
  int row(int k) {
    return near[k];
  }

  /** The share of the row at position {@code k}. */
  double share(int k) {
    return shares[k];
  }

  /** The share of the rows beyond the neighbours. */
  double rest() {
    return rest;
  }

  /** The mean of the rows near by, by their shares. */
  double mean(int j) {
    return mean[j];
  }

  /** The mean of the others, by their weights. */
  double restMean(int j) {
    return restMean[j];
  }
}
