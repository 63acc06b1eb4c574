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

  /** The variance-preserving level with the given log signal-to-noise ratio. */
  static NoiseLevel preserving(double logSnr) {
    double ratio = StrictMath.exp(logSnr);
    return new NoiseLevel(1 / Math.sqrt(1 + 1 / ratio), 1 / (1 + ratio));
  }
}
