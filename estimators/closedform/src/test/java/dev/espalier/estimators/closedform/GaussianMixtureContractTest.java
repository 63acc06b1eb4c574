package dev.espalier.estimators.closedform;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Plugin;
import dev.espalier.api.Score;
import dev.espalier.testkit.ScoreContract;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

class GaussianMixtureContractTest extends ScoreContract {

  @Override
  protected List<? extends Score> scores() {
    RandomGenerator random = Laws.random("GaussianMixtureContractTest");
    List<GaussianMixture> scores = new ArrayList<>();
    for (Laws.Kind kind : Laws.Kind.values()) {
      scores.add(Laws.mixture(kind, 1, 3, random));
      scores.add(Laws.mixture(kind, 4, 5, random).withNotes(List.of("one note", "and another")));
    }
    List<Component> mixed = new ArrayList<>();
    for (Laws.Kind kind : Laws.Kind.values()) {
      mixed.add(Component.of(0.25, Laws.normals(4, random), Laws.covariance(kind, 4, random)));
    }
    scores.add(GaussianMixture.of(mixed));
    return scores;
  }

  @Override
  protected List<Plugin> plugins() {
    return List.of(new ClosedFormPlugin());
  }

  @Override
  protected List<NoiseLevel> levels() {
    return List.of(
        new NoiseLevel(1, 1e-6),
        NoiseLevel.preserving(0.1),
        NoiseLevel.preserving(0.9),
        NoiseLevel.exploding(5),
        new NoiseLevel(0, 1));
  }
}
