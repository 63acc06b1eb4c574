package dev.espalier.benchmarks.libtorch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Times training steps and evaluations of libtorch, called through DJL; driven by {@code
 * benchmarks/network/engine.py}.
 *
 * <p>The argument is the number of threads. For every line on standard input, the name of a case,
 * it answers with the microseconds of a step and of an evaluation of 1000 rows, the least of three
 * rounds; for {@code product} with those of a product of matrices of 2048 by 2048, twice. With one
 * thread the time is that of the processor, else that of the clock. Many networks are one batched
 * product.
 */
public final class LibtorchBenchmark {

  /** A number of equal networks, the widths of their layers, and the rows of a step. */
  private record Case(int groups, List<Integer> widths, int rows) {}

  private static final Map<String, Case> CASES =
      Map.of(
          "small", new Case(1, List.of(8, 64, 64, 8), 128),
          "mid", new Case(1, List.of(64, 256, 256, 256, 64), 512),
          "big", new Case(1, List.of(256, 512, 512, 512, 256), 1024),
          "loc64", new Case(64, List.of(11, 64, 64, 1), 256),
          "loc256", new Case(256, List.of(11, 64, 64, 1), 256));
  private static final int EVALUATED = 1000;
  private static final int PRODUCT = 2048;
  private static final int ROUNDS = 3;
  private static final double ROUND_NANOS = 2e8;
  private static final long WARM_NANOS = 1_500_000_000L;

  private final boolean processorTime;
  private final Set<Case> seen = new HashSet<>();
  private boolean fresh = true;
  private final ThreadMXBean thread = ManagementFactory.getThreadMXBean();

  private LibtorchBenchmark(int threads) {
    this.processorTime = threads == 1;
  }

  /** Answers until standard input ends. */
  public static void main(String[] args) throws IOException {
    int threads = Integer.parseInt(args[0]);
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    LibtorchBenchmark benchmark = new LibtorchBenchmark(threads);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String name = line.trim();
      double[] found = name.equals("product") ? benchmark.product() : benchmark.times(name);
      System.out.printf(Locale.ROOT, "%.1f %.1f%n", found[0], found[1]);
    }
  }

  private double[] product() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray a = manager.randomNormal(new Shape(PRODUCT, PRODUCT));
      NDArray b = manager.randomNormal(new Shape(PRODUCT, PRODUCT));
      double micros = least(() -> a.matMul(b).close());
      return new double[] {micros, micros};
    }
  }

  private double[] times(String name) {
    Case one = CASES.get(name);
    fresh = seen.add(one);
    try (NDManager manager = NDManager.newBaseManager()) {
      Net net = new Net(manager, one);
      int last = one.widths.size() - 1;
      NDArray x = manager.randomNormal(net.shape(one.rows, one.widths.get(0)));
      NDArray y = manager.randomNormal(net.shape(one.rows, one.widths.get(last)));
      NDArray z = manager.randomNormal(net.shape(EVALUATED, one.widths.get(0)));
      double step = least(() -> net.step(x, y));
      return new double[] {step, least(() -> net.evaluate(z))};
    }
  }

  /** Microseconds of one pass. */
  private double least(Runnable work) {
    long warm = System.nanoTime() + (fresh ? WARM_NANOS : WARM_NANOS / 8);
    while (System.nanoTime() < warm) {
      work.run();
    }
    long start = now();
    work.run();
    int count = (int) Math.max(1, ROUND_NANOS / Math.max(1, now() - start));
    double least = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
      long begin = now();
      for (int i = 0; i < count; i++) {
        work.run();
      }
      least = Math.min(least, (now() - begin) / 1e3 / count);
    }
    return least;
  }

  private long now() {
    return processorTime ? thread.getCurrentThreadCpuTime() : System.nanoTime();
  }

  /** Perceptrons with SiLU, and Adam. */
  private static final class Net {
    private final NDManager manager;
    private final Case shape;
    private final List<NDArray> parameters = new ArrayList<>();
    private final Optimizer adam =
        Optimizer.adam().optLearningRateTracker(Tracker.fixed(1e-3f)).build();

    Net(NDManager manager, Case shape) {
      this.manager = manager;
      this.shape = shape;
      for (int i = 0; i + 1 < shape.widths.size(); i++) {
        int before = shape.widths.get(i);
        int after = shape.widths.get(i + 1);
        boolean one = shape.groups == 1;
        NDArray w =
            manager
                .randomNormal(
                    one ? new Shape(after, before) : new Shape(shape.groups, before, after))
                .muli(1 / Math.sqrt(before));
        NDArray c = manager.zeros(one ? new Shape(after) : new Shape(shape.groups, 1, after));
        w.setRequiresGradient(true);
        c.setRequiresGradient(true);
        parameters.add(w);
        parameters.add(c);
      }
    }

    Shape shape(int rows, int columns) {
      return shape.groups == 1 ? new Shape(rows, columns) : new Shape(shape.groups, rows, columns);
    }

    private NDArray forward(NDArray x) {
      NDArray at = x;
      for (int i = 0; i < parameters.size(); i += 2) {
        NDArray w = parameters.get(i);
        NDArray c = parameters.get(i + 1);
        at =
            shape.groups == 1
                ? at.getNDArrayInternal().linear(at, w, c).get(0)
                : at.batchMatMul(w).add(c);
        if (i + 2 < parameters.size()) {
          at = at.getNDArrayInternal().sigmoid().mul(at);
        }
      }
      return at;
    }

    void step(NDArray x, NDArray y) {
      try (NDManager pass = manager.newSubManager();
          GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        x.tempAttach(pass);
        NDArray off = forward(x).sub(y);
        // The mean over rows and outputs, summed over networks.
        gradients.backward(off.mul(off).sum().mul(shape.groups / (double) off.size()));
        for (int k = 0; k < parameters.size(); k++) {
          NDArray gradient = parameters.get(k).getGradient();
          gradient.attach(pass);
          adam.update("p" + k, parameters.get(k), gradient);
        }
      }
    }

    void evaluate(NDArray z) {
      try (NDManager pass = manager.newSubManager()) {
        z.tempAttach(pass);
        forward(z);
      }
    }
  }
}
