package dev.espalier.plugins.localized;

import dev.espalier.api.Adjacency;
import dev.espalier.api.Cost;
import dev.espalier.api.Evidence;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Graph;
import dev.espalier.api.HeldOut;
import dev.espalier.api.LossCurve;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Setting;
import dev.espalier.api.Structure;
import dev.espalier.api.StructureFinder;
import dev.espalier.estimators.closedform.Gaussian;
import dev.espalier.estimators.closedform.MarkovField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Looks for dependence between near columns of a graph only, and for how near.
 *
 * <p>The candidates are windows of growing radius with normal laws and, at radius 1 and at that of
 * dependence, Gaussian Markov fields on the graph. The score of a field is exact at every level,
 * but a field needs complete rows. A graph that is not known is {@link Found} in the rows to fit,
 * and its edges are in the expressions.
 *
 * <p>Two radii are told apart. The radius of dependence is that of conditional independence: beyond
 * it partial correlations, averaged over all pairs of columns at a distance, are no greater than
 * chance makes them. It is chosen where there are enough rows to estimate it; it is 1 in a graph
 * that was found. The radius of least held-out loss depends on the noise, which spreads dependence,
 * and stands in the figures level by level.
 *
 * @param graph which columns are neighbours
 */
public record LocalityFinder(
    @Setting(value = "found()", help = "which columns are neighbours; found() asks the rows")
        Graph graph)
    implements StructureFinder {

  private static final int MOST = 8;

  /** The sum of the cubes of the numbers of neighbours beyond which no field is tried. */
  private static final double MOST_WORK = 1e8;

  /** How many standard errors of a paired difference count as none. */
  private static final double ERRORS = 2;

  /** One size. */
  private record Size(int radius, boolean field) {
    String text(boolean both) {
      return "radius " + radius + (both && !field ? ", windows" : "");
    }
  }

  @Override
  public Evidence find(FitRequest request) {
    HeldOut held = HeldOut.of(request);
    FitRequest training = held.training();
    boolean unknown = graph instanceof Found;
    Adjacency neighbours = graph.over(training.rows());
    Graph known = unknown ? edges(neighbours) : graph;
    int diameter = neighbours.diameter();
    PartialCorrelations partial = PartialCorrelations.of(training.rows(), neighbours);
    boolean tested = unknown || partial.known();
    int dependence = unknown ? Math.min(1, diameter) : partial.radius();
    List<Size> sizes = sizes(diameter, tested ? dependence : 0);
    sizes.removeIf(
        size -> size.field() && (request.rows().hasMissing() || crowded(neighbours, size)));
    List<Evidence.Candidate> candidates = new ArrayList<>();
    List<Integer> radii = new ArrayList<>();
    List<LossCurve> windows = new ArrayList<>();
    int chosen = -1;
    for (Size size : sizes) {
      ScoreEstimator estimator =
          size.field()
              ? MarkovField.on(size.radius() == 1 ? known : new Graph.Reach(known, size.radius()))
              : Localized.on(known).withRadius(size.radius()).around(new Gaussian());
      LossCurve loss = held.loss(estimator.fit(training));
      if (!size.field()) {
        radii.add(size.radius());
        windows.add(loss);
      }
      if (tested && size.radius() == dependence && chosen < 0) {
        chosen = candidates.size();
      }
      candidates.add(
          new Evidence.Candidate(
              size.text(sizes.contains(new Size(size.radius(), true))),
              estimator,
              parameters(neighbours, size.radius()),
              loss,
              estimator.cost(request)));
    }
    int least = LossCurve.simplest(candidates.stream().map(Evidence.Candidate::loss).toList());
    boolean everywhere = tested && dependence >= diameter && diameter > 1;
    chosen = chosen < 0 || everywhere ? least : chosen;
    int radius = sizes.get(chosen).radius();
    boolean found = !everywhere && radius > 0 && (radius < diameter || !complete(neighbours));
    List<Evidence.Figure> figures = new ArrayList<>(best(radii, windows));
    if (!unknown) {
      figures.addAll(partial.figures());
    }
    List<String> notes = new ArrayList<>();
    if (unknown) {
      notes.add(described(neighbours));
    }
    notes.add(
        unknown
            ? "neighbours are the pairs with partial correlation, so the radius is that of"
                + " dependence"
            : tested
                ? "the radius is that of partial correlations; held-out loss over all levels asks"
                    + " for "
                    + candidates.get(least).size()
                : "too few complete rows for partial correlations; the radius is that of held-out"
                    + " loss");
    return new Evidence(
        "locality",
        found,
        verdict(everywhere, radius),
        candidates,
        chosen,
        found ? structures(known, radius) : List.of(),
        figures,
        notes);
  }

  private static Graph edges(Adjacency neighbours) {
    return Graph.edges(Arrays.stream(neighbours.pairs()).boxed().toList());
  }

  /**
   * Radii 0 to 4, 6 and 8 below the diameter, and the radius of dependence; fields stand before
   * windows.
   */
  private static List<Size> sizes(int diameter, int dependence) {
    List<Integer> radii = new ArrayList<>();
    radii.add(0);
    for (int r = 1; r < Math.min(diameter, MOST + 1); r = r < 4 ? r + 1 : r + 2) {
      radii.add(r);
    }
    if (!radii.contains(dependence) && (dependence < diameter || diameter == 1)) {
      radii.add(dependence);
      radii.sort(null);
    }
    List<Size> sizes = new ArrayList<>();
    for (int r : radii) {
      if (r > 0 && (r == 1 || r == dependence)) {
        sizes.add(new Size(r, true));
      }
      sizes.add(new Size(r, false));
    }
    return sizes;
  }

  /** Whether the regressions of a field would take longer than all windows. */
  private static boolean crowded(Adjacency neighbours, Size size) {
    double work = 0;
    for (int j = 0; j < neighbours.nodes(); j++) {
      double beside = neighbours.ball(j, size.radius()).length;
      work += beside * beside * beside;
    }
    return work > MOST_WORK;
  }

  private static boolean complete(Adjacency neighbours) {
    int d = neighbours.nodes();
    return neighbours.pairs().length / 2 == d * (d - 1) / 2;
  }

  private static String described(Adjacency neighbours) {
    int edges = neighbours.pairs().length / 2;
    int most = 0;
    for (int j = 0; j < neighbours.nodes(); j++) {
      most = Math.max(most, neighbours.neighbours(j).length);
    }
    return "the graph was found in the rows: "
        + edges
        + (edges == 1 ? " edge" : " edges")
        + " among "
        + neighbours.nodes()
        + " columns, at most "
        + most
        + " at one";
  }

  private static String verdict(boolean everywhere, int radius) {
    return everywhere
        ? "columns depend on each other at every distance"
        : radius == 0
            ? "columns are independent"
            : "columns depend on those up to distance " + radius + ", given the rest";
  }

  private static List<Structure> structures(Graph graph, int radius) {
    return List.of(Localized.on(graph).withRadius(radius), Localized.on(graph));
  }

  /** A mean and a variance for every column, and half a covariance for every neighbour in reach. */
  private static double parameters(Adjacency neighbours, int radius) {
    double sum = 0;
    for (int j = 0; j < neighbours.nodes(); j++) {
      sum += 1 + (neighbours.ball(j, radius).length + 1) / 2.0;
    }
    return sum;
  }

  /** At every level the least radius of windows whose loss is within two errors of the least. */
  private static List<Evidence.Figure> best(List<Integer> radii, List<LossCurve> windows) {
    List<Evidence.Figure> best = new ArrayList<>();
    for (int level = 0; level < windows.get(0).levels().size(); level++) {
      int least = 0;
      for (int k = 1; k < windows.size(); k++) {
        least = windows.get(k).mean(level) < windows.get(least).mean(level) ? k : least;
      }
      int first = 0;
      LossCurve excess = windows.get(first).minus(windows.get(least));
      while (first < least && excess.mean(level) > ERRORS * excess.error(level)) {
        first++;
        excess = windows.get(first).minus(windows.get(least));
      }
      double noise = windows.get(0).levels().get(level).sigma();
      best.add(
          new Evidence.Figure(
              "radius of windows by loss",
              "noise " + StrictMath.rint(noise * 1e4) / 1e4,
              radii.get(first),
              0));
    }
    return best;
  }

  /** Windows of all radii are fitted and asked at every level. */
  @Override
  public Cost cost(FitRequest request) {
    double n = request.rows().count();
    double d = request.rows().columns();
    double bytes = 8 * (4 * d * d + 3 * n * d);
    return new Cost((n * d * d + 60 * d * d * d + 4e4 * n * d) / 1e9, (long) bytes);
  }
}
