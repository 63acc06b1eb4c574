package dev.espalier.plugins.gmm;

import dev.espalier.api.Plugin;
import dev.espalier.api.Size;
import dev.espalier.testkit.PluginContract;
import java.util.List;

class GmmPluginTest extends PluginContract {

  @Override
  protected Plugin plugin() {
    return new GmmPlugin();
  }

  @Override
  protected List<? extends Record> settings() {
    return List.of(
        Gmm.components(3),
        Gmm.components(Size.between(1, 5)).withRank(Size.of(2)).withRestarts(1),
        new MixtureFinder(Size.AUTO));
  }
}
