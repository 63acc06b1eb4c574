package dev.espalier.plugins.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.api.FitRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The costs that the model of {@code docs/spark.md} rests on, printed; the bits are checked. */
@Tag("long")
class CostsTest {

  private static final int ROWS = 1000;

  @TempDir Path folder;

  private static Samples rows(int columns) {
    RandomGenerator random = new Streams(5).stream("costs", columns);
    double[] values = new double[ROWS * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian() + (i % columns == 0 ? 0 : 0.7 * values[i - 1]);
    }
    return Samples.of(columns, values);
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return 1e-9 * (System.nanoTime() - start);
  }

  private static double[] answers(Score score) {
    double[] x = new double[score.columns()];
    for (int j = 0; j < x.length; j++) {
      x[j] = StrictMath.sin(j);
    }
    double[] out = new double[x.length];
    score.posteriorMean(NoiseLevel.preserving(0.3), x, out);
    return out;
  }

  /** Prints the time of one window, here in one thread and on two cores by Spark. */
  private static void windows(String inner, int columns, SparkSession session) {
    ScoreEstimator estimator =
        LocalSpark.pipeline("localized(radius=1, graph=chain(), inner=" + inner + ")").estimator();
    FitRequest request = FitRequest.of(rows(columns));
    FitRequest there = request.withTasks(SparkTasks.on(session));
    assertArrayEquals(answers(estimator.fit(request)), answers(estimator.fit(there)));
    double here = seconds(() -> estimator.fit(request));
    double spark = seconds(() -> estimator.fit(there));
    System.out.printf(
        "%s: %.1f us a window in one thread, %.1f us on two cores by Spark%n",
        inner, 1e6 * here / columns, 1e6 * spark / columns);
  }

  @Test
  void areAsStated() {
    SparkSession session = LocalSpark.start(folder);
    try {
      Tasks tasks = SparkTasks.on(session);
      repeat(tasks, 20);
      Held held = new Held();
      session.sparkContext().addSparkListener(held);
      double empty = seconds(() -> repeat(tasks, 20));
      session.sparkContext().removeSparkListener(held);
      System.out.printf(
          "an empty task: %.2f ms until the next, %.2f ms at its executor%n",
          1e3 * empty / (20 * 64), held.milliseconds.sum() / (double) held.tasks.sum());
      Samples window = rows(3);
      byte[] parcel = Parcel.bytes(window);
      assertEquals(window, Parcel.from(parcel));
      double packing =
          seconds(() -> Collections.nCopies(5_000, window).forEach(Parcel::bytes)) / 5_000;
      System.out.printf("packing: %.0f MB a second%n", 1e-6 * parcel.length / packing);
      windows("gaussian()", 4_000, session);
      windows("gmm(components=2)", 200, session);
      windows("network(hidden=[64,64], steps=500)", 16, session);
    } finally {
      session.stop();
    }
  }

  /** How long tasks held their cores, from being sent to being over. */
  private static final class Held extends SparkListener {
    private final LongAdder tasks = new LongAdder();
    private final LongAdder milliseconds = new LongAdder();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      tasks.increment();
      milliseconds.add(end.taskInfo().duration());
    }
  }

  private static void repeat(Tasks tasks, int times) {
    for (int k = 0; k < times; k++) {
      assertEquals(64, tasks.map(64, (i, share) -> i, Progress.silent()).size());
    }
  }
}
