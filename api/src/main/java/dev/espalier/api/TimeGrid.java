package dev.espalier.api;

import java.io.Serializable;
import java.util.List;

/** A rule for the noise levels that a sampler visits, from the noisiest to the cleanest. */
@FunctionalInterface
public interface TimeGrid extends Serializable {

  /**
   * The {@code steps + 1} levels for sampling from {@code score}, in strictly decreasing noise.
   *
   * @param score tells its range, and whatever a grid that adapts to it asks for
   * @param steps the number of steps, at least 1
   * @throws IllegalArgumentException if the score does not know levels that this grid needs
   */
  List<NoiseLevel> levels(Score score, int steps);

  /**
   * Returns {@code levels} if they can be sampled along: at least two, strictly rising in log
   * signal-to-noise ratio, {@code b = 0} at the last one only, {@code a = 0} at the first one only.
   *
   * @throws IllegalArgumentException naming the first place where they cannot
   */
  static List<NoiseLevel> check(List<NoiseLevel> levels) {
    if (levels.size() < 2) {
      throw new IllegalArgumentException(
          "need a time grid of at least two levels, got " + levels.size());
    }
    for (int k = 1; k < levels.size(); k++) {
      NoiseLevel before = levels.get(k - 1);
      NoiseLevel after = levels.get(k);
      if (!(after.logSnr() > before.logSnr())) {
        throw new IllegalArgumentException(
            "need levels of strictly decreasing noise, got "
                + before
                + " and then "
                + after
                + " at position "
                + k);
      }
    }
    return List.copyOf(levels);
  }
}
