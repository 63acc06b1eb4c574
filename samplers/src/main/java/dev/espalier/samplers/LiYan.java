package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Score;
import dev.espalier.api.Setting;
import dev.espalier.api.TimeGrid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The levels of Li and Yan (arXiv 2409.18959), then the data.
 *
 * <p>With {@code T} steps and {@code r = c1·log T/T}: {@code β_1 = T^{−c0}} and {@code β_{t+1} =
 * r·min(β_1·(1 + r)^t, 1)}; {@code a_t²} is the product of {@code 1 − β} up to {@code t}, and
 * {@code b_t = 1 − a_t²} is summed, not subtracted. The levels are {@code t = T, …, 1, 0}.
 *
 * @param c0 how little noise the last noisy level has; finite and positive
 * @param c1 how long the steps are; finite and positive, with {@code c1·log T/T < 1}
 */
public record LiYan(
    @Setting(value = "" + C0, help = "the last noisy level has a variance of steps^-c0; > 0")
        double c0,
    @Setting(value = "" + C1, help = "length of the steps; > 0, with c1 log(steps)/steps < 1")
        double c1)
    implements TimeGrid {

  /** The usual exponent of the last noisy level. */
  public static final double C0 = 2;

  /** The usual length of the steps. */
  public static final double C1 = 10;

  /** Checks the ranges. */
  public LiYan {
    Checks.positive("c0", c0);
    Checks.positive("c1", c1);
  }

  /** The usual constants. */
  public static LiYan standard() {
    return new LiYan(C0, C1);
  }

  @Override
  public List<NoiseLevel> levels(Score score, int steps) {
    double rate = LiCaiWei.rate(c1, steps);
    double first = StrictMath.pow(steps, -c0);
    double growth = first;
    double signal = 1 - first;
    double noise = first;
    List<NoiseLevel> levels = new ArrayList<>(steps);
    levels.add(new NoiseLevel(Math.sqrt(signal), noise));
    for (int t = 1; t < steps; t++) {
      growth = Math.min(growth * (1 + rate), 1);
      double beta = rate * growth;
      noise += signal * beta;
      signal *= 1 - beta;
      levels.add(new NoiseLevel(Math.sqrt(signal), noise));
    }
    Collections.reverse(levels);
    return Levels.endingClean(score, levels);
  }
}
