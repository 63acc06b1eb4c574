package dev.espalier.plugins.localized;

import dev.espalier.api.Graph;
import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import dev.espalier.api.Structure;
import dev.espalier.api.StructureFinder;
import java.util.List;

/**
 * Adds the structure {@code localized}, the finder {@code locality} and the graph {@code found}.
 */
public final class LocalizedPlugin implements Plugin {

  @Override
  public List<Provider<?>> providers() {
    return List.of(
        Provider.of(
            Structure.class,
            LocalizedScore.PROVIDER,
            Localized.class,
            "one inner score for the neighbourhood of every column in a graph",
            LocalizedScore::read),
        Provider.of(
            Graph.class, "found", Found.class, "columns that depend on each other given the rest"),
        Provider.of(
            StructureFinder.class,
            "locality",
            LocalityFinder.class,
            "how near the columns are that depend on each other, in a graph known or found"));
  }
}
