package dev.espalier.estimators.network.openblas;

import dev.espalier.api.Plugin;
import dev.espalier.testkit.PluginContract;
import java.util.List;

final class OpenBlasPluginTest extends PluginContract {

  @Override
  protected Plugin plugin() {
    return new OpenBlasPlugin();
  }

  @Override
  protected List<? extends Record> settings() {
    return List.of(new OpenBlas());
  }
}
