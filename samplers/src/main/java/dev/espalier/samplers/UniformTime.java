package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.NoiseSchedule;
import dev.espalier.api.Score;
import dev.espalier.api.Setting;
import dev.espalier.api.TimeGrid;
import java.util.List;

/**
 * Levels at even times of a schedule.
 *
 * <p>The times run from 1, or from the noisiest level that the score knows, to 0. Where the
 * schedule or the score stops short of the data, the last even time is there and the data follow.
 *
 * @param schedule the path of levels
 */
public record UniformTime(
    @Setting(value = "ou()", help = "the noise schedule whose time is divided evenly")
        NoiseSchedule schedule)
    implements TimeGrid {

  /** Even times of the Ornstein–Uhlenbeck process with the usual horizon. */
  public static UniformTime standard() {
    return new UniformTime(Ou.standard());
  }

  @Override
  public List<NoiseLevel> levels(Score score, int steps) {
    Checks.atLeast("steps", 1, steps);
    NoiseRange range = score.range();
    double first = schedule.timeOf(range.noisiest());
    double end = schedule.timeOf(range.cleanest());
    boolean reachesData = schedule.at(0).b() == 0;
    double last = reachesData ? Math.max(end, first / steps) : end;
    return Levels.endingClean(score, Levels.even(first, last, steps, schedule::at));
  }
}
