package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseSchedule;
import dev.espalier.api.Setting;

/**
 * The variance-exploding path with a deviation that grows geometrically: {@code a = 1}, {@code √b =
 * σ₀·(σ₁/σ₀)^t} (Song et al., 2021).
 *
 * <p>Time 0 is not the data themselves: a deviation of {@code sigmaMin} is left there.
 *
 * @param sigmaMin the deviation σ₀ at time 0; finite and positive
 * @param sigmaMax the deviation σ₁ at time 1; finite and above {@code sigmaMin}
 */
public record Ve(
    @Setting(value = "" + SIGMA_MIN, help = "deviation of the noise at time 0; > 0")
        double sigmaMin,
    @Setting(value = "" + SIGMA_MAX, help = "deviation of the noise at time 1; > sigmaMin")
        double sigmaMax)
    implements NoiseSchedule {

  /** The usual deviation at time 0. */
  public static final double SIGMA_MIN = 0.01;

  /** The usual deviation at time 1, for rows of about unit variance. */
  public static final double SIGMA_MAX = 50;

  /** Checks the ranges. */
  public Ve {
    Checks.positive("sigmaMin", sigmaMin);
    Checks.positive("sigmaMax", sigmaMax);
    if (!(sigmaMin < sigmaMax)) {
      throw new IllegalArgumentException(
          "need sigmaMin < sigmaMax, got sigmaMin=" + sigmaMin + ", sigmaMax=" + sigmaMax);
    }
  }

  /** The path with the usual deviations. */
  public static Ve standard() {
    return new Ve(SIGMA_MIN, SIGMA_MAX);
  }

  @Override
  public NoiseLevel at(double t) {
    Checks.time(t);
    double logSigma = (1 - t) * StrictMath.log(sigmaMin) + t * StrictMath.log(sigmaMax);
    return new NoiseLevel(1, StrictMath.exp(2 * logSigma));
  }

  @Override
  public double timeOf(double logSnr) {
    double least = StrictMath.log(sigmaMin);
    return Checks.clamp((-0.5 * logSnr - least) / (StrictMath.log(sigmaMax) - least));
  }
}
