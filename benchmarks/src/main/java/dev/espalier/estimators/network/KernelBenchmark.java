package dev.espalier.estimators.network;

import dev.espalier.api.Streams;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Times every kernel in every form, beside its definition written down as scalars.
 *
 * <p>As a program it fails when a form is slower than its floor: the plain form against the
 * definition, the vectors against the plain form. Both are ratios on one machine, so that the floor
 * means the same anywhere. The sizes are those of a layer of 64 by 64 and 256 rows.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 700, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class KernelBenchmark {
  private static final int UNITS = 64;
  private static final int ROWS = 256;

  /** How many times as fast as the definition the plain form is at least. */
  private static final Map<String, Double> PLAIN =
      Map.of("product", 3.0, "transposed", 3.0, "gradient", 2.0, "silu", 1.5, "move", 0.8);

  /** How many times as fast as the plain form the vectors are at least. */
  private static final Map<String, Double> VECTOR =
      Map.of("product", 1.3, "transposed", 1.3, "gradient", 1.3, "silu", 0.9, "move", 0.8);

  /** Which form. */
  @Param({"definition", "plain", "vector"})
  public String form = "plain";

  private MatrixKernels kernels = MatrixKernels.plain();
  private final float[][] weights = matrix("w", UNITS, UNITS);
  private final float[][] values = matrix("x", UNITS, ROWS);
  private final float[][] turned = matrix("t", ROWS, UNITS);
  private final float[][] sums = new float[UNITS][ROWS];
  private final float[][] gradient = new float[UNITS][UNITS];
  private final float[] z = matrix("z", 1, UNITS * ROWS)[0];
  private final float[][] out = new float[3][UNITS * ROWS];
  private final float[][] state = new float[4][UNITS * UNITS];
  private final MatrixKernels.Move numbers =
      new MatrixKernels.Move(1, 0.9f, 0.999f, 1e-3f, 1.1f, 0.999f, 1e-3f);

  private static float[][] matrix(String name, int rows, int columns) {
    RandomGenerator random = new Streams(1).stream(name, 0);
    float[][] matrix = new float[rows][columns];
    for (float[] row : matrix) {
      for (int j = 0; j < columns; j++) {
        row[j] = (float) (0.1 * random.nextGaussian());
      }
    }
    return matrix;
  }

  /** Chooses the form. */
  @Setup
  public void choose() {
    kernels =
        switch (form) {
          case "definition" -> new Definition();
          case "vector" -> MatrixKernels.fastest();
          default -> MatrixKernels.plain();
        };
    if (form.equals("vector") && kernels == MatrixKernels.plain()) {
      throw new IllegalStateException("need --add-modules jdk.incubator.vector");
    }
  }

  /** Back through a layer. */
  @Benchmark
  public float[][] product() {
    kernels.addProduct(weights, 0, values, 0, sums, 0, UNITS, UNITS, ROWS);
    return sums;
  }

  /** Forward through a layer. */
  @Benchmark
  public float[][] transposed() {
    kernels.addTransposedProduct(weights, 0, values, 0, sums, 0, UNITS, UNITS, ROWS);
    return sums;
  }

  /** The gradient of a layer's weights. */
  @Benchmark
  public float[][] gradient() {
    kernels.addProduct(values, 0, turned, 0, gradient, 0, UNITS, ROWS, UNITS);
    return gradient;
  }

  /** Activations and slopes. */
  @Benchmark
  public float[][] silu() {
    kernels.silu(z, out[0], out[1], out[2], UNITS * ROWS);
    return out;
  }

  /** Adam on the weights of a layer. */
  @Benchmark
  public float[][] move() {
    kernels.move(z, state[0], state[1], state[2], state[3], 0, UNITS * UNITS, numbers);
    return state;
  }

  /** Runs all, prints what was measured beside the floors, and fails if one is not reached. */
  public static void main(String[] args) throws RunnerException {
    Collection<RunResult> results =
        new Runner(new OptionsBuilder().include(KernelBenchmark.class.getName()).build()).run();
    Map<String, Double> times = new TreeMap<>();
    for (RunResult each : results) {
      String name = each.getPrimaryResult().getLabel();
      times.put(name + " " + each.getParams().getParam("form"), each.getPrimaryResult().getScore());
    }
    boolean reached = true;
    for (String kernel : new TreeMap<>(PLAIN).keySet()) {
      double plain = times.get(kernel + " plain");
      reached &=
          floor(kernel + " plain", times.get(kernel + " definition") / plain, PLAIN.get(kernel));
      reached &=
          floor(kernel + " vector", plain / times.get(kernel + " vector"), VECTOR.get(kernel));
    }
    if (!reached) {
      System.exit(1);
    }
  }

  private static boolean floor(String what, double ratio, double least) {
    boolean reached = ratio >= least;
    System.out.printf("%-20s %6.2f, floor %.1f%s%n", what, ratio, least, reached ? "" : " MISSED");
    return reached;
  }

  /** The definition, one number after the other. */
  private static final class Definition implements MatrixKernels {
    @Override
    public boolean available() {
      return true;
    }

    @Override
    public void addProduct(
        float[][] a,
        int a0,
        float[][] b,
        int b0,
        float[][] c,
        int c0,
        int rows,
        int terms,
        int width) {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < width; j++) {
          float sum = c[c0 + i][j];
          for (int k = 0; k < terms; k++) {
            sum = Math.fma(a[a0 + i][k], b[b0 + k][j], sum);
          }
          c[c0 + i][j] = sum;
        }
      }
    }

    @Override
    public void addTransposedProduct(
        float[][] a,
        int a0,
        float[][] b,
        int b0,
        float[][] c,
        int c0,
        int rows,
        int terms,
        int width) {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < width; j++) {
          float sum = c[c0 + i][j];
          for (int k = 0; k < terms; k++) {
            sum = Math.fma(a[a0 + k][i], b[b0 + k][j], sum);
          }
          c[c0 + i][j] = sum;
        }
      }
    }

    @Override
    public float dot(float[] u, float[] v, int width) {
      return MatrixKernels.plain().dot(u, v, width);
    }

    @Override
    public void silu(float[] z, float[] work, float[] value, float[] slope, int width) {
      for (int j = 0; j < width; j++) {
        float sigmoid = (float) (1 / (1 + Math.exp(-z[j])));
        value[j] = z[j] * sigmoid;
        slope[j] = Math.fma(value[j], 1f - sigmoid, sigmoid);
      }
    }

    @Override
    public void siluValue(float[] z, float[] work, float[] value, int width) {
      silu(z, work, value, work, width);
    }

    @Override
    public void move(
        float[] gradient,
        float[] first,
        float[] second,
        float[] w,
        float[] average,
        int from,
        int to,
        Move move) {
      for (int j = from; j < to; j++) {
        float g = gradient[j] * move.shorten();
        first[j] = Math.fma(move.keepFirst(), first[j] - g, g);
        second[j] = Math.fma(move.keepSecond(), second[j] - g * g, g * g);
        float deviation = (float) Math.sqrt(second[j] * move.secondScale()) + 1e-8f;
        w[j] = Math.fma(-move.rate(), first[j] / deviation, w[j] * move.shrink());
        average[j] = Math.fma(move.share(), w[j] - average[j], average[j]);
      }
    }
  }
}
