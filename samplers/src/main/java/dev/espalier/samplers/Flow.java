package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseSchedule;

/**
 * The straight line from the data to noise: {@code a = 1 − t}, {@code √b = t} (Lipman et al., 2023;
 * Liu et al., 2023).
 *
 * <p>At time 1 no signal is left.
 */
public record Flow() implements NoiseSchedule {

  @Override
  public NoiseLevel at(double t) {
    return new NoiseLevel(1 - Checks.time(t), t * t);
  }

  @Override
  public double timeOf(double logSnr) {
    return 1 / (1 + StrictMath.exp(0.5 * logSnr));
  }
}
