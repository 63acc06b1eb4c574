package dev.espalier.filtering;

import dev.espalier.api.Conditionable;
import dev.espalier.api.Guidance;
import dev.espalier.api.Observation;
import dev.espalier.api.Score;
import java.util.List;

/** The exact law given what was observed, of scores that know it. */
record Exactly() implements Guidance {

  @Override
  public Score guide(Score score, List<Observation> observations) {
    Score given = score;
    for (Observation each : observations) {
      given =
          given
              .ability(Conditionable.class)
              .flatMap(law -> law.given(each))
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "need a score that can be conditioned on "
                              + each.getClass().getSimpleName()
                              + " observations, got "
                              + score.getClass().getSimpleName()
                              + ". Take gaussian(), markovfield() or gmm(), or name a guidance"));
    }
    return given;
  }
}
