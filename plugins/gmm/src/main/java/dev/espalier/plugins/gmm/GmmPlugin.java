package dev.espalier.plugins.gmm;

import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import dev.espalier.api.ScoreEstimator;
import java.util.List;

/** Makes {@link Gmm} available to pipelines as {@code gmm(…)}. */
public final class GmmPlugin implements Plugin {

  @Override
  public List<Provider<?>> providers() {
    return List.of(
        Provider.of(
            ScoreEstimator.class,
            "gmm",
            Gmm.class,
            "a Gaussian mixture by EM, its size and shape given or chosen by BIC"));
  }
}
