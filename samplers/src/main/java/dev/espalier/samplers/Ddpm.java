package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;

/**
 * The sampler of denoising diffusion models with the noise that is right for rows of unit variance
 * (Ho et al., 2020; arXiv 2504.05300, equation 9).
 *
 * <p>On variance-preserving levels, {@code α = (a/a')²}: {@code x' = (x + (1 − α)·s(x))/√α + √(1 −
 * α)·z}, the noise outside the division. On other levels, the same after rescaling. It keeps a
 * standard normal law exactly.
 */
public record Ddpm() implements Affine {

  @Override
  public Factors factors(NoiseLevel from, NoiseLevel to) {
    double variance = to.to(from).b();
    double scale = (to.a() * to.a() + to.b()) / (from.a() * from.a() + from.b());
    return Factors.posteriorMean(from, to, Math.sqrt(variance * scale));
  }
}
