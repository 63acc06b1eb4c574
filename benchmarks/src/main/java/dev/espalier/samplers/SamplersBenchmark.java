package dev.espalier.samplers;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.estimators.closedform.Component;
import dev.espalier.estimators.closedform.Covariance;
import dev.espalier.estimators.closedform.GaussianMixture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Times draws from a mixture of normal laws without correlations; driven by {@code
 * benchmarks/samplers/samplers.py}.
 *
 * <p>Arguments: a folder, and the numbers of rows, columns, components and steps. The means and
 * variances of the components, which weigh the same, go to {@code means.f64} and {@code
 * variances.f64} (little-endian doubles, row-major). For every line on standard input, the name of
 * a sampler, it draws the rows once and answers with the seconds that it took; where the rows start
 * goes to {@code start.f64}, the rows to {@code rows.f64}.
 */
public final class SamplersBenchmark {

  private SamplersBenchmark() {}

  /** Answers until standard input ends. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    int rows = Integer.parseInt(args[1]);
    int steps = Integer.parseInt(args[4]);
    Map<String, Walk> samplers =
        Map.of(
            "heun", Samplers.heun(steps),
            "dpm", Samplers.dpm(steps),
            "ancestral", Samplers.ancestral(steps));
    DrawRequest request =
        DrawRequest.of(law(folder, Integer.parseInt(args[2]), Integer.parseInt(args[3])), rows);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Walk sampler = samplers.get(line).withGrid(Karras.standard());
      long begin = System.nanoTime();
      Samples drawn = sampler.draw(request);
      double seconds = (System.nanoTime() - begin) * 1e-9;
      write(folder.resolve("rows.f64"), drawn.toArray());
      write(folder.resolve("start.f64"), start(sampler, request));
      System.out.println(seconds);
    }
  }

  private static GaussianMixture law(Path folder, int columns, int count) throws IOException {
    double[] means = new double[count * columns];
    double[] variances = new double[count * columns];
    List<Component> components = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      RandomGenerator random = new Streams(0).stream("component", k);
      double[] mean = new double[columns];
      double[] variance = new double[columns];
      for (int j = 0; j < columns; j++) {
        mean[j] = random.nextGaussian();
        variance[j] = 0.05 + 0.2 * random.nextDouble();
      }
      System.arraycopy(mean, 0, means, k * columns, columns);
      System.arraycopy(variance, 0, variances, k * columns, columns);
      components.add(Component.of(1.0 / count, mean, Covariance.diagonal(variance)));
    }
    write(folder.resolve("means.f64"), means);
    write(folder.resolve("variances.f64"), variances);
    return GaussianMixture.of(components);
  }

  private static double[] start(Walk sampler, DrawRequest request) {
    int columns = request.score().columns();
    double[] start = new double[request.rows().count() * columns];
    sampler.draw(
        request.withObserver(
            (step, level, rows, values) -> {
              if (step == 0) {
                values.copyRows(0, rows.count(), start, (int) rows.index(0) * columns);
              }
            }));
    return start;
  }

  private static void write(Path file, double[] cells) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(cells.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(cells);
    Files.write(file, bytes.array());
  }
}
