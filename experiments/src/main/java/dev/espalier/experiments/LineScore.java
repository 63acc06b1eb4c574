package dev.espalier.experiments;

import dev.espalier.api.NoiseLevel;
import dev.espalier.estimators.closedform.GaussianMixture;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The score of a mixture on a line, with a constant added to it.
 *
 * @param law in one column
 * @param error what is added to the score at every level
 */
record LineScore(GaussianMixture law, double error) implements Serializable {

  LineScore(GaussianMixture law) {
    this(law, 0);
  }

  /** The posterior mean that goes with the score. */
  double[] mean(NoiseLevel level, double[] points) {
    double[] mean = new double[points.length];
    law.posteriorMean(level, points, mean);
    for (int i = 0; i < mean.length; i++) {
      mean[i] += level.b() / level.a() * error;
    }
    return mean;
  }

  /** The derivative of {@link #mean}. */
  double[] slope(NoiseLevel level, double[] points) {
    double[] ones = new double[points.length];
    Arrays.fill(ones, 1);
    double[] slope = new double[points.length];
    law.jacobianTimes(level, points, ones, slope);
    return slope;
  }

  /** The density of the law. */
  double[] density(NoiseLevel level, double[] points) {
    return Laws.density(law, level, points);
  }
}
