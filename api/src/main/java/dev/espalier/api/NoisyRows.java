package dev.espalier.api;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A batch for training targets that is given its parts. */
final class NoisyRows implements TrainingTarget.Batch {
  private final NoiseLevel level;
  private final double[] noisy;
  private final double[] clean;
  private final Samples reference;
  private final TrainingTarget.@Nullable Earlier earlier;

  NoisyRows(
      NoiseLevel level,
      double[] noisy,
      double[] clean,
      Samples reference,
      TrainingTarget.@Nullable Earlier earlier) {
    if (noisy.length != clean.length) {
      throw new IllegalArgumentException(
          "need as many noisy as clean values, got " + noisy.length + " and " + clean.length);
    }
    this.level = level;
    this.noisy = noisy;
    this.clean = clean;
    this.reference = reference;
    this.earlier = earlier;
  }

  @Override
  public int columns() {
    return reference.columns();
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
    return clean;
  }

  @Override
  public Samples reference() {
    return reference;
  }

  @Override
  public Optional<TrainingTarget.Earlier> earlier() {
    return Optional.ofNullable(earlier);
  }

  /** The rows earlier on their paths. */
  static final class Before implements TrainingTarget.Earlier {
    private final List<NoiseLevel> path;
    private final double[] rows;
    private final Score frozen;

    Before(List<NoiseLevel> path, double[] rows, Score frozen) {
      if (path.isEmpty()) {
        throw new IllegalArgumentException("need at least one level of a path, got none");
      }
      this.path = path;
      this.rows = rows;
      this.frozen = frozen;
    }

    @Override
    public NoiseLevel level() {
      return path.get(path.size() - 1);
    }

    @Override
    public List<NoiseLevel> path() {
      return path;
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
