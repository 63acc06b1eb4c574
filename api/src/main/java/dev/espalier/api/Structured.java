package dev.espalier.api;

import java.util.List;
import java.util.stream.Stream;

/**
 * The estimator that a structure makes of an inner estimator.
 *
 * @param structure the reduction
 * @param inner learns the smaller scores
 */
public record Structured(Structure structure, ScoreEstimator inner) implements ScoreEstimator {

  @Override
  public Score fit(FitRequest request) {
    return structure.fit(request, inner);
  }

  @Override
  public Cost cost(FitRequest request) {
    return structure.cost(request, inner);
  }

  @Override
  public List<String> labels() {
    return Stream.concat(structure.labels().stream(), inner.labels().stream()).distinct().toList();
  }
}
