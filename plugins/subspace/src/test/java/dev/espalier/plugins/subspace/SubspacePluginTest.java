package dev.espalier.plugins.subspace;

import dev.espalier.api.Plugin;
import dev.espalier.api.Size;
import dev.espalier.testkit.PluginContract;
import java.util.List;

class SubspacePluginTest extends PluginContract {

  @Override
  protected Plugin plugin() {
    return new SubspacePlugin();
  }

  @Override
  protected List<? extends Record> settings() {
    return List.of(
        Subspace.rank(3),
        Subspace.chosen(),
        Subspace.rank(2).residual(Subspace.Residual.NORMAL),
        new Subspace(Size.between(1, 9), Subspace.Learn.JOINT, Subspace.Residual.ISOTROPIC),
        new RankFinder(Size.AUTO));
  }
}
