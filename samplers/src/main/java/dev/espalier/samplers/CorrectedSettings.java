package dev.espalier.samplers;

import dev.espalier.api.Setting;
import dev.espalier.api.TimeGrid;

/**
 * What a walk with {@link Corrected} may be told: its own settings, and what every walk may be.
 *
 * @param steps see {@link Walk.Settings#steps()}
 * @param corrections see {@link Corrected#corrections()}
 * @param rate see {@link Corrected#rate()}
 * @param grid see {@link Walk.Settings#grid()}
 * @param start see {@link Walk.Settings#start()}
 * @param last see {@link Walk.Settings#last()}
 */
public record CorrectedSettings(
    @Setting(value = "" + Walk.Settings.STEPS, help = Walk.Settings.STEPS_HELP) int steps,
    @Setting(value = "" + Corrected.CORRECTIONS, help = "corrections after each step; >= 1")
        int corrections,
    @Setting(value = "" + Corrected.RATE, help = "length of a correction relative to the step; > 0")
        double rate,
    @Setting(value = Walk.Settings.GRID, help = Walk.Settings.GRID_HELP) TimeGrid grid,
    @Setting(value = Walk.Settings.START, help = Walk.Settings.START_HELP) Start start,
    @Setting(value = Walk.Settings.LAST, help = Walk.Settings.LAST_HELP) Last last)
    implements SteppedSettings {

  static CorrectedSettings of(Corrected stepper, Walk.Settings walk) {
    return new CorrectedSettings(
        walk.steps(),
        stepper.corrections(),
        stepper.rate(),
        walk.grid(),
        walk.start(),
        walk.last());
  }

  @Override
  public Stepper stepper() {
    return new Corrected(corrections, rate);
  }
}
