package dev.espalier.plugins.localized;

import dev.espalier.api.Graph;
import dev.espalier.api.Plugin;
import dev.espalier.testkit.PluginContract;
import java.util.List;

class LocalizedPluginTest extends PluginContract {

  @Override
  protected Plugin plugin() {
    return new LocalizedPlugin();
  }

  @Override
  protected List<? extends Record> settings() {
    return List.of(
        Localized.on(Graph.chain()),
        Localized.on(Graph.grid(2, 3)).withRadius(1).shared(),
        Localized.on(Graph.ring()).withRadius(1).withWider(List.of(new Wider(2.5, 3))),
        new Found(0.1),
        new LocalityFinder(Graph.chain()));
  }
}
