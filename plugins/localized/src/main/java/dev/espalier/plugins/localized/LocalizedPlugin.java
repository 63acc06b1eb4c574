package dev.espalier.plugins.localized;

import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import dev.espalier.api.Structure;
import dev.espalier.api.StructureFinder;
import java.util.List;

/** Adds the structure {@code localized} and the finder {@code locality}. */
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
            StructureFinder.class,
            "locality",
            LocalityFinder.class,
            "how near the columns are that depend on each other, in a known graph"));
  }
}
