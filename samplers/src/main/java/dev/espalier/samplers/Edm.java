package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseSchedule;
import dev.espalier.api.Setting;

/**
 * The variance-exploding path with a deviation that grows linearly: {@code a = 1}, {@code √b =
 * σ₁·t} (Karras et al., 2022).
 *
 * @param sigmaMax the deviation σ₁ at time 1; finite and positive
 */
public record Edm(
    @Setting(value = "" + SIGMA_MAX, help = "deviation of the noise at time 1; > 0")
        double sigmaMax)
    implements NoiseSchedule {

  /** The usual deviation at time 1, for rows of about unit variance. */
  public static final double SIGMA_MAX = 80;

  /** Checks the range. */
  public Edm {
    Checks.positive("sigmaMax", sigmaMax);
  }

  /** The path with the usual deviation. */
  public static Edm standard() {
    return new Edm(SIGMA_MAX);
  }

  @Override
  public NoiseLevel at(double t) {
    return NoiseLevel.exploding(sigmaMax * Checks.time(t));
  }

  @Override
  public double timeOf(double logSnr) {
    return Checks.clamp(StrictMath.exp(-0.5 * logSnr) / sigmaMax);
  }
}
