package dev.espalier.evaluation;

import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Setting;
import java.util.Arrays;

/**
 * Logistic regression on the columns, by Newton's method with a ridge: it sees differences of means
 * only.
 *
 * <p>Cost is about 10·(n·d² + d³).
 *
 * @param ridge the penalty on squared weights, as if that many rows disagreed; positive
 */
public record Logistic(
    @Setting(value = "1", help = "the penalty on squared weights, in rows; positive") double ridge)
    implements Learner {

  private static final int STEPS = 50;

  /** Checks the range. */
  public Logistic {
    if (!(ridge > 0 && ridge < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("need a finite ridge > 0, got " + ridge);
    }
  }

  /** A ridge of 1. */
  public static Logistic standard() {
    return new Logistic(1);
  }

  @Override
  public Classifier fit(Samples zero, Samples one, long seed, Progress progress) {
    Rows.requirePair(zero, one, 1);
    int size = zero.columns() + 1;
    double[] weights = new double[size];
    for (int step = 0; step < STEPS; step++) {
      progress.check();
      double[] gradient = new double[size];
      double[][] hessian = new double[size][size];
      for (int j = 0; j < size; j++) {
        double penalty = j == size - 1 ? 1e-9 : ridge;
        gradient[j] = -penalty * weights[j];
        hessian[j][j] = penalty;
      }
      add(zero, 0, weights, gradient, hessian);
      add(one, 1, weights, gradient, hessian);
      double[] move = solve(hessian, gradient);
      double longest = 0;
      for (double each : move) {
        longest = Math.max(longest, Math.abs(each));
      }
      double length = Math.min(1, 4 / Math.max(longest, 1e-300));
      for (int j = 0; j < size; j++) {
        weights[j] += length * move[j];
      }
      if (longest < 1e-10) {
        break;
      }
    }
    return row -> sigmoid(value(weights, row, 0));
  }

  /** Adds the gradient and the negative Hessian of the log likelihood. */
  private static void add(
      Samples rows, int label, double[] weights, double[] gradient, double[][] hessian) {
    int d = rows.columns();
    double[] row = new double[d + 1];
    row[d] = 1;
    for (int i = 0; i < rows.count(); i++) {
      rows.copyRows(i, i + 1, row, 0);
      double chance = sigmoid(value(weights, row, 0));
      double weight = chance * (1 - chance);
      for (int j = 0; j <= d; j++) {
        gradient[j] += (label - chance) * row[j];
        for (int k = 0; k <= j; k++) {
          hessian[j][k] += weight * row[j] * row[k];
        }
      }
    }
  }

  private static double value(double[] weights, double[] rows, int at) {
    int d = weights.length - 1;
    double sum = weights[d];
    for (int j = 0; j < d; j++) {
      sum += weights[j] * rows[at + j];
    }
    return sum;
  }

  static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  /** Solves with the lower triangle of a positive definite matrix, by Cholesky's method. */
  private static double[] solve(double[][] lower, double[] right) {
    int n = right.length;
    double[] x = Arrays.copyOf(right, n);
    for (int j = 0; j < n; j++) {
      for (int i = j; i < n; i++) {
        double sum = lower[i][j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        lower[i][j] = i == j ? Math.sqrt(sum) : sum / lower[j][j];
      }
    }
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= lower[i][k] * x[k];
      }
      x[i] /= lower[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        x[i] -= lower[k][i] * x[k];
      }
      x[i] /= lower[i][i];
    }
    return x;
  }
}
