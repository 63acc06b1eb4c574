package dev.espalier.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The 95 % intervals of metrics over fresh sets from the same laws: hypothesis, an interval holds
 * the metric's mean with a chance of 0.85 or more; 100 sets; alpha 1e-6 a metric, which rejects at
 * 65 or fewer. It must catch intervals of a third of the width.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IntervalCoverageTest {

  private static final int SETS = 100;

  /** The greatest count that a binomial law of 100 and 0.85 falls to with chance 1e-6. */
  private static final int REJECTED = 65;

  private static final List<Metric> METRICS = metrics();

  private final Value[][] values = new Value[METRICS.size()][SETS];

  private static List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>(Metrics.standard(List.of()));
    metrics.add(Metrics.spectrum(new Fields(1, 4)));
    metrics.add(Metrics.variogram(new Fields(1, 4)));
    return List.copyOf(metrics);
  }

  /** Four columns in a chain, one of them skewed. */
  private static Samples rows(int count, double correlation, long seed) {
    RandomGenerator random = new Streams(seed).stream("interval rows", 0);
    double rest = Math.sqrt(1 - correlation * correlation);
    double[] values = new double[count * 4];
    for (int i = 0; i < count; i++) {
      double last = random.nextGaussian();
      for (int j = 0; j < 4; j++) {
        values[i * 4 + j] = j == 1 ? StrictMath.exp(0.5 * last) : last;
        last = correlation * last + rest * random.nextGaussian();
      }
    }
    return Samples.of(4, values);
  }

  @BeforeAll
  void measure() {
    IntStream.range(0, SETS)
        .parallel()
        .forEach(
            set -> {
              Sets sets =
                  new Sets(
                      rows(100, 0.6, 3L * set),
                      rows(60, 0.6, 3L * set + 1),
                      rows(100, 0.5, 3L * set + 2));
              for (int k = 0; k < values.length; k++) {
                Value value = METRICS.get(k).measure(sets, set, Progress.silent());
                values[k][set] =
                    HalfSamples.with(
                        METRICS.get(k),
                        sets,
                        value,
                        new HalfSamples.Setting(20, set),
                        Progress.silent());
              }
            });
  }

  private static long covered(Value[] values, double width) {
    double mean = Energy.mean(Arrays.stream(values).mapToDouble(Value::value).toArray());
    return Arrays.stream(values)
        .filter(each -> Math.abs(each.value() - mean) <= width * each.margin() + 1e-12)
        .count();
  }

  @Test
  void intervalsCoverAtTheirRate() {
    List<String> rejected = new ArrayList<>();
    double sum = 0;
    for (int k = 0; k < values.length; k++) {
      long covered = covered(values[k], 1);
      sum += covered / (double) SETS / values.length;
      if (covered <= REJECTED) {
        rejected.add(METRICS.get(k).name() + " " + covered);
      }
    }
    assertEquals(List.of(), rejected);
    assertEquals(0.95, sum, 0.05, "on average");
  }

  @Test
  void intervalsOfAThirdOfTheWidthAreCaught() {
    int caught = 0;
    for (Value[] each : values) {
      caught += covered(each, 1.0 / 3) <= REJECTED ? 1 : 0;
    }
    assertTrue(caught >= values.length - 6, "got " + caught + " of " + values.length);
  }
}
