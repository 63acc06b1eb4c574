package dev.espalier.estimators.network;

import dev.espalier.api.CancelledException;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.testkit.Law;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures how long a fit goes on after it was told to stop, at twenty moments spread over its
 * first seconds: while rows are read, axes are found, steps are made, held-out rows looked at.
 */
public final class CancellationBenchmark {

  private static final int MOMENTS = 20;

  private CancellationBenchmark() {}

  /** Prints median and greatest wait for some networks. */
  public static void main(String[] args) {
    for (List<Integer> hidden : List.of(List.of(128, 128, 128), List.of(512, 512, 512))) {
      for (int columns : new int[] {10, 200}) {
        int[] widths = hidden.stream().mapToInt(Integer::intValue).toArray();
        Network network = Network.hidden(widths).steps(100_000).batch(512);
        Samples rows = Law.standardNormal(columns).rows(20_000, 1);
        double[] waits = new double[MOMENTS];
        for (int i = 0; i < MOMENTS; i++) {
          waits[i] = wait(network, rows, 0.1 * (i + 1));
        }
        Arrays.sort(waits);
        System.out.printf(
            Locale.ROOT,
            "%s, %d columns: median %.1f ms, at most %.1f ms%n",
            hidden,
            columns,
            1e3 * waits[MOMENTS / 2],
            1e3 * waits[MOMENTS - 1]);
      }
    }
  }

  private static double wait(Network network, Samples rows, double seconds) {
    long told = System.nanoTime() + (long) (1e9 * seconds);
    Progress progress =
        new Progress() {
          @Override
          public void report(String stage, double done) {}

          @Override
          public boolean cancelled() {
            return System.nanoTime() > told;
          }
        };
    try {
      network.fit(FitRequest.of(rows).withProgress(progress));
    } catch (CancelledException e) {
      return (System.nanoTime() - told) * 1e-9;
    }
    throw new IllegalStateException("need a fit that lasts longer");
  }
}
