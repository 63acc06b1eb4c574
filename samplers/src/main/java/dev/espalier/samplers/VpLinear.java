package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseSchedule;
import dev.espalier.api.Setting;

/**
 * The variance-preserving process whose rate of noise grows linearly in time: {@code a² = e^{−B}},
 * {@code b = 1 − e^{−B}} with {@code B = β₀·t + (β₁ − β₀)·t²/2} (Song et al., 2021).
 *
 * @param betaMin the rate β₀ at time 0; finite and positive
 * @param betaMax the rate β₁ at time 1; finite and at least {@code betaMin}
 */
public record VpLinear(
    @Setting(value = "" + BETA_MIN, help = "rate of noise at the data; > 0") double betaMin,
    @Setting(value = "" + BETA_MAX, help = "rate of noise at the noisy end; >= betaMin")
        double betaMax)
    implements NoiseSchedule {

  /** The usual rate at time 0. */
  public static final double BETA_MIN = 0.1;

  /** The usual rate at time 1. */
  public static final double BETA_MAX = 20;

  /** Checks the ranges. */
  public VpLinear {
    Checks.positive("betaMin", betaMin);
    Checks.positive("betaMax", betaMax);
    if (!(betaMin <= betaMax)) {
      throw new IllegalArgumentException(
          "need betaMin <= betaMax, got betaMin=" + betaMin + ", betaMax=" + betaMax);
    }
  }

  /** The process with the usual rates. */
  public static VpLinear standard() {
    return new VpLinear(BETA_MIN, BETA_MAX);
  }

  @Override
  public NoiseLevel at(double t) {
    Checks.time(t);
    double integral = t * (betaMin + 0.5 * (betaMax - betaMin) * t);
    return new NoiseLevel(StrictMath.exp(-0.5 * integral), -StrictMath.expm1(-integral));
  }

  @Override
  public double timeOf(double logSnr) {
    double integral = StrictMath.log1p(StrictMath.exp(-logSnr));
    if (integral == Double.POSITIVE_INFINITY) {
      return 1;
    }
    double root = Math.sqrt(betaMin * betaMin + 2 * (betaMax - betaMin) * integral);
    return Checks.clamp(2 * integral / (betaMin + root));
  }
}
