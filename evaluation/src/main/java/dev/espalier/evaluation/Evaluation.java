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
 * @param seed of whatever is random
 */
public record Evaluation(List<Metric> metrics, long seed) implements Serializable {

  /** Copies and checks. */
  public Evaluation {
    metrics = List.copyOf(metrics);
    if (metrics.isEmpty()
        || metrics.stream().map(Metric::name).distinct().count() != metrics.size()) {
      throw new IllegalArgumentException(
          "need at least one metric and different names, got "
              + metrics.stream().map(Metric::name).toList());
    }
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
    List<Metric> measured = metrics;
    long used = seed;
    List<Value> values =
        tasks.map(
            2 * measured.size(),
            (index, share) -> {
              Metric metric = measured.get(index / 2);
              share.report(metric.name(), 0);
              Value value = metric.measure(index % 2 == 0 ? sets : sets.oracle(), used, share);
              share.report(metric.name(), 1);
              return value;
            },
            progress);
    List<Result> results = new ArrayList<>();
    for (int k = 0; k < measured.size(); k++) {
      Metric metric = measured.get(k);
      results.add(
          new Result(
              metric.name(),
              metric.summary(),
              metric.goal(),
              values.get(2 * k),
              values.get(2 * k + 1)));
    }
    return new Report(
        sets.train().count(),
        sets.test().count(),
        sets.drawn().count(),
        sets.train().columns(),
        seed,
        results);
  }
}
