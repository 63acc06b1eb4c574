package dev.espalier.plugins.subspace;

import dev.espalier.api.Cost;
import dev.espalier.api.Evidence;
import dev.espalier.api.FitRequest;
import dev.espalier.api.HeldOut;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.LossCurve;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Setting;
import dev.espalier.api.Size;
import dev.espalier.api.StructureFinder;
import dev.espalier.estimators.closedform.Gaussian;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Looks for a linear subspace near which rows lie, and for its dimension.
 *
 * <p>The ranks that {@link Subspace} tries when it chooses one are fitted with normal coordinates.
 * Beside the held-out losses stand the participation ratio {@code (Σλ)²/Σλ²} of the variances λ
 * along directions, the greatest variances, and the deviation off the subspace.
 *
 * @param rank the dimensions to try
 */
public record RankFinder(
    @Setting(value = "auto", help = "dimensions to try: auto or a range like 1..20") Size rank)
    implements StructureFinder {

  private static final int SHOWN = 10;

  @Override
  public Evidence find(FitRequest request) {
    if (request.rows().hasMissing()) {
      throw new InvalidDataException("need complete rows to find a subspace, got missing cells");
    }
    HeldOut held = HeldOut.of(request);
    FitRequest training = held.training();
    int d = request.rows().columns();
    if (rank.low() > d) {
      throw new InvalidDataException(
          "need ranks of at most " + d + ", the number of columns, got " + rank);
    }
    RankChoice choice = RankChoice.of(training.withValidation(held.rows()), rank);
    List<Integer> ranks = List.copyOf(new TreeSet<>(choice.tried()));
    List<Evidence.Candidate> candidates = new ArrayList<>();
    for (int r : ranks) {
      ScoreEstimator estimator = Subspace.rank(r).around(new Gaussian());
      double along = r + r * (r + 1.0) / 2;
      double frame = (double) r * (d - r);
      candidates.add(
          new Evidence.Candidate(
              "rank " + r,
              estimator,
              d - r + along + frame + (r < d ? 1 : 0),
              held.loss(estimator.fit(training)),
              estimator.cost(request)));
    }
    int chosen = LossCurve.simplest(candidates.stream().map(Evidence.Candidate::loss).toList());
    int found = ranks.get(chosen);
    String verdict =
        found == 0
            ? "no direction stands out"
            : found == d
                ? "no smaller subspace holds the rows"
                : "rows lie near a subspace of dimension " + found + " of " + d;
    return new Evidence(
        "rank",
        found > 0 && found < d,
        verdict,
        candidates,
        chosen,
        found > 0 && found < d ? List.of(Subspace.rank(found)) : List.of(),
        figures(training, found, d),
        List.of());
  }

  /** The directions once for every rank, and what they answer at all levels. */
  @Override
  public Cost cost(FitRequest request) {
    double n = request.rows().count();
    double d = request.rows().columns();
    double ranks = Math.min(rank.high(), Math.min(d, RankChoice.MOST));
    double tried = Math.min(ranks, 8 + 8 * StrictMath.log(1 + ranks));
    Cost fit = Subspace.rank((int) ranks).around(new Gaussian()).cost(request);
    double asked = Math.min(2 * n, 2_000) * 7 * d * (ranks + 100);
    return new Cost(tried * (fit.seconds() + asked / 1e9), fit.bytes());
  }

  private static List<Evidence.Figure> figures(FitRequest training, int rank, int d) {
    int most = Math.min(Math.min(d, training.rows().count()), Math.max(RankChoice.MOST, rank));
    Directions directions = Directions.of(training, most);
    double sum = 0;
    double squares = 0;
    for (int k = 0; k < directions.count(); k++) {
      sum += directions.variance(k);
      squares += directions.variance(k) * directions.variance(k);
    }
    List<Evidence.Figure> figures = new ArrayList<>();
    figures.add(new Evidence.Figure("participation ratio", "", sum * sum / squares, 0));
    int known = Math.min(rank, directions.count());
    double off = Math.sqrt(directions.offSubspace(training.rows(), training, known));
    figures.add(new Evidence.Figure("deviation off the subspace", "rank " + known, off, 0));
    for (int k = 0; k < Math.min(directions.count(), Math.max(SHOWN, rank + 1)); k++) {
      figures.add(
          new Evidence.Figure(
              "deviation along", "direction " + (k + 1), Math.sqrt(directions.variance(k)), 0));
    }
    return figures;
  }
}
