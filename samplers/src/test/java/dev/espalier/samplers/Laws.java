package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Score;
import dev.espalier.estimators.closedform.Component;
import dev.espalier.estimators.closedform.Covariance;
import dev.espalier.estimators.closedform.GaussianMixture;
import java.util.Arrays;
import java.util.Optional;

/** Laws to sample from. */
final class Laws {
  private Laws() {}

  /** Equal weights and one spherical variance. */
  static GaussianMixture spherical(double variance, double[]... means) {
    return GaussianMixture.of(
        Arrays.stream(means)
            .map(mean -> Component.of(1, mean, Covariance.spherical(mean.length, variance)))
            .toList());
  }

  /** A score that knows fewer levels. */
  record Trained(Score inner, NoiseRange range) implements Score {

    @Override
    public int columns() {
      return inner.columns();
    }

    @Override
    public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
      range.require(level);
      inner.posteriorMean(level, x, out);
    }

    @Override
    public <A> Optional<A> ability(Class<A> ability) {
      return Optional.empty();
    }
  }
}
