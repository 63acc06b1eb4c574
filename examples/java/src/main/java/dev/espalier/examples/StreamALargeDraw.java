package dev.espalier.examples;

import dev.espalier.api.DrawRequest.Rows;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.plugins.gmm.Gmm;
import dev.espalier.runtime.Fitted;
import dev.espalier.runtime.Pipeline;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** How do I draw more rows than memory holds, and find one of them again later? */
public final class StreamALargeDraw {
  private static final long SEED = 7;
  private static final int BLOCK = 25_000;
  private static final int BLOCKS = 8;

  private StreamALargeDraw() {}

  /** Draws block by block, then draws single rows anew and compares. */
  public static void main(String... arguments) {
    Fitted model = Pipeline.builder().estimator(Gmm.components(2)).build().fit(clusters());
    Tasks tasks = Tasks.threads(Runtime.getRuntime().availableProcessors());
    System.out.println("     rows   mean of x0   mean of x1");
    double[] sums = new double[2];
    for (int k = 0; k < BLOCKS; k++) {
      // region block
      Rows rows = Rows.range((long) k * BLOCK, BLOCK);
      Samples block = model.draw(rows, SEED, tasks, Progress.silent());
      // endregion
      for (int i = 0; i < BLOCK; i++) {
        sums[0] += block.get(i, 0);
        sums[1] += block.get(i, 1);
      }
      int count = (k + 1) * BLOCK;
      System.out.printf(
          Locale.ROOT, "%9d %12.4f %12.4f%n", count, sums[0] / count, sums[1] / count);
    }
    Samples first = model.draw(Rows.range(0, BLOCK), SEED, tasks, Progress.silent());
    Samples few = model.draw(Rows.range(0, 100), SEED, Tasks.here(), Progress.silent());
    System.out.println("100 rows are the first 100 of many: " + few.equals(first.rows(0, 100)));
    Samples one = model.draw(Rows.of(new long[] {20_000}), SEED, tasks, Progress.silent());
    System.out.println("row 20000 alone is the same: " + one.equals(first.rows(20_000, 20_001)));
  }

  /** Two clusters of 500 rows; their middle is at (0, 1). */
  private static Samples clusters() {
    RandomGenerator random = new Streams(1).stream("clusters", 0);
    double[] values = new double[2_000];
    for (int i = 0; i < 1_000; i++) {
      double side = i % 2 == 0 ? -2 : 2;
      values[2 * i] = side + random.nextGaussian();
      values[2 * i + 1] = 1 - side + 0.5 * random.nextGaussian();
    }
    return Samples.of(2, values);
  }
}
