package dev.espalier.estimators.network;

import dev.espalier.api.Progress;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.estimators.network.openblas.OpenBlas;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Times training steps and evaluations of the engines; driven by {@code
 * benchmarks/network/engine.py}.
 *
 * <p>Arguments: the number of threads, and the engine: {@code plain} for the loops that run
 * everywhere or {@code vector} for the same bits by vectors of the processor, or {@code native} for
 * OpenBLAS. For every line on standard input, the name of a case, it answers with the microseconds
 * of a step and of an evaluation of 1000 rows, the least of three rounds. With one thread the time
 * is that of the processor, else that of the clock.
 */
public final class EngineBenchmark {

  /** A number of equal networks and the rows of a step. */
  private record Case(int groups, Shape shape, int rows) {}

  private static final Map<String, Case> CASES =
      Map.of(
          "small", new Case(1, new Shape(8, 0, List.of(64, 64), 8), 128),
          "mid", new Case(1, new Shape(64, 0, List.of(256, 256, 256), 64), 512),
          "big", new Case(1, new Shape(256, 0, List.of(512, 512, 512), 256), 1024),
          "loc64", new Case(64, new Shape(11, 0, List.of(64, 64), 1), 256),
          "loc256", new Case(256, new Shape(11, 0, List.of(64, 64), 1), 256));
  private static final int ROUNDS = 3;
  private static final int EVALUATED = 1000;
  private static final long WARM_NANOS = 1_500_000_000L;

  /** Steps that a small network makes before the next one has its turn, as in training. */
  private static final int TURN = 10;

  private final Tasks tasks;
  private final boolean processorTime;
  private final String engine;
  private final Set<Case> seen = new HashSet<>();
  private boolean fresh;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  private EngineBenchmark(int count, String engine) {
    this.tasks = count == 1 ? Tasks.here() : Tasks.threads(count);
    this.processorTime = count == 1;
    this.engine = engine;
  }

  private Networks create(Shape shape) {
    float[] parameters = normals("w", (int) shape.parameters(), 0.1);
    return switch (engine) {
      case "plain" -> new PlainNetworks(shape, 1, parameters, MatrixKernels.plain());
      case "vector" -> {
        if (MatrixKernels.fastest() == MatrixKernels.plain()) {
          throw new IllegalStateException("need --add-modules jdk.incubator.vector");
        }
        yield new PlainNetworks(shape, 1, parameters, MatrixKernels.fastest());
      }
      case "native" -> new OpenBlas().create(shape, 1, parameters);
      default -> throw new IllegalArgumentException("need plain, vector or native, got " + engine);
    };
  }

  /** Answers until standard input ends. */
  public static void main(String[] args) throws IOException {
    EngineBenchmark benchmark = new EngineBenchmark(Integer.parseInt(args[0]), args[1]);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(benchmark.answer(CASES.get(line.trim())));
    }
  }

  private String answer(Case one) {
    fresh = seen.add(one);
    Shape shape = one.shape();
    List<Networks> networks = new ArrayList<>();
    Batch batch = batch(shape, one.rows());
    Batch evaluated = batch(shape, EVALUATED);
    float[] weights = new float[one.rows() * shape.outputs()];
    Arrays.fill(weights, 1f / weights.length);
    Networks.Goal goal = new Networks.Goal(normals("targets", weights.length, 1), weights);
    for (int g = 0; g < one.groups(); g++) {
      networks.add(create(shape));
    }
    double step =
        least(
            () ->
                tasks.map(
                    one.groups(),
                    (g, progress) -> {
                      for (int i = 0; i < TURN; i++) {
                        networks.get(g).step(batch, goal, UPDATE, Tasks.here(), progress);
                      }
                      return g;
                    },
                    Progress.silent()),
            () -> networks.get(0).step(batch, goal, UPDATE, tasks, Progress.silent()),
            one.groups());
    float[][] outs = new float[one.groups()][EVALUATED * shape.outputs()];
    double evaluation =
        least(
            () ->
                tasks.map(
                    one.groups(),
                    (g, progress) -> {
                      for (int i = 0; i < TURN; i++) {
                        networks.get(g).outputs(evaluated, outs[g]);
                      }
                      return g;
                    },
                    Progress.silent()),
            () -> networks.get(0).outputs(evaluated, outs[0]),
            one.groups());
    return String.format(java.util.Locale.ROOT, "%.1f %.1f", step, evaluation);
  }

  private static final Networks.Update UPDATE = new Networks.Update(10, 1e-3, 0, 1, 1e-3);

  /** Microseconds of one pass over all networks: many by turns, one by itself. */
  private double least(Runnable many, Runnable single, int groups) {
    Runnable work = groups > 1 ? many : single;
    int passes = groups > 1 ? TURN : 1;
    long warm = System.nanoTime() + (fresh ? WARM_NANOS : WARM_NANOS / 8);
    while (System.nanoTime() < warm) {
      work.run();
    }
    long start = now();
    work.run();
    int count = (int) Math.max(1, 2e8 / Math.max(1, now() - start));
    double least = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
      long begin = now();
      for (int i = 0; i < count; i++) {
        work.run();
      }
      least = Math.min(least, (now() - begin) / 1e3 / count / passes);
    }
    return least;
  }

  private long now() {
    return processorTime ? threads.getCurrentThreadCpuTime() : System.nanoTime();
  }

  private static Batch batch(Shape shape, int rows) {
    return new Batch(rows, rows, normals("x", rows * shape.inputs(), 1), new float[0]);
  }

  private static float[] normals(String name, int count, double deviation) {
    RandomGenerator random = new Streams(1).stream(name, count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }
}
