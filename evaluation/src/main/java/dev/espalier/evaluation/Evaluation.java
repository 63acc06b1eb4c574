package dev.espalier.evaluation;

import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Tasks;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures drawn rows by several metrics, and the training rows by the same ones beside them.
 *
 * <p>The oracle, the training rows in place of the drawn ones, is the best that closeness can reach
 * with so many rows, and the worst for privacy: a number means something only beside it. Columns
 * are compared as they come; see {@link Scaling}.
 *
 * @param metrics what to measure, with different names
 * @param parts how many random parts of the rows standard errors come from, where a metric has none
 *     of its own; 0 for none
 * @param seed of whatever is random
 */
public record Evaluation(List<Metric> metrics, int parts, long seed) implements Serializable {

  /** As many parts tell an error within a sixth. */
  private static final int PARTS = 20;

  /** Copies and checks. */
  public Evaluation {
    metrics = List.copyOf(metrics);
    if (parts < 0) {
      throw new IllegalArgumentException("need parts >= 0, got " + parts);
    }
    if (metrics.isEmpty()
        || metrics.stream().map(Metric::name).distinct().count() != metrics.size()) {
      throw new IllegalArgumentException(
          "need at least one metric and different names, got "
              + metrics.stream().map(Metric::name).toList());
    }
  }

  /** With standard errors from 20 parts. */
  public Evaluation(List<Metric> metrics, long seed) {
    this(metrics, PARTS, seed);
  }

  /** All metrics of {@link Metrics#standard()}, with seed 0. */
  public static Evaluation standard() {
    return new Evaluation(Metrics.standard(), 0);
  }

  /** Measures in the calling thread, silently. */
  public Report compare(Samples train, Samples test, Samples drawn) {
    return compare(new Sets(train, test, drawn), Tasks.here(), Progress.silent());
  }

  /**
   * Measures every metric on the sets and on the oracle.
   *
   * @param tasks where the metrics are measured; changes no bit
   * @throws dev.espalier.api.CancelledException if {@code progress} was cancelled
   */
  public Report compare(Sets sets, Tasks tasks, Progress progress) {
    return rank(List.of("drawn"), List.of(sets), tasks, progress).report(0);
  }

  /**
   * Measures several models, and the oracle, on the same training and test rows.
   *
   * @param base the training and the test rows; its drawn rows are those of the first model
   * @param first the name of the first model
   * @param others more models
   * @throws dev.espalier.api.CancelledException if {@code progress} was cancelled
   */
  public Ranking rank(
      Sets base, String first, List<Entrant> others, Tasks tasks, Progress progress) {
    List<String> names = new ArrayList<>(List.of(first));
    List<Sets> all = new ArrayList<>(List.of(base));
    for (Entrant each : others) {
      names.add(each.name());
      all.add(
          new Sets(
              base.train(),
              base.test(),
              each.drawn(),
              List.of(base.cells().get(0), base.cells().get(1), each.cells())));
    }
    return rank(names, all, tasks, progress);
  }

  private Ranking rank(List<String> names, List<Sets> all, Tasks tasks, Progress progress) {
    List<Metric> measured = metrics;
    List<Sets> sets = new ArrayList<>(all);
    sets.add(all.get(0).oracle());
    int width = sets.size();
    HalfSamples.Setting setting = new HalfSamples.Setting(parts, seed);
    List<Value> values =
        tasks.map(
            width * measured.size(),
            (index, share) -> {
              Metric metric = measured.get(index / width);
              Sets looked = sets.get(index % width);
              share.report(metric.name(), 0);
              Value value = metric.measure(looked, setting.seed(), share);
              value = HalfSamples.with(metric, looked, value, setting, share);
              share.report(metric.name(), 1);
              return value;
            },
            progress);
    List<Ranking.Line> lines = new ArrayList<>();
    for (int k = 0; k < measured.size(); k++) {
      Metric metric = measured.get(k);
      lines.add(
          new Ranking.Line(
              metric.name(),
              metric.summary(),
              metric.goal(),
              values.subList(k * width, (k + 1) * width - 1),
              values.get((k + 1) * width - 1)));
    }
    return new Ranking(
        all.get(0).train().count(),
        all.get(0).test().count(),
        all.stream().map(each -> each.drawn().count()).toList(),
        all.get(0).train().columns(),
        seed,
        names,
        lines);
  }
}
