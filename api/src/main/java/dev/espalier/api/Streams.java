package dev.espalier.api;

import java.io.Serializable;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Independent random streams derived from one seed, named by consumer and index.
 *
 * <p>A stream is a pure function of {@code (seed, consumer, index)}, so work that is split over
 * threads, blocks or machines draws the same numbers, and a new consumer disturbs no other. The
 * algorithm is {@code L64X128MixRandom} by name, with the interface's own {@code nextGaussian}.
 *
 * @param seed the one seed that a user sees
 */
public record Streams(long seed) implements Serializable {

  private static final RandomGeneratorFactory<RandomGenerator> ALGORITHM =
      RandomGeneratorFactory.of("L64X128MixRandom");

  /** The stream of one consumer at one index, from its beginning. */
  public RandomGenerator stream(String consumer, long index) {
    return ALGORITHM.create(seed(consumer, index));
  }

  /**
   * Rows {@code a·x + √b·w} of rows {@code x}; row i takes its {@code w} from {@code stream("row",
   * i)}, so that it depends on nothing but the seed and i.
   *
   * @param rows of so many columns each; missing cells stay missing
   */
  public double[] noised(NoiseLevel step, double[] rows, int columns) {
    double root = Math.sqrt(step.b());
    double[] out = new double[rows.length];
    for (int at = 0; at < rows.length; at += columns) {
      RandomGenerator random = stream("row", at / columns);
      for (int j = at; j < at + columns; j++) {
        out[j] = step.a() * rows[j] + root * random.nextGaussian();
      }
    }
    return out;
  }

  /** A seed for a part that derives streams of its own. */
  public long seed(String consumer, long index) {
    long hash = mix(seed);
    for (int i = 0; i < consumer.length(); i++) {
      hash = mix(hash ^ consumer.charAt(i));
    }
    return mix(mix(hash + 0x9E3779B97F4A7C15L) ^ index);
  }

  /** Stafford's variant 13 of the MurmurHash3 finalizer over a Weyl step; a bijection. */
  private static long mix(long z) {
    z += 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
