package dev.espalier.samplers;

import dev.espalier.api.Setting;
import dev.espalier.api.TimeGrid;

/**
 * What a walk with {@link Lms} may be told: its own settings, and what every walk may be.
 *
 * @param steps see {@link Walk.Settings#steps()}
 * @param order see {@link Lms#order()}
 * @param grid see {@link Walk.Settings#grid()}
 * @param start see {@link Walk.Settings#start()}
 * @param last see {@link Walk.Settings#last()}
 */
public record LmsSettings(
    @Setting(value = "" + Walk.Settings.STEPS, help = Walk.Settings.STEPS_HELP) int steps,
    @Setting(value = "" + Lms.ORDER, help = "posterior means in a step, from 1 to 4") int order,
    @Setting(value = Walk.Settings.GRID, help = Walk.Settings.GRID_HELP) TimeGrid grid,
    @Setting(value = Walk.Settings.START, help = Walk.Settings.START_HELP) Start start,
    @Setting(value = Walk.Settings.LAST, help = Walk.Settings.LAST_HELP) Last last)
    implements SteppedSettings {

  static LmsSettings of(Lms stepper, Walk.Settings walk) {
    return new LmsSettings(walk.steps(), stepper.order(), walk.grid(), walk.start(), walk.last());
  }

  @Override
  public Stepper stepper() {
    return new Lms(order);
  }
}
