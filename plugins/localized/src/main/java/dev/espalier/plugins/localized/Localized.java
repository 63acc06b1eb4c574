package dev.espalier.plugins.localized;

import dev.espalier.api.Adjacency;
import dev.espalier.api.Cost;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Graph;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Setting;
import dev.espalier.api.Size;
import dev.espalier.api.Structure;
import dev.espalier.api.WindowedEstimator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * The assumption that each component of the score depends on a neighbourhood in a graph alone.
 *
 * <p>For any law, the best function {@code u_j} of the columns N around column j is component j of
 * the score of their marginal law: {@code E[∂_j log p(X) | X_N] = ∂_j log p_N(X_N)}. So the inner
 * estimator fits the rows in the columns of each neighbourhood, and component j is taken from the
 * fit of its own. The error that this leaves is {@code E Var(∂_j log p(X) | X_N)}; for a normal law
 * of covariance C it is {@code (C⁻¹)_jj − ((C_NN)⁻¹)_jj} and falls exponentially with the radius,
 * while the error of the fit grows with the number of columns in a neighbourhood and not with their
 * number in all (arXiv 2505.04417).
 *
 * <p>Each window is fitted from its columns alone, so a row with missing cells counts wherever it
 * has values. An inner estimator that refuses missing cells is given the rows that are complete in
 * the window. Columns with the same neighbourhood share a fit; a neighbourhood that is everything
 * is fitted by the inner estimator with the request as it came, which gives its score unchanged.
 *
 * <p>A radius that is not fixed is chosen for every band of noise levels by the held-out error of
 * the components: the least radius within one standard error of the best. Rows to hold out are the
 * validation rows, or a fifth of the rows, after which the chosen windows are fitted to all.
 *
 * @param graph which columns are neighbours
 * @param radius the distance in the graph up to which a component looks
 * @param wider radii for noisier levels
 * @param share whether columns with equivalent neighbourhoods share one fit to the rows of all
 */
