package dev.espalier.tabular;

import com.sun.management.OperatingSystemMXBean;
import dev.espalier.api.DrawRequest;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Labels;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Tasks;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.Fitted;
import dev.espalier.runtime.Pipeline;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One pipeline on one split of a set of rows; driven by {@code benchmarks/tabular/tabular.py}.
 *
 * <p>Arguments: a folder with {@code STEM-train.csv} and {@code STEM-test.csv}, the class index in
 * the last column; STEM; the name of the method; the pipeline, fitted to the columns scaled to −1
 * to 1, the class being the label {@code class}; and how many generations are drawn, each of
 * training size and clipped to the range of the training rows. Writes every generation beside the
 * rows and prints a line for each: the distances to the training and the test rows, and the seconds
 * of processor time that the fit and the draw took in all threads.
 */
public final class TabularProtocol {

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private TabularProtocol() {}

  /** Fits, draws and prints. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    double[][] seen = Comparison.read(folder.resolve(args[1] + "-train.csv"));
    double[][] held = Comparison.read(folder.resolve(args[1] + "-test.csv"));
    Comparison comparison = Comparison.by(seen);
    Tasks tasks = Tasks.threads(2);
    double start = seconds();
    FitRequest request = FitRequest.of(scaled(seen, comparison)).withTasks(tasks);
    Fitted fitted = Pipeline.parse(args[3], Catalogue.discover()).fit(request);
    double fit = seconds() - start;
    for (int g = 0; g < Integer.parseInt(args[4]); g++) {
      start = seconds();
      DrawRequest.Rows range = DrawRequest.Rows.range(g * seen.length, seen.length);
      Samples rows = fitted.draw(range, fitted.pipeline().seed(), tasks, Progress.silent());
      double draw = seconds() - start;
      double[][] drawn = unscaled(rows, comparison);
      write(folder.resolve(args[1] + "-" + args[2] + "-" + g + ".csv"), drawn);
      System.out.printf(
          Locale.ROOT,
          "%s,%s,%d,%.6f,%.6f,%.2f,%.2f%n",
          args[1],
          args[2],
          g,
          comparison.distance(drawn, seen),
          comparison.distance(drawn, held),
          fit,
          draw);
    }
  }

  /** Processor time of this JVM, which other work on the machine changes little. */
  private static double seconds() {
    return SYSTEM.getProcessCpuTime() / 1e9;
  }

  private static Samples scaled(double[][] rows, Comparison comparison) {
    int d = rows[0].length - 1;
    double[][] scaled = new double[rows.length][d];
    int[] codes = new int[rows.length];
    for (int j = 0; j < d; j++) {
      double[] range = comparison.range(j);
      for (int i = 0; i < rows.length; i++) {
        scaled[i][j] = 2 * (rows[i][j] - range[0]) / (range[1] - range[0]) - 1;
      }
    }
    Arrays.setAll(codes, i -> (int) rows[i][d]);
    List<String> classes =
        IntStream.range(0, comparison.classes()).mapToObj(Integer::toString).toList();
    return Samples.of(scaled).withLabels(List.of(Labels.of("class", classes, codes)));
  }

  private static double[][] unscaled(Samples rows, Comparison comparison) {
    int d = rows.columns();
    double[][] out = new double[rows.count()][d + 1];
    Labels classes = rows.label("class").orElseThrow();
    for (int j = 0; j < d; j++) {
      double[] range = comparison.range(j);
      for (int i = 0; i < out.length; i++) {
        double share = Math.max(0, Math.min(1, 0.5 * (rows.get(i, j) + 1)));
        out[i][j] = range[0] + share * (range[1] - range[0]);
        out[i][d] = Integer.parseInt(classes.get(i));
      }
    }
    return out;
  }

  private static void write(Path file, double[][] rows) throws IOException {
    List<String> lines = new ArrayList<>();
    for (double[] row : rows) {
      lines.add(Arrays.stream(row).mapToObj(Double::toString).collect(Collectors.joining(",")));
    }
    Files.write(file, lines);
  }
}
