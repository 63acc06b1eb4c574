package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;

/**
 * Euler's method for the probability-flow equation, of first order.
 *
 * <p>With {@code κ = √b/a} and {@code ε = (x − a·m)/√b} the equation is {@code d(x/a) = ε·dκ}, so a
 * step is {@code x' = a'·(x/a + (κ' − κ)·ε)}; this is {@link Ddim} without noise.
 */
public record Euler() implements Affine {
  private static final Ddim WITHOUT_NOISE = new Ddim(0);

  @Override
  public Factors factors(NoiseLevel from, NoiseLevel to) {
    return WITHOUT_NOISE.factors(from, to);
  }

  @Override
  public boolean isRandom() {
    return false;
  }
}
