package dev.espalier.estimators.network;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;

/** Which noise levels a network is trained at. */
public enum LevelSampling {
  /** Uniform in the logarithm of the signal-to-noise ratio over the range. */
  LOGSNR,
  /** Uniform in the time of the cosine schedule of Nichol and Dhariwal (2021), cut to the range. */
  UNIFORM,
  /** {@code log(√b/a)} normal with mean −1.2 and deviation 1.2 (Karras et al. 2022), cut to it. */
  LOGNORMAL;

  private static final double MEAN = -1.2;
  private static final double DEVIATION = 1.2;

  /**
   * The log signal-to-noise ratio below which a share {@code u} of the training lies.
   *
   * @param u in [0, 1]
   */
  double logSnr(NoiseRange range, double u) {
    double low = range.noisiest();
    double high = range.cleanest();
    double value =
        switch (this) {
          case LOGSNR -> low + u * (high - low);
          case UNIFORM -> {
            double from = angle(low);
            double to = angle(high);
            yield -2 * StrictMath.log(StrictMath.tan(from + u * (to - from)));
          }
          case LOGNORMAL -> {
            double from = share(low);
            double to = share(high);
            yield quantile(from + u * (to - from), low, high);
          }
        };
    return Math.min(high, Math.max(low, value));
  }

  private static double angle(double logSnr) {
    return StrictMath.atan(StrictMath.exp(-logSnr / 2));
  }

  /** The share of log SNR below {@code logSnr}, which is normal with mean 2.4 and deviation 2.4. */
  private static double share(double logSnr) {
    double z = (logSnr + 2 * MEAN) / (2 * DEVIATION);
    return 1 / (1 + StrictMath.exp(-z * (1.5976 + 0.070565992 * z * z)));
  }

  private static double quantile(double share, double low, double high) {
    double from = low;
    double to = high;
    for (int i = 0; i < 60; i++) {
      double middle = 0.5 * (from + to);
      if (share(middle) < share) {
        from = middle;
      } else {
        to = middle;
      }
    }
    return 0.5 * (from + to);
  }

  /** The variance-preserving level of a log signal-to-noise ratio. */
  static NoiseLevel level(double logSnr) {
    double b = 1 / (1 + StrictMath.exp(logSnr));
    return new NoiseLevel(Math.sqrt(1 / (1 + StrictMath.exp(-logSnr))), b);
  }
}
