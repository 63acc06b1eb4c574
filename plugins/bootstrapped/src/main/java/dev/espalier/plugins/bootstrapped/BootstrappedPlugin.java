package dev.espalier.plugins.bootstrapped;

import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.TrainingTarget;
import java.util.List;

/**
 * Adds the training targets {@code bootstrapped} and {@code reference}, and {@code levelwise},
 * which guards them.
 */
public final class BootstrappedPlugin implements Plugin {

  @Override
  public List<Provider<?>> providers() {
    return List.of(
        Provider.of(
            TrainingTarget.class,
            "bootstrapped",
            Bootstrapped.class,
            "the posterior mean learned at a less noisy point of the same path"),
        Provider.of(
            TrainingTarget.class,
            "reference",
            Reference.class,
            "the posterior mean over a batch of clean rows"),
        Provider.of(
            ScoreEstimator.class,
            LevelwiseScore.PROVIDER,
            Levelwise.class,
            "at every noise level that one of several estimators that does best on held-out rows",
            LevelwiseScore::read));
  }
}
