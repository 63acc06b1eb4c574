package dev.espalier.experiments;

import java.util.List;
import java.util.Optional;

/** The experiments there are. */
public final class Experiments {
  private Experiments() {}

  /** All experiments, each in full. */
  public static List<Experiment> all() {
    return List.of(
        MixtureRate.full(),
        MixtureDimension.full(),
        MixtureSamplers.full(),
        MixtureRobustness.full(),
        FewSteps.full(),
        LocalizedChain.full(),
        LocalizedPath.full(),
        LocalizedNetworks.full(),
        LocalizedCurve.full(),
        LandsatPatches.full(),
        SubspaceRecovery.full(),
        DigitImages.full(),
        BootstrappedTargets.full(),
        BootstrappedScores.full(),
        BootstrappedScores.guard(),
        GuidanceDistances.full(),
        DimensionFree.full(),
        Lorenz.full(),
        ClusterScale.full());
  }

  /** The experiment of that name. */
  public static Optional<Experiment> named(String name) {
    return all().stream().filter(each -> each.name().equals(name)).findFirst();
  }
}
