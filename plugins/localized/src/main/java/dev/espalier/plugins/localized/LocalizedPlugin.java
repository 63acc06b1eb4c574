package dev.espalier.plugins.localized;

import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import dev.espalier.api.Structure;
import java.util.List;

/** Makes {@link Localized} available to pipelines as {@code localized(graph=…, inner=…)}. */
public final class LocalizedPlugin implements Plugin {

  @Override
  public List<Provider<?>> providers() {
    return List.of(
        Provider.of(
            Structure.class,
            LocalizedScore.PROVIDER,
            Localized.class,
            "one inner score for the neighbourhood of every column in a graph",
            LocalizedScore::read));
  }
}
