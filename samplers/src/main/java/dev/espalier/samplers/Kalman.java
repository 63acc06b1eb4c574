package dev.espalier.samplers;

import dev.espalier.api.NormalInterval;

/** Conditions a normal law on weighted sums that are known, and then on intervals one by one. */
final class Kalman {

  private static final double LOG_TWO_PI = 1.8378770664093453;

  private Kalman() {}

  /**
   * Moves the mean of a row to that given the conditions, taking the clean row for normal with the
   * covariance that the sweeps are products of. What intervals leave is taken for normal again.
   *
   * @return the log density of what is known and the log probability of the intervals
   */
  static double update(Bend.Seen seen) {
    Conditions conditions = seen.conditions();
    int known = conditions.known;
    double[][] m = seen.covariance();
    double log = known == 0 ? 0 : known(seen, m);
    double[][] sweeps = seen.sweeps();
    int d = conditions.forms[0].length;
    for (int s = known; s < seen.count(); s++) {
      double variance = m[s][s];
      if (!(variance > 0)) {
        continue;
      }
      double deviation = Math.sqrt(variance);
      double value = seen.value(s);
      double low = (conditions.lows[s - known] - value) / deviation;
      double high = (conditions.highs[s - known] - value) / deviation;
      NormalInterval interval = NormalInterval.of(low, high > low ? high : Math.nextUp(low));
      seen.add(interval.mean() / deviation, s);
      log += interval.logMass();
      double lost = (1 - interval.variance()) / variance;
      double[] column = m[s].clone();
      double[] sweep = new double[d];
      System.arraycopy(sweeps[s], seen.at(), sweep, 0, d);
      for (int t = s + 1; t < seen.count(); t++) {
        for (int r = s + 1; r < seen.count(); r++) {
          m[t][r] -= lost * column[t] * column[r];
        }
        for (int j = 0; j < d; j++) {
          sweeps[t][seen.at() + j] -= lost * column[t] * sweep[j];
        }
      }
    }
    return log;
  }

  /** Conditions on the forms with values; leaves the covariances of the others given them. */
  private static double known(Bend.Seen seen, double[][] m) {
    Conditions conditions = seen.conditions();
    int known = conditions.known;
    int count = seen.count();
    double[][] g = new double[known][known];
    double[] rest = new double[known];
    for (int i = 0; i < known; i++) {
      rest[i] = conditions.values[i] - seen.value(i);
      for (int j = 0; j < known; j++) {
        g[i][j] = m[i][j] + conditions.noise[i][j];
      }
    }
    double[][] root = root(g);
    double log = 0;
    double[] whitened = rest.clone();
    forward(root, whitened);
    for (int i = 0; i < known; i++) {
      log -= 0.5 * (LOG_TWO_PI + whitened[i] * whitened[i]) + StrictMath.log(root[i][i]);
    }
    double[] pull = whitened.clone();
    backward(root, pull);
    double[][] sweeps = seen.sweeps();
    int d = conditions.forms[0].length;
    double[][] gains = new double[count][];
    for (int s = known; s < count; s++) {
      gains[s] = new double[known];
      for (int i = 0; i < known; i++) {
        gains[s][i] = m[s][i];
      }
      forward(root, gains[s]);
    }
    for (int i = 0; i < known; i++) {
      seen.add(pull[i], i);
    }
    for (int s = known; s < count; s++) {
      for (int t = known; t < count; t++) {
        for (int i = 0; i < known; i++) {
          m[s][t] -= gains[s][i] * gains[t][i];
        }
      }
      double[] weights = gains[s].clone();
      backward(root, weights);
      for (int i = 0; i < known; i++) {
        for (int j = 0; j < d; j++) {
          sweeps[s][seen.at() + j] -= weights[i] * sweeps[i][seen.at() + j];
        }
      }
    }
    return log;
  }

  /**
   * A lower triangular root of a covariance matrix, or of the nearest that has one with a little
   * added to its diagonal: learned scores have covariances that are none.
   */
  static double[][] root(double[][] matrix) {
    int n = matrix.length;
    double mean = 0;
    for (int i = 0; i < n; i++) {
      mean += Math.abs(matrix[i][i]) / n;
    }
    double ridge = Math.max(1e-14 * mean, Double.MIN_NORMAL);
    while (true) {
      double[][] root = new double[n][n];
      boolean whole = true;
      for (int i = 0; i < n && whole; i++) {
        for (int j = 0; j <= i; j++) {
          double sum = matrix[i][j] + (i == j ? ridge : 0);
          for (int k = 0; k < j; k++) {
            sum -= root[i][k] * root[j][k];
          }
          if (i == j) {
            whole = sum > 0.5 * ridge;
            root[i][i] = Math.sqrt(sum);
          } else {
            root[i][j] = sum / root[j][j];
          }
        }
      }
      if (whole || !(ridge < Double.MAX_VALUE / 100)) {
        return root;
      }
      ridge *= 100;
    }
  }

  /** Solves {@code L·z = y} in place. */
  static void forward(double[][] root, double[] y) {
    for (int i = 0; i < y.length; i++) {
      for (int k = 0; k < i; k++) {
        y[i] -= root[i][k] * y[k];
      }
      y[i] /= root[i][i];
    }
  }

  /** Solves {@code Lᵀ·z = y} in place. */
  static void backward(double[][] root, double[] y) {
    for (int i = y.length - 1; i >= 0; i--) {
      for (int k = i + 1; k < y.length; k++) {
        y[i] -= root[k][i] * y[k];
      }
      y[i] /= root[i][i];
    }
  }
}
