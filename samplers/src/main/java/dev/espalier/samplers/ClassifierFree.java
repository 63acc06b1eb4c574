package dev.espalier.samplers;

import dev.espalier.api.Conditionable;
import dev.espalier.api.Guidance;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Observation;
import dev.espalier.api.Score;
import dev.espalier.api.Setting;
import dev.espalier.api.Strata;
import java.util.List;
import java.util.Optional;

/**
 * Classifier-free guidance (Ho and Salimans, 2022): the score given a category, and {@code weight}
 * times its difference from the score of all rows beyond it.
 *
 * <p>At weight 0 it is the law of the category; above, rows are more typical of the category than
 * the law says, and less varied. Needs a score that knows its law given a label and without.
 *
 * @param weight finite and at least 0
 */
public record ClassifierFree(
    @Setting(value = "" + WEIGHT, help = "how far beyond the law of the category; >= 0")
        double weight)
    implements Guidance {

  /** The usual weight. */
  public static final double WEIGHT = 1;

  /** Checks the range. */
  public ClassifierFree {
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("need a finite weight >= 0, got weight=" + weight);
    }
  }

  @Override
  public Score guide(Score score, List<Observation> observations) {
    Score given = score;
    for (Observation each : observations) {
      if (!(each instanceof Observation.Label)) {
        throw new IllegalArgumentException("classifierfree needs labels only, got " + each);
      }
      given =
          given
              .ability(Conditionable.class)
              .flatMap(law -> law.given(each))
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "need a score that knows its law given "
                              + each
                              + ", such as that of stratified(by=..., whole=true), got "
                              + score));
    }
    Strata strata = given.ability(Strata.class).orElse(null);
    return strata == null
        ? new Beyond(score, given, weight)
        : Guided.labelled(strata, new Beyond(score, given, weight));
  }

  @Override
  public boolean answers(Observation observation) {
    return observation instanceof Observation.Label;
  }

  /** The score of {@code p(x | c)·(p(x | c)/p(x))^weight} at every level. */
  private record Beyond(Score all, Score given, double weight) implements Score {
    @Override
    public int columns() {
      return given.columns();
    }

    @Override
    public NoiseRange range() {
      return all.range().intersect(given.range());
    }

    @Override
    public <A> Optional<A> ability(Class<A> ability) {
      return Optional.empty();
    }

    @Override
    public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
      double[] plain = new double[x.length];
      all.posteriorMean(level, x, plain);
      given.posteriorMean(level, x, out);
      for (int i = 0; i < out.length; i++) {
        out[i] += weight * (out[i] - plain[i]);
      }
    }
  }
}
