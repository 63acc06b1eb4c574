package dev.espalier.plugins.subspace;

import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import dev.espalier.api.Structure;
import java.util.List;

/** Makes {@link Subspace} available to pipelines as {@code subspace(rank=…, inner=…)}. */
public final class SubspacePlugin implements Plugin {

  @Override
  public List<Provider<?>> providers() {
    return List.of(
        Provider.of(
            Structure.class,
            SubspaceScore.PROVIDER,
            Subspace.class,
            "an inner score of the coordinates in the directions of greatest variance",
            SubspaceScore::read));
  }
}
