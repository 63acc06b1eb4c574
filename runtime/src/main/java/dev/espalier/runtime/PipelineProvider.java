package dev.espalier.runtime;

import dev.espalier.api.Provider;
import java.util.Optional;

/** Makes whole pipelines, which print by the catalogue that read them. */
record PipelineProvider(Catalogue catalogue) implements Provider<Pipeline> {

  @Override
  public String name() {
    return "pipeline";
  }

  @Override
  public String summary() {
    return "An estimator, the sampler that draws from what it learned, and the seed of both.";
  }

  @Override
  public Class<Pipeline> role() {
    return Pipeline.class;
  }

  @Override
  public Class<? extends Record> settings() {
    return Pipeline.Parts.class;
  }

  @Override
  public Pipeline create(Record settings) {
    return new Pipeline((Pipeline.Parts) settings, catalogue);
  }

  @Override
  public Optional<Record> settingsOf(Object made) {
    return made instanceof Pipeline pipeline ? Optional.of(pipeline.parts()) : Optional.empty();
  }
}
