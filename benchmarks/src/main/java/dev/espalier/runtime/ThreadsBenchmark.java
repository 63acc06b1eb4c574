package dev.espalier.runtime;

import dev.espalier.api.DrawRequest.Rows;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Progress;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * Times a fit of many small networks and a draw from them; driven by {@code
 * benchmarks/threads/threads.py}.
 *
 * <p>The argument is the number of threads. For every line on standard input, {@code training} or
 * {@code drawing}, it does that once and answers with the seconds that it took.
 */
public final class ThreadsBenchmark {
  private static final int ROWS = 2_000;
  private static final int COLUMNS = 64;
  private static final int DRAWN = 2_000;
  private static final String ESTIMATOR =
      "localized(graph=chain(), radius=5, inner=network(hidden=[64,64], steps=200, batch=256))";

  private ThreadsBenchmark() {}

  /** Answers until standard input ends. */
  public static void main(String[] args) throws IOException {
    Tasks tasks = Tasks.threads(Integer.parseInt(args[0]));
    Expressions expressions = new Expressions(Catalogue.discover());
    Pipeline pipeline =
        Pipeline.builder()
            .estimator(expressions.parse(ScoreEstimator.class, ESTIMATOR))
            .sampler(expressions.parse(Sampler.class, "heun(steps=8)"))
            .seed(1)
            .build();
    FitRequest request = FitRequest.of(paths()).withTasks(tasks);
    Fitted fitted = pipeline.fit(request);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      boolean training = line.equals("training");
      System.gc();
      long start = System.nanoTime();
      if (training) {
        fitted = pipeline.fit(request);
      } else {
        fitted.draw(Rows.range(0, DRAWN), 1, tasks, Progress.silent());
      }
      System.out.println((System.nanoTime() - start) / 1e9);
    }
  }

  /** Paths whose neighbours correlate by 0.8. */
  private static Samples paths() {
    double[] cells = new double[ROWS * COLUMNS];
    for (int i = 0; i < ROWS; i++) {
      RandomGenerator random = new Streams(1).stream("path", i);
      for (int j = 0; j < COLUMNS; j++) {
        double noise = random.nextGaussian();
        int at = i * COLUMNS + j;
        cells[at] = j == 0 ? noise : 0.8 * cells[at - 1] + 0.6 * noise;
      }
    }
    return Samples.of(COLUMNS, cells);
  }
}
