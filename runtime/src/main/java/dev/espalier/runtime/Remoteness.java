package dev.espalier.runtime;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Observation;
import dev.espalier.api.Score;
import dev.espalier.api.Strata;
import java.util.Map;

/**
 * How far what was observed lies from what a law expects, in deviations of the law.
 *
 * <p>Mean and deviation of a weighted sum w of the columns are those that the posterior mean tells
 * at a level of almost nothing but noise: the covariance of the law is {@code (b/a)·J} there.
 */
final class Remoteness {
  private static final double LOG_SNR = -12;

  private final Score score;
  private final NoiseLevel level;
  private final double[] mean;

  private Remoteness(Score score) {
    this.score = score;
    double logSnr = Math.max(LOG_SNR, score.range().noisiest());
    this.level = NoiseLevel.exploding(StrictMath.exp(-0.5 * logSnr));
    this.mean = new double[score.columns()];
    score.posteriorMean(level, new double[mean.length], mean);
  }

  /**
   * The distance of the observation's most distant number, 0 for a label; of a law with strata in
   * the stratum that it is nearest to.
   */
  static double of(Score score, Observation observation) {
    if (observation instanceof Observation.Label) {
      return 0;
    }
    Strata strata = score.ability(Strata.class).orElse(null);
    if (strata == null) {
      return new Remoteness(score).of(observation);
    }
    double nearest = Double.POSITIVE_INFINITY;
    for (int k = 0; k < strata.categories().size(); k++) {
      nearest = Math.min(nearest, of(strata.stratum(k), observation));
    }
    return nearest;
  }

  private double of(Observation observation) {
    double most = 0;
    if (observation instanceof Observation.Columns columns) {
      for (Map.Entry<Integer, Double> each : columns.values().entrySet()) {
        double[] weights = new double[mean.length];
        weights[each.getKey()] = 1;
        most = Math.max(most, of(weights, each.getValue(), each.getValue(), 0));
      }
    } else if (observation instanceof Observation.Linear linear) {
      double[][] h = linear.h();
      double[] y = linear.y();
      double[][] r = linear.r();
      for (int i = 0; i < h.length; i++) {
        most = Math.max(most, of(h[i], y[i], y[i], r[i][i]));
      }
    } else if (observation instanceof Observation.Range range) {
      most = of(range.over(mean.length));
    } else if (observation instanceof Observation.Between between) {
      most = of(between.weights(), between.low(), between.high(), 0);
    }
    return most;
  }

  /** The distance of a weighted sum from an interval; 0 where neither varies. */
  private double of(double[] weights, double low, double high, double noise) {
    double length = 0;
    double expected = 0;
    for (int j = 0; j < weights.length; j++) {
      length += weights[j] * weights[j];
      expected += weights[j] * mean[j];
    }
    double gap = Math.max(0, Math.max(low - expected, expected - high));
    double variance = noise + variance(weights, 0.01 * Math.sqrt(level.b() / length));
    return variance > 0 ? gap / Math.sqrt(variance) : 0;
  }

  /** The variance of a weighted sum, by a central difference of the posterior mean. */
  private double variance(double[] weights, double step) {
    int d = mean.length;
    double[] around = new double[2 * d];
    double[] means = new double[2 * d];
    for (int j = 0; j < d; j++) {
      around[j] = mean[j] - step * weights[j];
      around[d + j] = mean[j] + step * weights[j];
    }
    score.posteriorMean(level, around, means);
    double sum = 0;
    for (int j = 0; j < d; j++) {
      sum += weights[j] * (means[d + j] - means[j]);
    }
    return level.b() / level.a() * sum / (2 * step);
  }
}
