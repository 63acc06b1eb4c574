package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseSchedule;
import dev.espalier.api.Setting;

/**
 * The Ornstein–Uhlenbeck process {@code dX = −X dt + √2 dW} run to a horizon: {@code a = e^{−h·t}},
 * {@code b = 1 − e^{−2h·t}}.
 *
 * @param horizon the time h of the process at time 1 of the schedule; finite and positive
 */
public record Ou(
    @Setting(value = "" + HORIZON, help = "time of the process at the noisy end; > 0")
        double horizon)
    implements NoiseSchedule {

  /** The usual horizon; the log signal-to-noise ratio is then −10 at the noisy end. */
  public static final double HORIZON = 5;

  /** Checks the range. */
  public Ou {
    Checks.positive("horizon", horizon);
  }

  /** The process with the usual horizon. */
  public static Ou standard() {
    return new Ou(HORIZON);
  }

  @Override
  public NoiseLevel at(double t) {
    double s = horizon * Checks.time(t);
    return new NoiseLevel(StrictMath.exp(-s), -StrictMath.expm1(-2 * s));
  }

  @Override
  public double timeOf(double logSnr) {
    return Checks.clamp(0.5 * StrictMath.log1p(StrictMath.exp(-logSnr)) / horizon);
  }
}
