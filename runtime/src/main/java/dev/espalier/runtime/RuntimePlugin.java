package dev.espalier.runtime;

import dev.espalier.api.Graph;
import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import dev.espalier.api.TrainingTarget;
import java.util.List;

/** What is there without any plugin. */
record RuntimePlugin(PipelineProvider pipelines, AutoProvider choices) implements Plugin {

  @Override
  public List<Provider<?>> providers() {
    return List.of(
        pipelines,
        choices,
        Provider.of(
            TrainingTarget.class,
            "denoising",
            TrainingTarget.Denoising.class,
            "Regresses on the clean row: plain denoising score matching."),
        Provider.of(Graph.class, "chain", Graph.Chain.class, "every column beside the next"),
        Provider.of(Graph.class, "ring", Graph.Ring.class, "a chain whose ends are neighbours"),
        Provider.of(
            Graph.class, "grid", Graph.Grid.class, "cells of a grid in the plane or in space"),
        Provider.of(Graph.class, "edges", Graph.Edges.class, "given edges, of a file or a list"),
        Provider.of(
            Graph.class, "near", Graph.Near.class, "columns at places, near ones neighbours"),
        Provider.of(
            Graph.class, "reach", Graph.Reach.class, "columns up to a distance in another graph"));
  }
}
