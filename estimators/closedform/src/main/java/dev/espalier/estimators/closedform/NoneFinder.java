package dev.espalier.estimators.closedform;

import dev.espalier.api.Cost;
import dev.espalier.api.Evidence;
import dev.espalier.api.FitRequest;
import dev.espalier.api.HeldOut;
import dev.espalier.api.LossCurve;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.StructureFinder;
import java.util.ArrayList;
import java.util.List;

/**
 * What every structure is held against: an isotropic normal law, and one normal law of any
 * covariance.
 */
public record NoneFinder() implements StructureFinder {

  private static final int MOST_COLUMNS = 2_000;

  @Override
  public Evidence find(FitRequest request) {
    HeldOut held = HeldOut.of(request);
    double d = request.rows().columns();
    List<Evidence.Candidate> candidates = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    candidates.add(candidate("isotropic", new Isotropic(), d + 1, request, held));
    if (d <= MOST_COLUMNS) {
      double parameters = d + d * (d + 1) / 2;
      candidates.add(candidate("one normal law", new Gaussian(), parameters, request, held));
    } else {
      notes.add("a full covariance was not tried on more than " + MOST_COLUMNS + " columns");
    }
    int chosen = LossCurve.simplest(candidates.stream().map(Evidence.Candidate::loss).toList());
    String verdict =
        chosen == 0
            ? "independent columns of equal variance explain the rows as well as correlations do"
            : "columns are correlated or differ in variance";
    return new Evidence("none", true, verdict, candidates, chosen, List.of(), List.of(), notes);
  }

  /** The fit of the covariance, and what it answers at all levels. */
  @Override
  public Cost cost(FitRequest request) {
    double n = request.rows().count();
    double d = request.rows().columns();
    Cost fit = new Gaussian().cost(request);
    return new Cost(
        fit.seconds() + Math.min(2 * n, 2_000) * 7 * d * (2 * d + 200) / 1e9, fit.bytes());
  }

  private static Evidence.Candidate candidate(
      String size, ScoreEstimator estimator, double parameters, FitRequest request, HeldOut held) {
    LossCurve loss = held.loss(estimator.fit(held.training()));
    return new Evidence.Candidate(size, estimator, parameters, loss, estimator.cost(request));
  }
}
