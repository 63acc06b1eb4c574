package dev.espalier.runtime;

import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import dev.espalier.api.TrainingTarget;
import java.util.List;

/** What is there without any plugin. */
record RuntimePlugin(PipelineProvider pipelines) implements Plugin {

  @Override
  public List<Provider<?>> providers() {
    return List.of(
        pipelines,
        Provider.of(
            TrainingTarget.class,
            "denoising",
            TrainingTarget.Denoising.class,
            "Regresses on the clean row: plain denoising score matching."));
  }
}
