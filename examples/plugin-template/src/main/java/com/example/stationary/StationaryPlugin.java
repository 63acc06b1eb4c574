package com.example.stationary;

import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import dev.espalier.api.Structure;
import java.util.List;

/** Makes {@link Stationary} available as {@code stationary(turns=…, inner=…)}. */
public final class StationaryPlugin implements Plugin {

  // region plugin
  @Override
  public List<Provider<?>> providers() {
    return List.of(
        Provider.of(
            Structure.class,
            StationaryScore.PROVIDER,
            Stationary.class,
            "one inner score a frequency, for rows around a ring",
            StationaryScore::read));
  }
  // endregion
}
