package dev.espalier.plugins.subspace;

import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import dev.espalier.api.Structure;
import dev.espalier.api.StructureFinder;
import java.util.List;

/** Adds the structure {@code subspace} and the finder {@code rank}. */
public final class SubspacePlugin implements Plugin {

  @Override
  public List<Provider<?>> providers() {
    return List.of(
        Provider.of(
            Structure.class,
            SubspaceScore.PROVIDER,
            Subspace.class,
            "an inner score of the coordinates in the directions of greatest variance",
            SubspaceScore::read),
        Provider.of(
            StructureFinder.class,
            "rank",
            RankFinder.class,
            "the dimension of a linear subspace near which rows lie"));
  }
}
