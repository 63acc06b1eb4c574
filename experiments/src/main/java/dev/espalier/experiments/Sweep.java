package dev.espalier.experiments;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Streams;
import dev.espalier.api.TrainingTarget;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Rows of one column on noise paths through rising levels, as a batch for training targets. */
final class Sweep implements TrainingTarget.Batch {
  private final Samples clean;
  private final NoiseLevel level;
  private final double[] noisy;
  private final @Nullable Known known;

  private Sweep(Samples clean, NoiseLevel level, double[] noisy, @Nullable Known known) {
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
    return new Sweep(clean, next, moved, frozen == null ? null : new Known(level, noisy, frozen));
  }

  /** The target in units of the score, {@code (a·target − x)/b}. */
  double[] scores(TrainingTarget target) {
    double[] out = new double[noisy.length];
    target.write(this, out);
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

  @Override
  public int columns() {
    return clean.columns();
  }

  @Override
  public NoiseLevel level() {
    return level;
  }

  @Override
  public double[] noisy() {
    return noisy;
  }

  @Override
  public double[] clean() {
    return clean.toArray();
  }

  @Override
  public Samples reference() {
    return clean;
  }

  @Override
  public Optional<TrainingTarget.Earlier> earlier() {
    return Optional.ofNullable(known);
  }

  /** Rows where a score is known. */
  private static final class Known implements TrainingTarget.Earlier {
    private final NoiseLevel level;
    private final double[] rows;
    private final Score frozen;

    Known(NoiseLevel level, double[] rows, Score frozen) {
      this.level = level;
      this.rows = rows;
      this.frozen = frozen;
    }

    @Override
    public NoiseLevel level() {
      return level;
    }

    @Override
    public double[] rows() {
      return rows;
    }

    @Override
    public Score frozen() {
      return frozen;
    }
  }
}
