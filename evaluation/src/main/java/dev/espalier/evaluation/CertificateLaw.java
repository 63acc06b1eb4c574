package dev.espalier.evaluation;

import dev.espalier.api.Curvature;
import dev.espalier.api.Density;
import dev.espalier.api.DirectSampler;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Score;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * A mixture of normal laws of one spherical variance and equal weights, which knows some levels and
 * counts how many rows its posterior mean was asked for.
 */
final class CertificateLaw implements Score, Density, Curvature, DirectSampler {
  private static final long serialVersionUID = 1;

  private final double[][] means;
  private final double variance;
  private final NoiseRange range;
  private final AtomicLong evaluations = new AtomicLong();

  CertificateLaw(List<List<Double>> means, double variance, NoiseRange range) {
    this.means =
        means.stream()
            .map(mean -> mean.stream().mapToDouble(Double::doubleValue).toArray())
            .toArray(double[][]::new);
    this.variance = variance;
    this.range = range;
  }

  /** How many rows were asked for since the last call. */
  long takeEvaluations() {
    return evaluations.getAndSet(0);
  }

  @Override
  public int columns() {
    return means[0].length;
  }

  @Override
  public NoiseRange range() {
    return range;
  }

  @Override
  public <A> Optional<A> ability(Class<A> ability) {
    return ability == DirectSampler.class && range != NoiseRange.ALL
        ? Optional.empty()
        : Score.super.ability(ability);
  }

  /** Writes the probabilities of the components given a row. */
  private void shares(NoiseLevel level, double[] x, int at, double spread, double[] shares) {
    double top = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < shares.length; k++) {
      double sum = 0;
      for (int j = 0; j < means[k].length; j++) {
        double gap = x[at + j] - level.a() * means[k][j];
        sum += gap * gap;
      }
      shares[k] = -0.5 * sum / spread;
      top = Math.max(top, shares[k]);
    }
    double total = 0;
    for (int k = 0; k < shares.length; k++) {
      shares[k] = StrictMath.exp(shares[k] - top);
      total += shares[k];
    }
    for (int k = 0; k < shares.length; k++) {
      shares[k] /= total;
    }
  }

  private double spread(NoiseLevel level) {
    return level.a() * level.a() * variance + level.b();
  }

  @Override
  public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
    range.require(level);
    int d = columns();
    evaluations.addAndGet(x.length / d);
    double spread = spread(level);
    double gain = level.a() * variance / spread;
    double[] shares = new double[means.length];
    for (int at = 0; at < x.length; at += d) {
      shares(level, x, at, spread, shares);
      for (int j = 0; j < d; j++) {
        double centre = 0;
        for (int k = 0; k < shares.length; k++) {
          centre += shares[k] * means[k][j];
        }
        out[at + j] = gain * x[at + j] + level.b() / spread * centre;
      }
    }
  }

  @Override
  public void logDensity(NoiseLevel level, double[] x, double[] out) {
    int d = columns();
    double spread = spread(level);
    for (int i = 0; i < out.length; i++) {
      double top = Double.NEGATIVE_INFINITY;
      double[] logs = new double[means.length];
      for (int k = 0; k < logs.length; k++) {
        for (int j = 0; j < d; j++) {
          double gap = x[i * d + j] - level.a() * means[k][j];
          logs[k] -= 0.5 * gap * gap / spread;
        }
        top = Math.max(top, logs[k]);
      }
      double sum = 0;
      for (double each : logs) {
        sum += StrictMath.exp(each - top);
      }
      out[i] =
          top + StrictMath.log(sum / logs.length) - 0.5 * d * StrictMath.log(2 * Math.PI * spread);
    }
  }

  /** The gain times {@code v}, and the centres' covariance times {@code v}. */
  @Override
  public void jacobianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    int d = columns();
    double spread = spread(level);
    double gain = level.a() * variance / spread;
    double pull = level.b() * level.a() / (spread * spread);
    double[] shares = new double[means.length];
    for (int at = 0; at < x.length; at += d) {
      shares(level, x, at, spread, shares);
      double[] along = new double[shares.length];
      double mean = 0;
      for (int k = 0; k < shares.length; k++) {
        for (int j = 0; j < d; j++) {
          along[k] += means[k][j] * v[at + j];
        }
        mean += shares[k] * along[k];
      }
      for (int j = 0; j < d; j++) {
        double sum = 0;
        for (int k = 0; k < shares.length; k++) {
          sum += shares[k] * means[k][j] * (along[k] - mean);
        }
        out[at + j] = gain * v[at + j] + pull * sum;
      }
    }
  }

  @Override
  public void transposedJacobianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    jacobianTimes(level, x, v, out);
  }

  @Override
  public void draw(RandomGenerator random, double[] row) {
    double[] mean = means[random.nextInt(means.length)];
    double deviation = Math.sqrt(variance);
    for (int j = 0; j < row.length; j++) {
      row[j] = mean[j] + deviation * random.nextGaussian();
    }
  }
}
