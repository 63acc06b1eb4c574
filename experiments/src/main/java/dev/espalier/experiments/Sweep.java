package dev.espalier.experiments;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Streams;
import dev.espalier.api.TrainingTarget;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Rows of one column on noise paths through rising levels, as a batch for training targets. */
final class Sweep {
  private final Samples clean;
  private final NoiseLevel level;
  private final double[] noisy;
  private final TrainingTarget.@Nullable Earlier known;

  private Sweep(
      Samples clean, NoiseLevel level, double[] noisy, TrainingTarget.@Nullable Earlier known) {
    this.clean = clean;
    this.level = level;
    this.noisy = noisy;
    this.known = known;
  }

  /** Clean rows. */
  static Sweep of(Samples clean) {
    return new Sweep(clean, NoiseLevel.CLEAN, clean.toArray(), null);
  }

  /** The Ornstein–Uhlenbeck level at a time. */
  static NoiseLevel ou(double time) {
    return new NoiseLevel(StrictMath.exp(-time), -StrictMath.expm1(-2 * time));
  }

  /**
   * The same rows further on their paths.
   *
   * @param frozen the score known here, if any
   */
  Sweep to(NoiseLevel next, @Nullable Score frozen, Streams streams) {
    NoiseLevel step = level.to(next);
    double root = Math.sqrt(step.b());
    double[] moved = new double[noisy.length];
    RandomGenerator random = streams.stream("paths", Double.doubleToLongBits(next.b()));
    for (int i = 0; i < moved.length; i++) {
      moved[i] = step.a() * noisy[i] + root * random.nextGaussian();
    }
    return new Sweep(
        clean,
        next,
        moved,
        frozen == null ? null : TrainingTarget.Earlier.of(level, noisy, frozen));
  }

  NoiseLevel level() {
    return level;
  }

  double[] noisy() {
    return noisy;
  }

  /** The rows as training targets see them. */
  TrainingTarget.Batch batch() {
    return TrainingTarget.Batch.of(level, noisy, clean.toArray(), clean, known);
  }

  /** The target in units of the score, {@code (a·target − x)/b}. */
  double[] scores(TrainingTarget target) {
    double[] out = new double[noisy.length];
    target.write(batch(), out);
    for (int i = 0; i < out.length; i++) {
      out[i] = (level.a() * out[i] - noisy[i]) / level.b();
    }
    return out;
  }

  /** The slope of the regression of {@code y} on the noisy rows, without a constant. */
  double slope(double[] y) {
    double along = 0;
    double square = 0;
    for (int i = 0; i < y.length; i++) {
      along += noisy[i] * y[i];
      square += noisy[i] * noisy[i];
    }
    return along / square;
  }
}
