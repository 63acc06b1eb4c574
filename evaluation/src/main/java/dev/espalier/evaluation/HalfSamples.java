package dev.espalier.evaluation;

import dev.espalier.api.Progress;
import dev.espalier.api.Streams;
import java.util.Arrays;

/**
 * Standard errors of metrics by resampling without replacement, the delete-d jackknife (Shao and Wu
 * 1989): the deviation of the metric over random parts of test and drawn rows, times √(m/(n − m)),
 * where m of n rows are in a part.
 *
 * <p>The usual bootstrap would repeat rows, and a repeated row is its own nearest neighbour, a tie,
 * and a copy; parts have none of that. Without rows to spare the error is unknown.
 */
final class HalfSamples {

  /** A part has at most so many rows, which bounds the time. */
  private static final int MOST = 400;

  private static final int LEAST = 10;

  private HalfSamples() {}

  /** The value with an error, if it has none and there are rows enough. */
  static Value with(Metric metric, Sets sets, Value value, Setting setting, Progress progress) {
    int least = Math.min(sets.test().count(), sets.drawn().count());
    if (value.error() != null || setting.parts < 2 || least < 2 * LEAST) {
      return value;
    }
    int tests = part(sets.test().count());
    int draws = part(sets.drawn().count());
    double[] values = new double[setting.parts];
    for (int k = 0; k < values.length; k++) {
      progress.check();
      Streams streams = new Streams(new Streams(setting.seed).seed("half samples", k));
      Sets some =
          sets.some(
              chosen(sets.test().count(), tests, streams, "test"),
              chosen(sets.drawn().count(), draws, streams, "drawn"));
      values[k] = metric.measure(some, setting.seed, Progress.silent()).value();
    }
    double factor =
        Math.max(factor(sets.test().count(), tests), factor(sets.drawn().count(), draws));
    return new Value(value.value(), Energy.deviation(values) * factor, value.p(), value.rows());
  }

  /** How many parts, and the seed that chooses them. */
  record Setting(int parts, long seed) {}

  private static int part(int count) {
    return Math.min(MOST, count / 2);
  }

  private static double factor(int count, int part) {
    return Math.sqrt(part / (double) (count - part));
  }

  private static int[] chosen(int count, int part, Streams streams, String consumer) {
    int[] order = Rows.permutation(count, streams.stream(consumer, 0));
    int[] chosen = Arrays.copyOf(order, part);
    Arrays.sort(chosen);
    return chosen;
  }
}
