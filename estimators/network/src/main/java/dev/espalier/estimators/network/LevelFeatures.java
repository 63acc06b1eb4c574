package dev.espalier.estimators.network;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;

/** What a network is told of a noise level: its place in the range, and waves over the range. */
final class LevelFeatures {
  private static final double[] HALF_WAVES = {0.5, 1, 2, 4};

  /** How many there are. */
  static final int COUNT = 1 + 2 * HALF_WAVES.length;

  private LevelFeatures() {}

  /** Writes the features at {@code at}. */
  static void write(NoiseLevel level, NoiseRange range, float[] out, int at) {
    double logSnr = 2 * StrictMath.log(level.a()) - StrictMath.log(level.b());
    double half = 0.5 * (range.cleanest() - range.noisiest());
    double place = half > 0 ? (logSnr - range.noisiest()) / half - 1 : 0;
    out[at] = (float) place;
    for (int i = 0; i < HALF_WAVES.length; i++) {
      double angle = StrictMath.PI * HALF_WAVES[i] * place;
      out[at + 1 + 2 * i] = (float) StrictMath.sin(angle);
      out[at + 2 + 2 * i] = (float) StrictMath.cos(angle);
    }
  }
}
