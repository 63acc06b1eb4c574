package dev.espalier.experiments;

import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import java.util.random.RandomGenerator;

/**
 * Paths of the Cox–Ingersoll–Ross equation {@code dX = κ(θ − X)dt + σ√X dW}, seen at even times.
 *
 * <p>A step has a noncentral chi-square law and is drawn exactly; the first value has the
 * stationary law, Gamma of shape {@code 2κθ/σ²} and scale {@code σ²/(2κ)}. Values are standardised
 * by the stationary mean θ and variance {@code θσ²/(2κ)}.
 *
 * @param pull κ
 * @param mean θ
 * @param noise σ
 * @param step the time between values
 */
record RatePath(double pull, double mean, double noise, double step) {

  /** Pull and mean 1, noise 0.8, half a unit of time between values. */
  static final RatePath STANDARD = new RatePath(1, 1, 0.8, 0.5);

  /** The variance of the stationary law. */
  double variance() {
    return mean * noise * noise / (2 * pull);
  }

  /** The skewness of the stationary law. */
  double skewness() {
    return 2 / Math.sqrt(2 * pull * mean / (noise * noise));
  }

  /** The correlation of a value with the next. */
  double correlation() {
    return StrictMath.exp(-pull * step);
  }

  /** Paths of {@code d} values, standardised; row i depends on the seed and i alone. */
  Samples rows(int count, int d, long seed) {
    double keep = correlation();
    double scale = noise * noise * (1 - keep) / (4 * pull);
    double freedom = 4 * pull * mean / (noise * noise);
    double deviation = Math.sqrt(variance());
    double[] values = new double[count * d];
    for (int i = 0; i < count; i++) {
      RandomGenerator random = new Streams(seed).stream("rate path", i);
      double x = noise * noise / (2 * pull) * gamma(2 * pull * mean / (noise * noise), random);
      for (int j = 0; j < d; j++) {
        values[i * d + j] = (x - mean) / deviation;
        double shifted = random.nextGaussian() + Math.sqrt(x * keep / scale);
        x = scale * (shifted * shifted + 2 * gamma((freedom - 1) / 2, random));
      }
    }
    return Samples.of(d, values);
  }

  /** A Gamma variable of that shape, at least 1, and scale 1 (Marsaglia and Tsang 2000). */
  private static double gamma(double shape, RandomGenerator random) {
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double normal = random.nextGaussian();
      double root = 1 + c * normal;
      if (root > 0) {
        double cube = root * root * root;
        double u = 1 - random.nextDouble();
        if (StrictMath.log(u) < 0.5 * normal * normal + d - d * cube + d * StrictMath.log(cube)) {
          return d * cube;
        }
      }
    }
  }
}
