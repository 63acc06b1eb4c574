package dev.espalier.plugins.bootstrapped;

import dev.espalier.api.Plugin;
import dev.espalier.estimators.closedform.Gaussian;
import dev.espalier.estimators.closedform.Kernel;
import dev.espalier.testkit.PluginContract;
import java.util.List;

class BootstrappedPluginTest extends PluginContract {

  @Override
  protected Plugin plugin() {
    return new BootstrappedPlugin();
  }

  @Override
  protected List<? extends Record> settings() {
    return List.of(
        Bootstrapped.standard(),
        Bootstrapped.standard().from(2).withWeights(Bootstrapped.Weights.ERRORAWARE),
        Bootstrapped.standard().withFirst(new Reference(8)),
        new Reference(16),
        new Levelwise(List.of(new Gaussian(), new Kernel())));
  }
}
