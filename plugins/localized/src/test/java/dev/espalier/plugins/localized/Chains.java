package dev.espalier.plugins.localized;

import dev.espalier.api.FitRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Streams;
import java.util.random.RandomGenerator;

/** Rows of first-order autoregressive paths, and what a test asks of a score. */
final class Chains {
  private Chains() {}

  static final double CORRELATION = 0.8;

  /** The covariance of a path: {@code 0.8^|i−j|}. */
  static double[][] covariance(int d) {
    double[][] covariance = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        covariance[i][j] = StrictMath.pow(CORRELATION, Math.abs(i - j));
      }
    }
    return covariance;
  }

  static Samples rows(int count, int d, long seed) {
    double[] values = new double[count * d];
    for (int i = 0; i < count; i++) {
      RandomGenerator random = new Streams(seed).stream("chain", i);
      double x = random.nextGaussian();
      for (int j = 0; j < d; j++) {
        values[i * d + j] = x;
        x = CORRELATION * x + Math.sqrt(1 - CORRELATION * CORRELATION) * random.nextGaussian();
      }
    }
    return Samples.of(d, values);
  }

  static FitRequest request(int count, int d) {
    return FitRequest.of(rows(count, d, 1)).withSeed(5);
  }

  static double[] normals(int count) {
    RandomGenerator random = new Streams(3).stream("normals", 0);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }

  static double[] means(Score score, NoiseLevel level, double[] x) {
    double[] out = new double[x.length];
    score.posteriorMean(level, x, out);
    return out;
  }

  static double[] scores(Score score, NoiseLevel level, double[] x) {
    double[] out = new double[x.length];
    score.score(level, x, out);
    return out;
  }
}
