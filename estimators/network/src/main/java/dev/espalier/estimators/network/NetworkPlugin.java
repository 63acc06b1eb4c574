package dev.espalier.estimators.network;

import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Structure;
import java.util.List;

/**
 * Makes {@link Network} available to pipelines as {@code network()} and {@code labelled(by=…,
 * inner=network())}, and its engine.
 */
public final class NetworkPlugin implements Plugin {

  @Override
  public List<Provider<?>> providers() {
    return List.of(
        Provider.of(
            ScoreEstimator.class,
            "network",
            Network.class,
            "A residual perceptron that learns the posterior mean at every noise level.",
            NetworkScore::read),
        Provider.of(
            Structure.class,
            LabelledScore.PROVIDER,
            Labelled.class,
            "one network for all categories of a label, which it is told",
            LabelledScore::read),
        Provider.of(
            Engine.class,
            "plain",
            PlainEngine.class,
            "Trains networks in plain Java, with the same bits on every machine."));
  }
}
