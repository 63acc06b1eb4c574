package dev.espalier.samplers;

import dev.espalier.api.Setting;
import dev.espalier.api.TimeGrid;

/**
 * What a walk with {@link Langevin} may be told: its own settings, and what every walk may be.
 *
 * @param steps see {@link Walk.Settings#steps()}
 * @param repeats see {@link Langevin#repeats()}
 * @param length see {@link Langevin#length()}
 * @param grid see {@link Walk.Settings#grid()}
 * @param start see {@link Walk.Settings#start()}
 * @param last see {@link Walk.Settings#last()}
 */
public record LangevinSettings(
    @Setting(value = "" + Walk.Settings.STEPS, help = Walk.Settings.STEPS_HELP) int steps,
    @Setting(value = "" + Langevin.REPEATS, help = "steps at each level; >= 1") int repeats,
    @Setting(value = "" + Langevin.LENGTH, help = "length of each in units of the variance; > 0")
        double length,
    @Setting(value = Walk.Settings.GRID, help = Walk.Settings.GRID_HELP) TimeGrid grid,
    @Setting(value = Walk.Settings.START, help = Walk.Settings.START_HELP) Start start,
    @Setting(value = Walk.Settings.LAST, help = Walk.Settings.LAST_HELP) Last last)
    implements SteppedSettings {

  static LangevinSettings of(Langevin stepper, Walk.Settings walk) {
    return new LangevinSettings(
        walk.steps(), stepper.repeats(), stepper.length(), walk.grid(), walk.start(), walk.last());
  }

  @Override
  public Stepper stepper() {
    return new Langevin(repeats, length);
  }
}
