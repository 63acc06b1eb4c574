package dev.espalier.samplers;

import dev.espalier.api.Provider;
import dev.espalier.api.Sampler;
import java.util.Optional;

/** Provides walks with one stepper that has no settings of its own. */
record WalkProvider(String name, String summary, Stepper stepper) implements Provider<Sampler> {

  @Override
  public Class<Sampler> role() {
    return Sampler.class;
  }

  @Override
  public Class<? extends Record> settings() {
    return Walk.Settings.class;
  }

  @Override
  public Sampler create(Record settings) {
    return new Walk(stepper, (Walk.Settings) settings);
  }

  @Override
  public Optional<Record> settingsOf(Object made) {
    return made instanceof Walk walk && walk.stepper().equals(stepper)
        ? Optional.of(walk.settings())
        : Optional.empty();
  }
}
