package dev.espalier.plugins.localized;

import dev.espalier.api.Adjacency;
import dev.espalier.api.Evidence;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Graph;
import dev.espalier.api.HeldOut;
import dev.espalier.api.LossCurve;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Setting;
import dev.espalier.api.StructureFinder;
import dev.espalier.estimators.closedform.Gaussian;
import dev.espalier.estimators.closedform.MarkovField;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for dependence between near columns of a known graph only, and for how near.
 *
 * <p>At radius 1 the candidate is the Gaussian Markov field on the graph, whose score is exact at
 * every level; at others, windows of that radius with normal laws.
 *
 * <p>Two radii are told apart. The radius of dependence is that of conditional independence: beyond
 * it partial correlations, averaged over all pairs of columns at a distance, are no greater than
 * chance makes them. It is chosen where there are enough rows to estimate it. The radius of least
 * held-out loss depends on the noise, which spreads dependence, and stands in the notes.
 *
 * @param graph which columns are neighbours
 */
public record LocalityFinder(@Setting(help = "which columns are neighbours") Graph graph)
    implements StructureFinder {

  private static final int MOST = 8;

  @Override
  public Evidence find(FitRequest request) {
    Adjacency neighbours = graph.over(request.rows().columns());
    HeldOut held = HeldOut.of(request);
    FitRequest training = held.training();
    int diameter = neighbours.diameter();
    List<Integer> radii = new ArrayList<>();
    for (int r = 0; r < Math.min(diameter, MOST + 1); r = r < 4 ? r + 1 : r + 2) {
      radii.add(r);
    }
    PartialCorrelations partial = PartialCorrelations.of(training.rows(), neighbours);
    int dependence = partial.radius();
    if (radii.isEmpty() || dependence > radii.get(radii.size() - 1) && dependence < diameter) {
      radii.add(dependence);
    }
    List<Evidence.Candidate> candidates = new ArrayList<>();
    for (int r : radii) {
      ScoreEstimator estimator =
          r == 1
              ? new MarkovField(graph, MarkovField.Shrinkage.EDGES)
              : Localized.on(graph).withRadius(r).around(new Gaussian());
      candidates.add(
          new Evidence.Candidate(
              "radius " + r,
              estimator,
              parameters(neighbours, r),
              held.loss(estimator.fit(training)),
              estimator.cost(request)));
    }
    List<LossCurve> losses = candidates.stream().map(Evidence.Candidate::loss).toList();
    int least = LossCurve.simplest(losses);
    int chosen = partial.known() ? radii.indexOf(dependence) : least;
    boolean everywhere = chosen < 0;
    chosen = everywhere ? least : chosen;
    int radius = radii.get(chosen);
    boolean found = !everywhere && radius > 0 && radius < diameter;
    String verdict =
        everywhere
            ? "columns depend on each other at every distance"
            : radius == 0
                ? "columns are independent"
                : "columns depend on those up to distance " + radius + ", given the rest";
    List<String> notes = new ArrayList<>();
    notes.add(
        partial.known()
            ? "the radius is that of partial correlations; held-out loss over all levels asks for"
                + " radius "
                + radii.get(least)
            : "too few complete rows for partial correlations; the radius is that of held-out loss");
    notes.add("by level, from the noisiest, the loss is least at radius " + best(radii, losses));
    return new Evidence("locality", found, verdict, candidates, chosen, partial.figures(), notes);
  }

  /** A mean and a variance for every column, and half a covariance for every neighbour in reach. */
  private static double parameters(Adjacency neighbours, int radius) {
    double sum = 0;
    for (int j = 0; j < neighbours.nodes(); j++) {
      sum += 1 + (neighbours.ball(j, radius).length + 1) / 2.0;
    }
    return sum;
  }

  /** The radius of least loss at every level. */
  private static List<Integer> best(List<Integer> radii, List<LossCurve> losses) {
    List<Integer> best = new ArrayList<>();
    for (int level = 0; level < losses.get(0).levels().size(); level++) {
      int least = 0;
      for (int k = 1; k < losses.size(); k++) {
        least = losses.get(k).mean(level) < losses.get(least).mean(level) ? k : least;
      }
      best.add(radii.get(least));
    }
    return best;
  }
}
