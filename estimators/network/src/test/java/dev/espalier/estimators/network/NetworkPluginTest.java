package dev.espalier.estimators.network;

import dev.espalier.api.Plugin;
import dev.espalier.testkit.PluginContract;
import java.util.List;

final class NetworkPluginTest extends PluginContract {

  @Override
  protected Plugin plugin() {
    return new NetworkPlugin();
  }

  @Override
  protected List<? extends Record> settings() {
    return List.of(
        Network.STANDARD,
        Network.hidden(4, 4).parametrisation(Parametrisation.X0),
        new Labelled("species"),
        new PlainEngine());
  }
}
