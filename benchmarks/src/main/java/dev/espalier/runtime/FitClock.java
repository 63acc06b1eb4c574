package dev.espalier.runtime;

import dev.espalier.api.FitRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Tasks;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Fits an estimator to rows from elsewhere and says how long that took in a process that has just
 * started: our side of {@code benchmarks/quality/quality.py}.
 *
 * <p>Arguments: the expression of an estimator, numbers of rows n, columns d, noise levels K, noisy
 * rows at each m, and threads. Reads big-endian doubles: n·d cells to fit, then for every level its
 * noise variance b, of the variance-preserving kind, and m·d noisy cells. Writes the seconds that
 * the fit took, then K·m·d posterior means.
 */
public final class FitClock {

  private FitClock() {}

  /** Fits once and answers once. */
  public static void main(String[] args) throws IOException {
    ScoreEstimator estimator =
        new Expressions(Catalogue.discover()).parse(ScoreEstimator.class, args[0]);
    int rows = Integer.parseInt(args[1]);
    int columns = Integer.parseInt(args[2]);
    int levels = Integer.parseInt(args[3]);
    int noisy = Integer.parseInt(args[4]);
    DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
    FitRequest request =
        FitRequest.of(Samples.of(columns, doubles(in, rows * columns)))
            .withTasks(Tasks.threads(Integer.parseInt(args[5])));
    long start = System.nanoTime();
    Score score = estimator.fit(request);
    double seconds = (System.nanoTime() - start) / 1e9;
    try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out))) {
      out.writeDouble(seconds);
      double[] means = new double[noisy * columns];
      for (int k = 0; k < levels; k++) {
        NoiseLevel level = NoiseLevel.preserving(in.readDouble());
        score.posteriorMean(level, doubles(in, means.length), means);
        for (double mean : means) {
          out.writeDouble(mean);
        }
      }
    }
  }

  private static double[] doubles(DataInputStream in, int count) throws IOException {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }
}
