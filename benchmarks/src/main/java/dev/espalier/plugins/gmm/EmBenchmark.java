package dev.espalier.plugins.gmm;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Tasks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Times EM from given starts; driven by {@code benchmarks/gmm/em.py}.
 *
 * <p>Arguments: the folder with {@code rows.f64}, {@code weights.f64}, {@code means.f64} and {@code
 * covariances.f64} (little-endian doubles, row-major), the number of columns, the number of steps,
 * the number of threads. For every line on standard input it runs once and answers with the seconds
 * taken and the log-likelihood a row reached.
 */
public final class EmBenchmark {

  private EmBenchmark() {}

  /** Answers until standard input ends. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    int d = Integer.parseInt(args[1]);
    int steps = Integer.parseInt(args[2]);
    Tasks tasks = Tasks.threads(Integer.parseInt(args[3]));
    Samples samples = Samples.of(d, numbers(folder.resolve("rows.f64")));
    double[] weights = numbers(folder.resolve("weights.f64"));
    double[] means = numbers(folder.resolve("means.f64"));
    double[] covariances = numbers(folder.resolve("covariances.f64"));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      long begin = System.nanoTime();
      Rows rows = Rows.of(FitRequest.of(samples), false);
      Form form = new Form(CovarianceKind.FULL, 0);
      Em em = new Em(rows, form, 1e-6, tasks, Progress.silent());
      Mixture start = scaled(rows, form, weights, means, covariances);
      Em.Result result = em.run(start, steps, -1, tasks, Progress.silent());
      double perRow = (result.logLikelihood() - rows.logScale()) / rows.total();
      System.out.println((System.nanoTime() - begin) * 1e-9 + " " + perRow);
    }
  }

  private static double[] numbers(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    double[] numbers = new double[bytes.remaining() / Double.BYTES];
    bytes.asDoubleBuffer().get(numbers);
    return numbers;
  }

  private static Mixture scaled(
      Rows rows, Form form, double[] weights, double[] means, double[] covariances) {
    int d = rows.columns();
    double[][] scaledMeans = new double[weights.length][d];
    Mixture.Shape[] shapes = new Mixture.Shape[weights.length];
    for (int k = 0; k < weights.length; k++) {
      double[][] covariance = new double[d][d];
      for (int i = 0; i < d; i++) {
        scaledMeans[k][i] = (means[k * d + i] - rows.centre(i)) / rows.scale(i);
        for (int j = 0; j < d; j++) {
          covariance[i][j] = covariances[(k * d + i) * d + j] / rows.scale(i) / rows.scale(j);
        }
      }
      shapes[k] = Mixture.Shape.dense(covariance, false);
    }
    return new Mixture(form, weights, scaledMeans, shapes);
  }
}
