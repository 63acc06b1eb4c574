package dev.espalier.samplers;

import dev.espalier.api.Curvature;
import dev.espalier.api.Density;
import dev.espalier.api.DirectSampler;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Score;
import java.util.random.RandomGenerator;

/** Equal weights, one spherical variance: an exact law written out once more, for these tests. */
record SphericalMixture(double[][] means, double variance, NoiseRange range)
    implements Score, Curvature, Density, DirectSampler {

  static SphericalMixture of(double variance, double[]... means) {
    return new SphericalMixture(means, variance, NoiseRange.ALL);
  }

  SphericalMixture within(NoiseRange range) {
    return new SphericalMixture(means, variance, range);
  }

  @Override
  public int columns() {
    return means[0].length;
  }

  private double spread(NoiseLevel level) {
    return level.a() * level.a() * variance + level.b();
  }

  private double[] logits(NoiseLevel level, double[] x, int at) {
    double[] logits = new double[means.length];
    for (int k = 0; k < means.length; k++) {
      double square = 0;
      for (int j = 0; j < columns(); j++) {
        double e = x[at + j] - level.a() * means[k][j];
        square += e * e;
      }
      logits[k] = -0.5 * square / spread(level);
    }
    return logits;
  }

  private double[] responsibilities(NoiseLevel level, double[] x, int at) {
    double[] g = logits(level, x, at);
    double top = Double.NEGATIVE_INFINITY;
    for (double each : g) {
      top = Math.max(top, each);
    }
    double sum = 0;
    for (int k = 0; k < g.length; k++) {
      g[k] = StrictMath.exp(g[k] - top);
      sum += g[k];
    }
    for (int k = 0; k < g.length; k++) {
      g[k] /= sum;
    }
    return g;
  }

  private double[] componentMean(NoiseLevel level, double[] x, int at, int k) {
    double[] m = new double[columns()];
    for (int j = 0; j < m.length; j++) {
      m[j] = (level.b() * means[k][j] + level.a() * variance * x[at + j]) / spread(level);
    }
    return m;
  }

  @Override
  public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
    range.require(level);
    int d = columns();
    for (int at = 0; at < x.length; at += d) {
      double[] g = responsibilities(level, x, at);
      for (int j = 0; j < d; j++) {
        out[at + j] = 0;
      }
      for (int k = 0; k < g.length; k++) {
        double[] m = componentMean(level, x, at, k);
        for (int j = 0; j < d; j++) {
          out[at + j] += g[k] * m[j];
        }
      }
    }
  }

  @Override
  public void jacobianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    int d = columns();
    double[] mean = new double[x.length];
    posteriorMean(level, x, mean);
    for (int at = 0; at < x.length; at += d) {
      double[] g = responsibilities(level, x, at);
      for (int j = 0; j < d; j++) {
        out[at + j] = level.a() * variance / spread(level) * v[at + j];
      }
      for (int k = 0; k < g.length; k++) {
        double[] m = componentMean(level, x, at, k);
        double dot = 0;
        for (int j = 0; j < d; j++) {
          dot += (m[j] - mean[at + j]) * v[at + j];
        }
        for (int j = 0; j < d; j++) {
          out[at + j] += level.a() / level.b() * g[k] * dot * (m[j] - mean[at + j]);
        }
      }
    }
  }

  @Override
  public void transposedJacobianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    jacobianTimes(level, x, v, out);
  }

  @Override
  public void logDensity(NoiseLevel level, double[] x, double[] out) {
    for (int i = 0; i < out.length; i++) {
      double sum = 0;
      for (double logit : logits(level, x, i * columns())) {
        sum += StrictMath.exp(logit);
      }
      out[i] =
          StrictMath.log(sum / means.length)
              - 0.5 * columns() * StrictMath.log(2 * Math.PI * spread(level));
    }
  }

  @Override
  public void draw(RandomGenerator random, double[] row) {
    double[] mean = means[random.nextInt(means.length)];
    for (int j = 0; j < row.length; j++) {
      row[j] = mean[j] + Math.sqrt(variance) * random.nextGaussian();
    }
  }
}
