package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;

/**
 * The sampler that draws {@code x'} given {@code x} as if {@code x0} were its posterior mean, with
 * variance {@code v·b'/b}.
 *
 * <p>On variance-preserving levels the noise has variance {@code β·(1 − ᾱ')/(1 − ᾱ)} (Ho et al.,
 * 2020). It is exact where the law is a point: off a subspace that holds the data, the variance is
 * that of the level, exactly.
 */
public record Ancestral() implements Affine {

  @Override
  public Factors factors(NoiseLevel from, NoiseLevel to) {
    return Factors.posteriorMean(from, to, Math.sqrt(variance(from, to)));
  }

  /** The variance of {@code x'} given {@code x} and {@code x0}: {@code v·b'/b}. */
  static double variance(NoiseLevel from, NoiseLevel to) {
    return to.to(from).b() * (to.b() / from.b());
  }
}
