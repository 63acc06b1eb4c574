package dev.espalier.api;

import java.io.Serializable;

/**
 * How strongly a law is noised: {@code x = a·x0 + √b·w} with standard normal {@code w}.
 *
 * <p>The variance {@code b} is stored itself and never recomputed as {@code 1 − a²}, which loses
 * every digit close to the data.
 *
 * @param a the factor on the signal, finite and at least 0
 * @param b the variance of the added noise, finite and at least 0; not 0 together with {@code a}
 */
public record NoiseLevel(double a, double b) implements Serializable {

  /** The data themselves: {@code a = 1}, {@code b = 0}. */
  public static final NoiseLevel CLEAN = new NoiseLevel(1, 0);

  /** Checks the ranges. */
  public NoiseLevel {
    if (!(a >= 0
        && a < Double.POSITIVE_INFINITY
        && b >= 0
        && b < Double.POSITIVE_INFINITY
        && a + b > 0)) {
      throw new IllegalArgumentException(
          "need finite a >= 0 and b >= 0, not both 0, got a=" + a + ", b=" + b);
    }
  }

  /** The variance-preserving level with noise variance {@code b} in [0, 1]: {@code a² + b = 1}. */
  public static NoiseLevel preserving(double b) {
    if (!(b >= 0 && b <= 1)) {
      throw new IllegalArgumentException("need 0 <= b <= 1, got b=" + b);
    }
    return new NoiseLevel(Math.sqrt(1 - b), b);
  }

  /** The variance-exploding level {@code x = x0 + sigma·w}. */
  public static NoiseLevel exploding(double sigma) {
    return new NoiseLevel(1, sigma * sigma);
  }

  /**
   * The logarithm of the signal-to-noise ratio, {@code log(a²/b)}; infinite where {@code a} or
   * {@code b} is 0.
   */
  public double logSnr() {
    return 2 * StrictMath.log(a) - StrictMath.log(b);
  }

  /** The noise deviation relative to the signal, {@code √b / a}; infinite where {@code a} is 0. */
  public double sigma() {
    return Math.sqrt(b) / a;
  }

  /**
   * The step from this level to a noisier one: {@code x' = r·x + √v·w} with {@code r = a'/a} and
   * {@code v = b' − r²·b}, itself a level.
   *
   * @throws IllegalArgumentException if {@code noisier} has less noise relative to its signal, or
   *     this level has no signal left
   */
  public NoiseLevel to(NoiseLevel noisier) {
    double r = noisier.a / a;
    double v = noisier.b - r * r * b;
    if (!(a > 0 && v >= 0)) {
      throw new IllegalArgumentException(
          "need a noisier level than " + this + " to step to, got " + noisier);
    }
    return new NoiseLevel(r, v);
  }
}
