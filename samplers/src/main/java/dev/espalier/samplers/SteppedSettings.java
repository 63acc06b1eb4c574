package dev.espalier.samplers;

import dev.espalier.api.TimeGrid;

/** The settings of walks whose stepper has settings of its own. */
interface SteppedSettings {

  /** See {@link Walk.Settings#steps()}. */
  int steps();

  /** See {@link Walk.Settings#grid()}. */
  TimeGrid grid();

  /** See {@link Walk.Settings#start()}. */
  Start start();

  /** See {@link Walk.Settings#last()}. */
  Last last();

  /** The stepper with its own settings. */
  Stepper stepper();

  /** The walk. */
  default Walk walk() {
    return new Walk(stepper(), new Walk.Settings(steps(), grid(), start(), last()));
  }
}
