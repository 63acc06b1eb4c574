package dev.espalier.estimators.closedform;

import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.StructureFinder;
import java.util.List;

/**
 * Adds the estimators in closed form, {@code gaussian}, {@code isotropic}, {@code kernel}, {@code
 * markovfield} and {@code ridge}, and the finder {@code none}.
 */
public final class ClosedFormPlugin implements Plugin {

  @Override
  public List<Provider<?>> providers() {
    return List.of(
        Provider.of(
            ScoreEstimator.class,
            "gaussian",
            Gaussian.class,
            "one normal law with shrunk correlations; copes with missing cells",
            GaussianMixture::read),
        Provider.of(
            ScoreEstimator.class,
            "kernel",
            Kernel.class,
            "the posterior mean over the rows themselves; memorises them",
            KernelScore::read),
        Provider.of(
            ScoreEstimator.class,
            FieldLaw.PROVIDER,
            MarkovField.class,
            "a normal law whose columns depend on their neighbours in a graph alone",
            FieldLaw::read),
        Provider.of(
            ScoreEstimator.class,
            RidgeScore.PROVIDER,
            RidgeRegression.class,
            "one ridge regression a noise level, on fixed features of the noisy row",
            RidgeScore::read),
        Provider.of(
            ScoreEstimator.class,
            "isotropic",
            Isotropic.class,
            "one normal law of the same variance in every direction"),
        Provider.of(
            StructureFinder.class,
            "none",
            NoneFinder.class,
            "no structure: isotropic and normal laws, which any other must beat"));
  }
}
