package dev.espalier.runtime;

import dev.espalier.api.DrawRequest.Rows;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * What fitting and drawing cost as one size grows and the others stand still: processor seconds of
 * one thread, the greatest heap above what stood before, and the exponent of each in that size.
 *
 * <p>Rows are a stationary path (neighbours correlate by 0.8), so every structure has something to
 * find. Arguments: the axes to measure, of {@code n d K radius windows}; all unless given. A
 * measurement is the median of three after one that warms up; one of more than ten seconds is the
 * only one. The exponent is the slope of the last two sizes in logarithms.
 */
public final class CostCurves {

  private static final int REPEATS = 3;
  private static final double LONG = 10;
  private static final int DRAWN = 1_000;
  private static final double CORRELATION = 0.8;

  private final Expressions expressions = new Expressions(Catalogue.discover());

  private CostCurves() {}

  /** One curve: what is fitted at each size, to how many rows of how many columns. */
  private record Curve(
      String axis,
      String title,
      List<Integer> sizes,
      IntFunction<String> estimator,
      IntFunction<Samples> rows) {}

  private record Cost(double seconds, double megabytes) {}

  /** Prints a table for every axis. */
  public static void main(String[] args) {
    Set<String> axes = args.length == 0 ? Set.of() : Set.of(args);
    System.out.println(
        "| grows | estimator | size | fit, s | fit, MB | 1,000 draws, s | exponents |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (Curve curve : curves()) {
      if (axes.isEmpty() || axes.contains(curve.axis())) {
        new CostCurves().print(curve);
      }
    }
  }

  private static List<Curve> curves() {
    List<Curve> curves = new ArrayList<>();
    List<Integer> rows = List.of(1_000, 10_000, 100_000, 1_000_000);
    for (String each :
        List.of(
            "gaussian()",
            "gmm(components=10, covariance=full, restarts=1)",
            "localized(graph=chain(), radius=2, inner=gaussian())",
            "subspace(rank=4, inner=gaussian())",
            "network(steps=500)")) {
      curves.add(new Curve("n", each + ", d = 16", rows, n -> each, n -> paths(n, 16)));
    }
    for (String each : List.of("gaussian()", "markovfield(graph=chain())")) {
      curves.add(
          new Curve(
              "d",
              each + ", n = 2,000",
              List.of(16, 64, 256, 1024),
              d -> each,
              d -> paths(2_000, d)));
    }
    for (String each :
        List.of(
            "localized(graph=chain(), radius=2, inner=gaussian())",
            "subspace(rank=8, inner=gaussian())")) {
      curves.add(
          new Curve(
              "d",
              each + ", n = 2,000",
              List.of(16, 64, 256, 1024, 4096),
              d -> each,
              d -> paths(2_000, d)));
    }
    curves.add(
        new Curve(
            "K",
            "gmm(components=K, covariance=full, restarts=1, iterations=20), n = 20,000, d = 16",
            List.of(4, 8, 16, 32, 64),
            k ->
                "gmm(components="
                    + k
                    + ", covariance=full, restarts=1, iterations=20, tolerance=1e-300)",
            k -> paths(20_000, 16)));
    curves.add(
        new Curve(
            "radius",
            "localized(graph=chain(), radius=r, inner=gaussian()), n = 2,000, d = 256",
            List.of(1, 2, 4, 8, 16, 32),
            r -> "localized(graph=chain(), radius=" + r + ", inner=gaussian())",
            r -> paths(2_000, 256)));
    curves.add(
        new Curve(
            "windows",
            "localized(graph=chain(), radius=2, inner=network(hidden=[32,32], steps=200)), n = 1,000",
            List.of(16, 64, 256, 1024),
            d -> "localized(graph=chain(), radius=2, inner=network(hidden=[32,32], steps=200))",
            d -> paths(1_000, d)));
    return curves;
  }

  private void print(Curve curve) {
    List<Cost> fits = new ArrayList<>();
    List<Cost> draws = new ArrayList<>();
    Rows all = Rows.range(0, DRAWN);
    StringBuilder sizes = new StringBuilder();
    for (int size : curve.sizes()) {
      FitRequest request = FitRequest.of(curve.rows().apply(size)).withTasks(Tasks.here());
      Pipeline pipeline =
          Pipeline.builder()
              .estimator(expressions.parse(ScoreEstimator.class, curve.estimator().apply(size)))
              .seed(1)
              .build();
      Fitted[] fitted = new Fitted[1];
      fits.add(cost(() -> fitted[0] = pipeline.fit(request)));
      draws.add(cost(() -> fitted[0].draw(all, 1, Tasks.here(), Progress.silent())));
      sizes.append(sizes.isEmpty() ? "" : ", ").append(String.format(Locale.ROOT, "%,d", size));
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s | %s | fit %.2f, memory %.2f, draw %.2f |%n",
        curve.axis(),
        curve.title(),
        sizes,
        seconds(fits),
        fits.stream().map(f -> String.format(Locale.ROOT, "%.0f", f.megabytes())).toList(),
        seconds(draws),
        slope(curve.sizes(), fits.stream().mapToDouble(Cost::seconds).toArray()),
        slope(curve.sizes(), fits.stream().mapToDouble(Cost::megabytes).toArray()),
        slope(curve.sizes(), draws.stream().mapToDouble(Cost::seconds).toArray()));
  }

  private static List<String> seconds(List<Cost> costs) {
    return costs.stream().map(c -> String.format(Locale.ROOT, "%.3g", c.seconds())).toList();
  }

  private static double slope(List<Integer> sizes, double[] costs) {
    int last = costs.length - 1;
    return Math.log(costs[last] / costs[last - 1])
        / Math.log((double) sizes.get(last) / sizes.get(last - 1));
  }

  private static Cost cost(Runnable work) {
    double first = once(work).seconds();
    if (first > LONG) {
      return once(work);
    }
    double[] seconds = new double[REPEATS];
    double[] megabytes = new double[REPEATS];
    for (int k = 0; k < REPEATS; k++) {
      Cost each = once(work);
      seconds[k] = each.seconds();
      megabytes[k] = each.megabytes();
    }
    Arrays.sort(seconds);
    Arrays.sort(megabytes);
    return new Cost(seconds[REPEATS / 2], megabytes[REPEATS / 2]);
  }

  private static Cost once(Runnable work) {
    System.gc();
    double before = heap(false);
    ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long start = clock.getCurrentThreadCpuTime();
    work.run();
    double seconds = (clock.getCurrentThreadCpuTime() - start) / 1e9;
    return new Cost(seconds, Math.max(1, heap(true) - before));
  }

  /** Megabytes in use, or at most in use since the last reset; with garbage not yet collected. */
  private static double heap(boolean peak) {
    double sum = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        sum += (peak ? pool.getPeakUsage() : pool.getUsage()).getUsed();
      }
    }
    return sum / (1 << 20);
  }

  private static Samples paths(int rows, int columns) {
    double[] cells = new double[rows * columns];
    double fresh = Math.sqrt(1 - CORRELATION * CORRELATION);
    for (int i = 0; i < rows; i++) {
      RandomGenerator random = new Streams(1).stream("path", i);
      for (int j = 0; j < columns; j++) {
        double noise = random.nextGaussian();
        int at = i * columns + j;
        cells[at] = j == 0 ? noise : CORRELATION * cells[at - 1] + fresh * noise;
      }
    }
    return Samples.of(columns, cells);
  }
}