public record Localized(
    @Setting(value = "chain()", help = "which columns are neighbours") Graph graph,
    @Setting(
            value = "auto",
            help =
                "the distance up to which a component looks; auto or 0..4 chooses by noise level")
        Size radius,
    @Setting(
            value = "[]",
            help = "other radii below a log SNR, such as [\"2.4:8\"], where the radius is fixed")
        List<Wider> wider,
    @Setting(
            value = "false",
            help = "whether columns whose neighbourhoods are alike up to a shift share one fit")
        boolean share)
    implements Structure {

  /** Checks that other radii come with a fixed one, and copies. */
  public Localized {
    wider = List.copyOf(wider);
    if (!(wider.isEmpty() || radius.fixed())) {
      throw new IllegalArgumentException(
          "need a fixed radius where radii for noisier levels are given, got " + radius);
    }
    if (wider.stream().map(Wider::below).distinct().count() < wider.size()) {
      throw new IllegalArgumentException("need one radius below a log SNR, got " + wider);
    }
  }

  /** Neighbourhoods in the graph whose radius is chosen by noise level. */
  public static Localized on(Graph graph) {
    return new Localized(graph, Size.AUTO, List.of(), false);
  }

  /** This structure with one radius. */
  public Localized withRadius(int radius) {
    return withRadius(Size.of(radius));
  }

  /** This structure with one radius, or with radii to choose from. */
  public Localized withRadius(Size radius) {
    return new Localized(graph, radius, wider, share);
  }

  /** This structure with other radii for noisier levels. */
  public Localized withWider(List<Wider> wider) {
    return new Localized(graph, radius, wider, share);
  }

  /** This structure with one fit for all columns that have equivalent neighbourhoods. */
  public Localized shared() {
    return new Localized(graph, radius, wider, true);
  }

  /**
   * Fits {@code inner} to the rows in every window.
   *
   * @throws dev.espalier.api.InvalidDataException if the graph does not fit the number of columns,
   *     or there are too few rows to choose a radius
   */
  @Override
  public Score fit(FitRequest request, ScoreEstimator inner) {
    Adjacency neighbours = graph.over(request.rows());
    return radius.fixed()
        ? fixed(request, inner, neighbours)
        : new RadiusSearch(neighbours, radius, share).fit(request, inner);
  }

  private Score fixed(FitRequest request, ScoreEstimator inner, Adjacency neighbours) {
    TreeMap<Double, Integer> below = new TreeMap<>();
    wider.forEach(each -> below.put(each.below(), each.radius()));
    double[] edges = new double[below.size()];
    int[] radii = new int[edges.length + 1];
    int band = 0;
    for (var each : below.entrySet()) {
      edges[band] = each.getKey();
      radii[band++] = each.getValue();
    }
    radii[band] = radius.low();
    return banded(request, inner, new Banded(neighbours, edges, radii, share), List.of());
  }

  /** What to fit: a radius for every band, from the noisiest on. */
  record Banded(Adjacency neighbours, double[] edges, int[] radii, boolean share) {}

  /** Fits the windows of every band, those of equal radius once. */
  static Score banded(FitRequest request, ScoreEstimator inner, Banded plan, List<String> notes) {
    List<Layer> layers = new ArrayList<>();
    List<Integer> fitted = new ArrayList<>();
    List<String> all = new ArrayList<>(notes);
    int[] bands = new int[plan.radii.length];
    long distinct = Arrays.stream(plan.radii).distinct().count();
    for (int band = 0; band < bands.length; band++) {
      int radius = plan.radii[band];
      if (!fitted.contains(radius)) {
        double from = (double) fitted.size() / distinct;
        double to = (double) (fitted.size() + 1) / distinct;
        Plan windows = Plan.of(plan.neighbours, radius, plan.share);
        layers.add(
            WindowFits.fit(
                request.withProgress(request.progress().part(from, to)), inner, windows));
        fitted.add(radius);
        all.add(describe(windows));
      }
      bands[band] = fitted.indexOf(radius);
    }
    return layers.size() == 1 && layers.get(0).whole().isPresent()
        ? layers.get(0).whole().get()
        : new LocalizedScore(plan.neighbours.nodes(), plan.edges, bands, layers, all);
  }

  private static String describe(Plan plan) {
    return "radius "
        + plan.radius()
        + ": windows of "
        + (plan.narrowest() == plan.widest() ? "" : plan.narrowest() + " to ")
        + plan.widest()
        + " of "
        + plan.nodes()
        + " columns in "
        + plan.parts().size()
        + (plan.parts().size() == 1 ? " fit" : " fits");
  }

  /** The time of the fits of all windows, and the memory of the greatest. */
  @Override
  public Cost cost(FitRequest request, ScoreEstimator inner) {
    Adjacency neighbours = graph.over(request.rows());
    List<Integer> radii = new ArrayList<>();
    if (radius.fixed()) {
      radii.add(radius.low());
      wider.forEach(each -> radii.add(each.radius()));
    } else {
      radii.addAll(new RadiusSearch(neighbours, radius, share).likely());
    }
    double seconds = 0;
    long bytes = 0;
    for (int each : radii.stream().distinct().toList()) {
      Cost cost = cost(request, inner, Plan.of(neighbours, each, share));
      seconds += cost.seconds();
      bytes = Math.max(bytes, cost.bytes());
    }
    return new Cost(seconds, bytes);
  }

  /** Windows of one width cost the same. */
  private static Cost cost(FitRequest request, ScoreEstimator inner, Plan plan) {
    if (inner instanceof WindowedEstimator windowed && !plan.whole()) {
      return windowed.cost(request, WindowFits.windows(plan));
    }
    TreeMap<Integer, Cost> byWidth = new TreeMap<>();
    double seconds = 0;
    long bytes = 0;
    for (List<Place> places : plan.parts()) {
      Place place = places.get(0);
      Cost cost =
          byWidth.computeIfAbsent(
              place.width(),
              width -> {
                Samples window = request.rows().columns(place.columns());
                return inner.cost(request.withRows(window, null));
              });
      seconds += cost.seconds() * places.size();
      bytes = Math.max(bytes, cost.bytes() * places.size());
    }
    return new Cost(seconds, bytes);
  }

  @Override
  public List<String> labels() {
    return List.of();
  }
}
