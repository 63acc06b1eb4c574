package dev.espalier.plugins.bootstrapped;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Streams;
import dev.espalier.api.TrainingTarget;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Rows of a law noised along paths of two levels. */
final class Rows implements TrainingTarget.Batch, TrainingTarget.Earlier {
  private final NoiseLevel first;
  private final NoiseLevel last;
  private final Samples reference;
  private final Score frozen;
  final double[] middle;
  final double[] noisy;

  private final boolean early;

  private Rows(
      NoiseLevel first,
      NoiseLevel last,
      Samples reference,
      Score frozen,
      double[] middle,
      double[] noisy,
      boolean early) {
    this.first = first;
    this.last = last;
    this.reference = reference;
    this.frozen = frozen;
    this.middle = middle;
    this.noisy = noisy;
    this.early = early;
  }

  static Rows of(NoiseLevel first, NoiseLevel last, Samples clean, Score frozen) {
    NoiseLevel step = first.to(last);
    double[] middle = clean.toArray();
    double[] noisy = new double[middle.length];
    RandomGenerator random = new Streams(4).stream("paths", 0);
    for (int i = 0; i < middle.length; i++) {
      middle[i] = first.a() * middle[i] + Math.sqrt(first.b()) * random.nextGaussian();
      noisy[i] = step.a() * middle[i] + Math.sqrt(step.b()) * random.nextGaussian();
    }
    return new Rows(first, last, clean, frozen, middle, noisy, false);
  }

  /** The first rows of this batch, with the same reference. */
  Rows first(int count) {
    int length = count * columns();
    return new Rows(
        first,
        last,
        reference,
        frozen,
        Arrays.copyOf(middle, length),
        Arrays.copyOf(noisy, length),
        early);
  }

  @Override
  public int columns() {
    return reference.columns();
  }

  /** That of the batch, or of what is earlier. */
  @Override
  public NoiseLevel level() {
    return early ? first : last;
  }

  @Override
  public double[] noisy() {
    return noisy;
  }

  @Override
  public double[] clean() {
    return Arrays.copyOf(reference.toArray(), noisy.length);
  }

  @Override
  public Samples reference() {
    return reference;
  }

  @Override
  public Optional<TrainingTarget.Earlier> earlier() {
    return Optional.of(new Rows(first, last, reference, frozen, middle, noisy, true));
  }

  @Override
  public double[] rows() {
    return middle;
  }

  @Override
  public Score frozen() {
    return frozen;
  }
}
