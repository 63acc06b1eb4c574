package dev.espalier.samplers;

import dev.espalier.api.Provider;
import dev.espalier.api.Sampler;
import java.util.Optional;

/** Provides walks with {@link Ddim}, whose η is a setting beside the usual ones. */
record DdimProvider() implements Provider<Sampler> {

  @Override
  public String name() {
    return "ddim";
  }

  @Override
  public String summary() {
    return "from no noise on the way (eta=0) to that of 'ancestral' (eta=1)";
  }

  @Override
  public Class<Sampler> role() {
    return Sampler.class;
  }

  @Override
  public Class<? extends Record> settings() {
    return DdimSettings.class;
  }

  @Override
  public Sampler create(Record settings) {
    return ((DdimSettings) settings).walk();
  }

  @Override
  public Optional<Record> settingsOf(Object made) {
    return made instanceof Walk walk && walk.stepper() instanceof Ddim ddim
        ? Optional.of(DdimSettings.of(ddim, walk.settings()))
        : Optional.empty();
  }
}
