package dev.espalier.examples;

import dev.espalier.api.Observation;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.plugins.gmm.Gmm;
import dev.espalier.plugins.subspace.Subspace;
import dev.espalier.runtime.Fitted;
import dev.espalier.runtime.Pipeline;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** What do returns of forty assets look like on a day when one factor falls hard? */
public final class StressOneFactor {
  private static final int ASSETS = 40;
  private static final int DRAWS = 20_000;

  private StressOneFactor() {}

  /** Prints mean and tail of an even portfolio, as drawn and given a bad day of the market. */
  public static void main(String... arguments) {
    Samples days = days(1_500);
    // region stress
    Fitted model =
        Pipeline.builder()
            .estimator(Subspace.rank(4).around(Gmm.components(2)))
            .seed(7)
            .build()
            .fit(days);
    Fitted stressed = model.given(Observation.columns(Map.of(0, -4.0)));
    // endregion
    System.out.println("daily returns in percent   mean  1 % worst day");
    print("the days themselves", portfolio(days));
    print("drawn days", portfolio(model.draw(DRAWS)));
    print("given the market at -4 %", portfolio(stressed.draw(DRAWS)));
    System.out.println(model.notes().get(0));
  }

  /** Returns of an even portfolio of all assets, in rising order. */
  private static double[] portfolio(Samples rows) {
    double[] returns = new double[rows.count()];
    for (int i = 0; i < returns.length; i++) {
      for (int j = 1; j <= ASSETS; j++) {
        returns[i] += rows.get(i, j) / ASSETS;
      }
    }
    Arrays.sort(returns);
    return returns;
  }

  private static void print(String name, double[] sorted) {
    System.out.printf(
        Locale.ROOT,
        "%-25s %6.2f %14.2f%n",
        name,
        Arrays.stream(sorted).sum() / sorted.length,
        sorted[sorted.length / 100]);
  }

  /**
   * A market, which is column 0, and assets that follow it and two more factors; stormy at times.
   */
  private static Samples days(int count) {
    double[][] rows = new double[count][ASSETS + 1];
    for (int i = 0; i < count; i++) {
      RandomGenerator random = new Streams(1).stream("days", i);
      double storm = random.nextDouble() < 0.15 ? 2.2 : 0.8;
      double[] factors = IntStream.range(0, 3).mapToDouble(k -> random.nextGaussian()).toArray();
      rows[i][0] = storm * factors[0];
      for (int j = 1; j <= ASSETS; j++) {
        double market = (0.5 + j / 40.0) * factors[0];
        double others = 0.5 * factors[1] * (j % 2) + 0.3 * factors[2] * (j % 3 - 1);
        rows[i][j] = storm * (market + others) + 0.4 * random.nextGaussian();
      }
    }
    return Samples.of(rows);
  }
}
