package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;

/**
 * The family between the deterministic sampler and {@link Ancestral} (Song et al., 2021): {@code x'
 * = a'·m + √(b' − s²)·(x − a·m)/√b + s·z} with {@code s² = η²·v·b'/b}.
 *
 * @param eta η, from 0 (no noise) to 1 (all of the noise of {@link Ancestral})
 */
public record Ddim(double eta) implements Affine {

  /** Checks the range. */
  public Ddim {
    if (!(eta >= 0 && eta <= 1)) {
      throw new IllegalArgumentException("need eta from 0 to 1, got " + eta);
    }
  }

  @Override
  public Factors factors(NoiseLevel from, NoiseLevel to) {
    double variance = eta * eta * Ancestral.variance(from, to);
    double keep = Math.sqrt(Math.max(0, to.b() - variance) / from.b());
    return new Factors(keep, to.a() - from.a() * keep, Math.sqrt(variance));
  }

  @Override
  public boolean isRandom() {
    return eta > 0;
  }
}
