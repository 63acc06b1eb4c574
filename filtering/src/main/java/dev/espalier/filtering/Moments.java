package dev.espalier.filtering;

import dev.espalier.api.Samples;

/** Mean and deviations of the columns of an ensemble. */
final class Moments {
  private final double[] mean;
  private final double[] deviations;

  private Moments(double[] mean, double[] deviations) {
    this.mean = mean;
    this.deviations = deviations;
  }

  static Moments of(Samples ensemble) {
    int n = ensemble.count();
    int d = ensemble.columns();
    double[] rows = ensemble.toArray();
    double[] mean = new double[d];
    double[] deviations = new double[d];
    for (int i = 0; i < rows.length; i++) {
      mean[i % d] += rows[i] / n;
    }
    for (int i = 0; i < rows.length; i++) {
      double gap = rows[i] - mean[i % d];
      deviations[i % d] += gap * gap / (n - 1);
    }
    for (int j = 0; j < d; j++) {
      deviations[j] = Math.sqrt(deviations[j]);
    }
    return new Moments(mean, deviations);
  }

  double[] mean() {
    return mean.clone();
  }

  /** The deviations; 1 where a column does not vary. */
  double[] deviations() {
    double[] positive = deviations.clone();
    for (int j = 0; j < positive.length; j++) {
      positive[j] = positive[j] > 0 ? positive[j] : 1;
    }
    return positive;
  }
}
