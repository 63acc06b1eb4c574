package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Score;
import dev.espalier.api.Setting;
import dev.espalier.api.TimeGrid;
import java.util.ArrayList;
import java.util.List;

/**
 * The levels of Li, Cai and Wei (arXiv 2504.05300, equation 14), then the data.
 *
 * <p>With {@code T} steps, {@code r = c1·log T/T} and {@code b = 1 − a²}: {@code a² = T^{−c0}} at
 * {@code t = T}, and {@code b_{t−1} = b_t·(1 − r·a_t²)} down to {@code t = 1}. Carried in {@code
 * b}, so the last levels keep all digits. The steps are the paper's {@code T}: the levels are
 * {@code t = T, …, 1, 0}, and the paper's output {@code Y_1} is what {@link Last#KEEP} gives.
 *
 * @param c0 how little signal the first level has; finite and positive
 * @param c1 how long the steps are; finite and positive, with {@code c1·log T/T ≤ 1}
 */
public record LiCaiWei(
    @Setting(value = "" + C0, help = "the first level has a squared signal of steps^-c0; > 0")
        double c0,
    @Setting(value = "" + C1, help = "length of the steps; > 0, with c1 log(steps)/steps <= 1")
        double c1)
    implements TimeGrid {

  /** The usual exponent of the first level. */
  public static final double C0 = 2;

  /** The usual length of the steps. */
  public static final double C1 = 10;

  /** Checks the ranges. */
  public LiCaiWei {
    Checks.positive("c0", c0);
    Checks.positive("c1", c1);
  }

  /** The usual constants. */
  public static LiCaiWei standard() {
    return new LiCaiWei(C0, C1);
  }

  @Override
  public List<NoiseLevel> levels(Score score, int steps) {
    double rate = rate(c1, steps);
    double signal = StrictMath.pow(steps, -c0);
    double noise = 1 - signal;
    List<NoiseLevel> levels = new ArrayList<>(steps);
    levels.add(new NoiseLevel(Math.sqrt(signal), noise));
    for (int t = steps; t >= 2; t--) {
      double shrink = 1 - rate * signal;
      signal *= 1 + rate * noise;
      noise *= shrink;
      levels.add(new NoiseLevel(Math.sqrt(signal), noise));
    }
    return Levels.endingClean(score, levels);
  }

  /** {@code c1·log T/T}, at most 1. */
  static double rate(double c1, int steps) {
    Checks.atLeast("steps", 2, steps);
    double rate = c1 * StrictMath.log(steps) / steps;
    if (!(rate <= 1)) {
      throw new IllegalArgumentException(
          "need c1*log(steps)/steps <= 1, got "
              + rate
              + " for c1="
              + c1
              + " and steps="
              + steps
              + ". Take more steps or a smaller c1");
    }
    return rate;
  }
}
