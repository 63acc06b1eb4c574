package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Score;
import dev.espalier.api.Setting;
import dev.espalier.api.TimeGrid;
import java.util.List;

/**
 * Variance-preserving levels at even log signal-to-noise ratios, then the data.
 *
 * @param noisiest the log signal-to-noise ratio of the first level
 * @param cleanest the log signal-to-noise ratio of the last noisy level
 */
public record UniformLogSnr(
    @Setting(value = "auto", help = "log signal-to-noise ratio of the first level; auto is -10")
        Bound noisiest,
    @Setting(value = "auto", help = "log signal-to-noise ratio of the last noisy level; auto is 10")
        Bound cleanest)
    implements TimeGrid {

  /** The usual log signal-to-noise ratio of the first level. */
  public static final double NOISIEST = -10;

  /** The usual log signal-to-noise ratio of the last noisy level. */
  public static final double CLEANEST = 10;

  /** The usual ends, moved into the range that the score knows. */
  public static UniformLogSnr standard() {
    return new UniformLogSnr(Bound.AUTO, Bound.AUTO);
  }

  @Override
  public List<NoiseLevel> levels(Score score, int steps) {
    Checks.atLeast("steps", 1, steps);
    NoiseRange range = score.range();
    double first = noisiest.within(NOISIEST, range.noisiest(), range.cleanest());
    double last = cleanest.within(CLEANEST, range.noisiest(), range.cleanest());
    return Levels.endingClean(score, Levels.even(first, last, steps, Levels::preserving));
  }
}
