package dev.espalier.plugins.gmm;

import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.StructureFinder;
import java.util.List;

/** Adds the estimator {@code gmm} and the finder {@code mixture}. */
public final class GmmPlugin implements Plugin {

  @Override
  public List<Provider<?>> providers() {
    return List.of(
        Provider.of(
            ScoreEstimator.class,
            "gmm",
            Gmm.class,
            "a Gaussian mixture by EM, its size and shape given or chosen by BIC"),
        Provider.of(
            StructureFinder.class,
            "mixture",
            MixtureFinder.class,
            "how many components a Gaussian mixture needs"));
  }
}
