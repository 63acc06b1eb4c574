package dev.espalier.estimators.network.openblas;

import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import dev.espalier.estimators.network.Engine;
import java.util.List;

/** Makes {@link OpenBlas} available to networks as {@code native()}. */
public final class OpenBlasPlugin implements Plugin {

  @Override
  public List<Provider<?>> providers() {
    return List.of(
        Provider.of(
            Engine.class,
            "native",
            OpenBlas.class,
            "Trains networks with OpenBLAS: fast on wide layers; the bits depend on the machine."));
  }
}
