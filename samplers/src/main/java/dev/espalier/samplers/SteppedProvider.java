package dev.espalier.samplers;

import dev.espalier.api.Provider;
import dev.espalier.api.Sampler;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Provides walks with one stepper that has settings of its own.
 *
 * @param <T> the stepper
 * @param <S> the settings
 */
record SteppedProvider<T extends Stepper, S extends Record & SteppedSettings>(
    String name,
    String summary,
    Class<T> stepper,
    Class<S> settings,
    BiFunction<T, Walk.Settings, S> from)
    implements Provider<Sampler> {

  @Override
  public Class<Sampler> role() {
    return Sampler.class;
  }

  @Override
  public Sampler create(Record given) {
    return settings.cast(given).walk();
  }

  @Override
  public Optional<Record> settingsOf(Object made) {
    return made instanceof Walk walk && stepper.isInstance(walk.stepper())
        ? Optional.of(from.apply(stepper.cast(walk.stepper()), walk.settings()))
        : Optional.empty();
  }
}
