package dev.espalier.examples;

import dev.espalier.api.CancelledException;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.estimators.network.Network;
import dev.espalier.runtime.Fitted;
import dev.espalier.runtime.Pipeline;
import java.io.File;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** How do I learn a law that no closed form fits, and go on after the fit was stopped? */
public final class LearnACurvedLaw {
  private LearnACurvedLaw() {}

  /** Learns a ring, is stopped on the way, goes on, and tells how far draws are from the ring. */
  public static void main(String... arguments) {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"), "ring-" + UUID.randomUUID());
    // region network
    Network network = Network.builder().hidden(32, 32).steps(800).rate(0.01).build();
    Pipeline pipeline = Pipeline.builder().estimator(network).seed(7).build();
    FitRequest request = FitRequest.of(ring()).withCheckpoint(folder);
    try {
      pipeline.fit(request.withProgress(new Impatient()));
    } catch (CancelledException e) {
      System.out.println("stopped");
    }
    Fitted model = pipeline.fit(request);
    // endregion
    Samples drawn = model.draw(1_000);
    System.out.printf(Locale.ROOT, "mean distance from the ring %.2f%n", distance(drawn));
    System.out.println(drawn.equals(pipeline.fit(ring()).draw(1_000)));
    for (File file : folder.toFile().listFiles()) {
      file.delete();
    }
    folder.toFile().delete();
  }

  /** Has enough of it after being asked for the six thousandth time. */
  private static final class Impatient implements Progress {
    private int asked;

    @Override
    public void report(String stage, double done) {}

    @Override
    public boolean cancelled() {
      return ++asked > 6_000;
    }
  }

  private static Samples ring() {
    RandomGenerator random = new Streams(1).stream("ring", 0);
    double[][] rows = new double[1_000][];
    for (int i = 0; i < rows.length; i++) {
      double angle = 2 * StrictMath.PI * random.nextDouble();
      double radius = 2 + 0.1 * random.nextGaussian();
      rows[i] = new double[] {radius * StrictMath.cos(angle), radius * StrictMath.sin(angle)};
    }
    return Samples.of(rows);
  }

  private static double distance(Samples rows) {
    double sum = 0;
    for (int i = 0; i < rows.count(); i++) {
      sum += Math.abs(Math.hypot(rows.get(i, 0), rows.get(i, 1)) - 2) / rows.count();
    }
    return sum;
  }
}
