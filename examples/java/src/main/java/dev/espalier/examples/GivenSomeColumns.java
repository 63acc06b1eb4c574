package dev.espalier.examples;

import dev.espalier.api.Observation;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.plugins.gmm.Gmm;
import dev.espalier.runtime.Fitted;
import dev.espalier.runtime.Pipeline;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What do the other columns look like, given that one is known? */
public final class GivenSomeColumns {
  private GivenSomeColumns() {}

  /** Fits two clusters and prints the law of the second column for three values of the first. */
  public static void main(String... arguments) {
    // region given
    Fitted model = Pipeline.builder().estimator(Gmm.components(2)).seed(7).build().fit(clusters());
    System.out.println("given x0     mean of x1   deviation");
    for (double known : new double[] {-3, 0, 3}) {
      Fitted given = model.given(Observation.columns(Map.of(0, known)));
      double[] second = given.draw(20_000).column(1);
      System.out.printf(
          Locale.ROOT, "%8.1f   %12.2f %11.2f%n", known, mean(second), deviation(second));
    }
    // endregion
  }

  /** Two clusters along a rising line, each falling by itself. */
  private static Samples clusters() {
    RandomGenerator random = new Streams(1).stream("clusters", 0);
    double[][] rows = new double[2_000][];
    for (int i = 0; i < rows.length; i++) {
      double centre = i % 2 == 0 ? -2 : 2;
      double along = random.nextGaussian();
      rows[i] = new double[] {centre + along, centre - along + 0.3 * random.nextGaussian()};
    }
    return Samples.of(rows);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / values.length);
  }
}
