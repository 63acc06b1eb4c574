package dev.espalier.filtering;

import dev.espalier.api.Samples;
import java.io.Serializable;

/** How an ensemble takes in what was observed. */
@FunctionalInterface
public interface Analysis extends Serializable {

  /**
   * An ensemble of the state given the observation, as large as the forecast; equal bits for any
   * tasks.
   *
   * @throws IllegalArgumentException if the observation does not fit the columns, or is of a kind
   *     that this analysis has no answer for
   */
  Samples given(AnalysisRequest request);
}
