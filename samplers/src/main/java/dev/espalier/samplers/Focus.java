package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Score;
import dev.espalier.api.Setting;
import dev.espalier.api.TimeGrid;
import java.util.List;

/**
 * Variance-preserving levels that crowd where signal and noise are of one size, then the data.
 *
 * <p>There rows of about unit variance take their shape. The log signal-to-noise ratios are {@code
 * width·sinh(u)} at even {@code u}: about even up to {@code width} from 0 and in a geometric
 * sequence beyond, so that the ends may be far out at the cost of few levels.
 *
 * @param width how far from 0 levels are about even; finite and positive
 * @param noisiest the log signal-to-noise ratio of the first level
 * @param cleanest the log signal-to-noise ratio of the last noisy level
 */
public record Focus(
    @Setting(
            value = "" + WIDTH,
            help = "how far from 0 log signal-to-noise ratios are about even; > 0")
        double width,
    @Setting(value = "auto", help = "log signal-to-noise ratio of the first level; auto is -8")
        Bound noisiest,
    @Setting(value = "auto", help = "log signal-to-noise ratio of the last noisy level; auto is 11")
        Bound cleanest)
    implements TimeGrid {

  /** The usual width. */
  public static final double WIDTH = 3;

  /** The usual log signal-to-noise ratio of the first level. */
  public static final double NOISIEST = -8;

  /** The usual log signal-to-noise ratio of the last noisy level. */
  public static final double CLEANEST = 11;

  /** Checks the range. */
  public Focus {
    Checks.positive("width", width);
  }

  /** The usual width and ends, moved into the range that the score knows. */
  public static Focus standard() {
    return new Focus(WIDTH, Bound.AUTO, Bound.AUTO);
  }

  @Override
  public List<NoiseLevel> levels(Score score, int steps) {
    Checks.atLeast("steps", 1, steps);
    NoiseRange range = score.range();
    double first = noisiest.within(NOISIEST, range.noisiest(), range.cleanest());
    double last = cleanest.within(CLEANEST, range.noisiest(), range.cleanest());
    return Levels.endingClean(
        score,
        Levels.even(
            place(first), place(last), steps, u -> Levels.preserving(width * StrictMath.sinh(u))));
  }

  /** The {@code u} of a log signal-to-noise ratio. */
  private double place(double logSnr) {
    double size = Math.abs(logSnr) / width;
    return Math.copySign(StrictMath.log1p(size + Math.sqrt(size * size + 1) - 1), logSnr);
  }
}
