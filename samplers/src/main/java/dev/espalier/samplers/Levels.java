package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Score;
import dev.espalier.api.TimeGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/** How the grids here are put together: noisy levels that the score knows, then the data. */
final class Levels {
  private Levels() {}

  /** Noisy levels with the clean one after them. */
  static List<NoiseLevel> endingClean(Score score, List<NoiseLevel> noisy) {
    NoiseRange range = score.range();
    noisy.forEach(range::require);
    List<NoiseLevel> all = new ArrayList<>(noisy);
    all.add(NoiseLevel.CLEAN);
    return TimeGrid.check(all);
  }

  /** The levels at {@code count} even places from {@code first} to {@code last}. */
  static List<NoiseLevel> even(
      double first, double last, int count, DoubleFunction<NoiseLevel> level) {
    List<NoiseLevel> levels = new ArrayList<>(count);
    for (int k = 0; k < count; k++) {
      double place = count == 1 ? first : (first * (count - 1 - k) + last * k) / (count - 1);
      levels.add(level.apply(place));
    }
    return levels;
  }

  /** The level at a share of the way in log signal-to-noise ratio; both have signal and noise. */
  static NoiseLevel between(NoiseLevel from, NoiseLevel to, double share) {
    double logA = (1 - share) * StrictMath.log(from.a()) + share * StrictMath.log(to.a());
    double logB = (1 - share) * StrictMath.log(from.b()) + share * StrictMath.log(to.b());
    return new NoiseLevel(StrictMath.exp(logA), StrictMath.exp(logB));
  }

  /** Half the difference of the log signal-to-noise ratios. */
  static double length(NoiseLevel from, NoiseLevel to) {
    return 0.5 * (to.logSnr() - from.logSnr());
  }

  /** The variance-preserving level with the given log signal-to-noise ratio. */
  static NoiseLevel preserving(double logSnr) {
    double ratio = StrictMath.exp(logSnr);
    return new NoiseLevel(1 / Math.sqrt(1 + 1 / ratio), 1 / (1 + ratio));
  }
}
