package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Score;
import dev.espalier.api.Setting;
import dev.espalier.api.TimeGrid;
import java.util.List;

/**
 * Variance-exploding levels whose deviations are even after taking the root of order {@code rho},
 * then the data (Karras et al., 2022, equation 5).
 *
 * @param rho the order; a larger one takes shorter steps close to the data; finite and positive
 * @param sigmaMin the deviation of the last noisy level
 * @param sigmaMax the deviation of the first level
 */
public record Karras(
    @Setting(value = "" + RHO, help = "order of the root; larger is finer close to the data; > 0")
        double rho,
    @Setting(value = "auto", help = "deviation of the last noisy level; auto is 0.002")
        Bound sigmaMin,
    @Setting(value = "auto", help = "deviation of the first level; auto is 40") Bound sigmaMax)
    implements TimeGrid {

  /** The usual order. */
  public static final double RHO = 7;

  /** The usual deviation of the last noisy level, for rows of about unit variance. */
  public static final double SIGMA_MIN = 0.002;

  /**
   * The usual deviation of the first level, for rows of about unit variance. Smaller than the 80 of
   * the paper: where rows start then costs less than the longer steps from 80 do.
   */
  public static final double SIGMA_MAX = 40;

  /** Checks the ranges. */
  public Karras {
    Checks.positive("rho", rho);
    if (sigmaMin.value() <= 0) {
      throw new IllegalArgumentException("need sigmaMin > 0 or auto, got " + sigmaMin);
    }
    if (sigmaMax.value() <= 0) {
      throw new IllegalArgumentException("need sigmaMax > 0 or auto, got " + sigmaMax);
    }
  }

  /** The usual order and ends, moved into the range that the score knows. */
  public static Karras standard() {
    return new Karras(RHO, Bound.AUTO, Bound.AUTO);
  }

  @Override
  public List<NoiseLevel> levels(Score score, int steps) {
    Checks.atLeast("steps", 1, steps);
    NoiseRange range = score.range();
    double low = StrictMath.exp(-0.5 * range.cleanest());
    double high = StrictMath.exp(-0.5 * range.noisiest());
    double first = StrictMath.pow(sigmaMax.within(SIGMA_MAX, low, high), 1 / rho);
    double last = StrictMath.pow(sigmaMin.within(SIGMA_MIN, low, high), 1 / rho);
    return Levels.endingClean(
        score,
        Levels.even(first, last, steps, root -> NoiseLevel.exploding(StrictMath.pow(root, rho))));
  }
}
