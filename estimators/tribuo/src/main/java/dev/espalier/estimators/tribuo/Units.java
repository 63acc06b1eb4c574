package dev.espalier.estimators.tribuo;

import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Samples;
import java.io.Serializable;

/**
 * Means and variances of columns, by which noisy rows and answers have about unit variance.
 *
 * <p>An answer r stands for the posterior mean {@code mean + slope·(x − a·mean) + scale·r}.
 */
final class Units implements Serializable {
  private static final long serialVersionUID = 1;

  private final double[] means;
  private final double[] variances;

  Units(double[] means, double[] variances) {
    this.means = means;
    this.variances = variances;
  }

  /**
   * Those of the cells that are there.
   *
   * @throws InvalidDataException if a column has none, or its variance is beyond any number
   */
  static Units of(Samples rows, double[] weights) {
    int d = rows.columns();
    double[] means = new double[d];
    double[] variances = new double[d];
    for (int j = 0; j < d; j++) {
      double total = 0;
      double square = 0;
      for (int i = 0; i < rows.count(); i++) {
        double value = rows.get(i, j);
        if (!Double.isNaN(value)) {
          total += weights[i];
          double above = value - means[j];
          means[j] += above * weights[i] / total;
          square += weights[i] * above * (value - means[j]);
        }
      }
      variances[j] = square / total;
      if (!Double.isFinite(variances[j])) {
        throw new InvalidDataException(
            "need values of a finite variance in column "
                + j
                + ", got "
                + (total > 0 ? "a variance of " + variances[j] : "none but missing ones"));
      }
    }
    return new Units(means, variances);
  }

  int columns() {
    return means.length;
  }

  double[] means() {
    return means.clone();
  }

  double[] variances() {
    return variances.clone();
  }

  /** Whether the column has more than one value. */
  boolean varies(int j) {
    return variances[j] > 0;
  }

  double mean(int j) {
    return means[j];
  }

  /** The noisy value in units of its deviation at the level. */
  double unit(NoiseLevel level, int j, double x) {
    double a = level.a();
    return (x - a * means[j]) / Math.sqrt(a * a * variances[j] + level.b());
  }

  /** How much of the noisy value stands for the clean one beside the answer. */
  double slope(Prediction prediction, NoiseLevel level, int j) {
    return switch (prediction) {
      case VELOCITY -> 1 / (level.a() + Math.sqrt(level.b()));
      case NOISE -> 1 / level.a();
      case CLEAN -> 0;
      case RESIDUAL -> guess(level, j);
    };
  }

  /** What an answer of one stands for. */
  double scale(Prediction prediction, NoiseLevel level, int j) {
    double a = level.a();
    double root = Math.sqrt(level.b());
    return switch (prediction) {
      case VELOCITY -> root / (a + root) * Math.sqrt(variances[j] + 1);
      case NOISE -> -root / a;
      case CLEAN -> Math.sqrt(variances[j]);
      case RESIDUAL -> root * Math.sqrt(variances[j] / (a * a * variances[j] + level.b()));
    };
  }

  /** The slope of the best linear guess of a column from itself. */
  double guess(NoiseLevel level, int j) {
    double a = level.a();
    return a * variances[j] / (a * a * variances[j] + level.b());
  }
}
