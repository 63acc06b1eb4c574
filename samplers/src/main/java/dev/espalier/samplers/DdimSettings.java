package dev.espalier.samplers;

import dev.espalier.api.Setting;
import dev.espalier.api.TimeGrid;

/**
 * What a walk with {@link Ddim} may be told: its own settings, and what every walk may be.
 *
 * @param steps see {@link Walk.Settings#steps()}
 * @param eta see {@link Ddim#eta()}
 * @param grid see {@link Walk.Settings#grid()}
 * @param start see {@link Walk.Settings#start()}
 * @param last see {@link Walk.Settings#last()}
 */
public record DdimSettings(
    @Setting(value = "" + Walk.Settings.STEPS, help = Walk.Settings.STEPS_HELP) int steps,
    @Setting(value = "0", help = "share of the noise, from 0 (none) to 1") double eta,
    @Setting(value = Walk.Settings.GRID, help = Walk.Settings.GRID_HELP) TimeGrid grid,
    @Setting(value = Walk.Settings.START, help = Walk.Settings.START_HELP) Start start,
    @Setting(value = Walk.Settings.LAST, help = Walk.Settings.LAST_HELP) Last last)
    implements SteppedSettings {

  static DdimSettings of(Ddim stepper, Walk.Settings walk) {
    return new DdimSettings(walk.steps(), stepper.eta(), walk.grid(), walk.start(), walk.last());
  }

  @Override
  public Stepper stepper() {
    return new Ddim(eta);
  }
}
