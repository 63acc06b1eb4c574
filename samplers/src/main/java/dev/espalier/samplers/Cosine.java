package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Score;
import dev.espalier.api.Setting;
import dev.espalier.api.TimeGrid;
import java.util.List;

/**
 * Variance-preserving levels at even angles {@code u}, {@code a = cos u} and {@code √b = sin u},
 * then the data (Nichol and Dhariwal, 2021).
 *
 * @param noisiest the log signal-to-noise ratio of the first level
 * @param cleanest the log signal-to-noise ratio of the last noisy level
 */
public record Cosine(
    @Setting(value = "auto", help = "log signal-to-noise ratio of the first level; auto is -10")
        Bound noisiest,
    @Setting(value = "auto", help = "log signal-to-noise ratio of the last noisy level; auto is 10")
        Bound cleanest)
    implements TimeGrid {

  /** The usual ends of {@link UniformLogSnr}, moved into the range that the score knows. */
  public static Cosine standard() {
    return new Cosine(Bound.AUTO, Bound.AUTO);
  }

  @Override
  public List<NoiseLevel> levels(Score score, int steps) {
    Checks.atLeast("steps", 1, steps);
    NoiseRange range = score.range();
    double first = noisiest.within(UniformLogSnr.NOISIEST, range.noisiest(), range.cleanest());
    double last = cleanest.within(UniformLogSnr.CLEANEST, range.noisiest(), range.cleanest());
    return Levels.endingClean(score, Levels.even(angle(first), angle(last), steps, Cosine::level));
  }

  private static double angle(double logSnr) {
    return StrictMath.atan(StrictMath.exp(-0.5 * logSnr));
  }

  private static NoiseLevel level(double angle) {
    double sine = StrictMath.sin(angle);
    return new NoiseLevel(StrictMath.cos(angle), sine * sine);
  }
}
