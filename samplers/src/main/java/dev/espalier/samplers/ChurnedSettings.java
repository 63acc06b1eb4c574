package dev.espalier.samplers;

import dev.espalier.api.Setting;
import dev.espalier.api.TimeGrid;

/**
 * What a walk with {@link Churned} may be told: its own settings, and what every walk may be.
 *
 * @param steps see {@link Walk.Settings#steps()}
 * @param churn see {@link Churned#churn()}
 * @param inflation see {@link Churned#inflation()}
 * @param sigmaMin see {@link Churned#sigmaMin()}
 * @param sigmaMax see {@link Churned#sigmaMax()}
 * @param grid see {@link Walk.Settings#grid()}
 * @param start see {@link Walk.Settings#start()}
 * @param last see {@link Walk.Settings#last()}
 */
public record ChurnedSettings(
    @Setting(value = "" + Walk.Settings.STEPS, help = Walk.Settings.STEPS_HELP) int steps,
    @Setting(value = "" + Churned.CHURN, help = "noise over the whole walk; >= 0") double churn,
    @Setting(value = "1", help = "deviation of the noise relative to the right one; > 0")
        double inflation,
    @Setting(value = "0", help = "least deviation with noise; >= 0") double sigmaMin,
    @Setting(value = "1000000", help = "greatest deviation with noise; >= sigmaMin")
        double sigmaMax,
    @Setting(value = Walk.Settings.GRID, help = Walk.Settings.GRID_HELP) TimeGrid grid,
    @Setting(value = Walk.Settings.START, help = Walk.Settings.START_HELP) Start start,
    @Setting(value = Walk.Settings.LAST, help = Walk.Settings.LAST_HELP) Last last)
    implements SteppedSettings {

  static ChurnedSettings of(Churned stepper, Walk.Settings walk) {
    return new ChurnedSettings(
        walk.steps(),
        stepper.churn(),
        stepper.inflation(),
        stepper.sigmaMin(),
        stepper.sigmaMax(),
        walk.grid(),
        walk.start(),
        walk.last());
  }

  @Override
  public Stepper stepper() {
    return new Churned(churn, inflation, sigmaMin, sigmaMax);
  }
}
