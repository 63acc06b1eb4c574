package dev.espalier.runtime;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Score;
import java.util.List;
import java.util.Optional;

/**
 * A score with more to say of how it came about.
 *
 * @param inner the score, whose abilities it has
 * @param notes instead of its own
 */
record NotedScore(Score inner, List<String> notes) implements Score {

  @Override
  public int columns() {
    return inner.columns();
  }

  @Override
  public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
    inner.posteriorMean(level, x, out);
  }

  @Override
  public void score(NoiseLevel level, double[] x, double[] out) {
    inner.score(level, x, out);
  }

  @Override
  public NoiseRange range() {
    return inner.range();
  }

  @Override
  public <A> Optional<A> ability(Class<A> ability) {
    return inner.ability(ability);
  }
}
