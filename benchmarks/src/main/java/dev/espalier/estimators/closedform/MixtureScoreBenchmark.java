package dev.espalier.estimators.closedform;

import dev.espalier.api.NoiseLevel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Times the score of a Gaussian mixture; driven by {@code benchmarks/gmm/score.py}.
 *
 * <p>Arguments: the folder with {@code rows.f64}, {@code weights.f64}, {@code means.f64} and {@code
 * covariances.f64} (little-endian doubles, row-major), the number of columns, the noise variance.
 * For every line on standard input it runs as often as the line says and answers with the seconds
 * of one run; the scores themselves go to {@code scores.f64}.
 */
public final class MixtureScoreBenchmark {

  private MixtureScoreBenchmark() {}

  /** Answers until standard input ends. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    int d = Integer.parseInt(args[1]);
    NoiseLevel level = NoiseLevel.preserving(Double.parseDouble(args[2]));
    double[] x = numbers(folder.resolve("rows.f64"));
    double[] out = new double[x.length];
    GaussianMixture law = mixture(folder, d);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      int times = Integer.parseInt(line);
      long begin = System.nanoTime();
      for (int i = 0; i < times; i++) {
        law.score(level, x, out);
      }
      double seconds = (System.nanoTime() - begin) * 1e-9 / times;
      ByteBuffer bytes =
          ByteBuffer.allocate(out.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asDoubleBuffer().put(out);
      Files.write(folder.resolve("scores.f64"), bytes.array());
      System.out.println(seconds);
    }
  }

  private static GaussianMixture mixture(Path folder, int d) throws IOException {
    double[] weights = numbers(folder.resolve("weights.f64"));
    double[] means = numbers(folder.resolve("means.f64"));
    double[] covariances = numbers(folder.resolve("covariances.f64"));
    List<Component> components = new ArrayList<>();
    for (int k = 0; k < weights.length; k++) {
      double[][] covariance = new double[d][];
      for (int i = 0; i < d; i++) {
        int at = (k * d + i) * d;
        covariance[i] = Arrays.copyOfRange(covariances, at, at + d);
      }
      double[] mean = Arrays.copyOfRange(means, k * d, (k + 1) * d);
      components.add(Component.of(weights[k], mean, Covariance.full(covariance)));
    }
    return GaussianMixture.of(components);
  }

  private static double[] numbers(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    double[] numbers = new double[bytes.remaining() / Double.BYTES];
    bytes.asDoubleBuffer().get(numbers);
    return numbers;
  }
}
