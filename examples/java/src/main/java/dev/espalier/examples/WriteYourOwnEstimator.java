package dev.espalier.examples;

import dev.espalier.api.FitRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NormalInterval;
import dev.espalier.api.Provider;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.Pipeline;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How do I use an estimator of my own, in this program alone? This one learns boxes. */
public final class WriteYourOwnEstimator {
  private WriteYourOwnEstimator() {}

  // region estimator
  /** Independent columns, each even between its least and greatest value. */
  public record Box() implements ScoreEstimator {
    @Override
    public Score fit(FitRequest request) {
      double[][] ends = new double[2][request.rows().columns()];
      for (int j = 0; j < ends[0].length; j++) {
        double[] sorted = request.rows().column(j);
        Arrays.sort(sorted);
        ends[0][j] = sorted[0];
        ends[1][j] = sorted[sorted.length - 1];
      }
      return new BoxScore(Samples.of(ends));
    }
  }

  /** Given a noisy value, the clean one is normal around it, cut off at the ends of the box. */
  record BoxScore(Samples ends) implements Score {
    @Override
    public int columns() {
      return ends.columns();
    }

    @Override
    public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
      for (int i = 0; i < x.length; i++) {
        double low = ends.get(0, i % columns());
        double high = ends.get(1, i % columns());
        double around = x[i] / level.a();
        if (level.a() == 0) {
          out[i] = 0.5 * (low + high);
        } else if (level.b() == 0) {
          out[i] = around;
        } else {
          double s = level.sigma();
          out[i] = around + s * NormalInterval.of((low - around) / s, (high - around) / s).mean();
        }
      }
    }
  }

  // endregion

  /** Learns the box of five rows and prints how far the draws from it reach. */
  public static void main(String... arguments) {
    Samples rows = Samples.of(2, new double[] {0.1, 2.4, 0.9, 3, 0, 2, 1, 2.9, 0.4, 2.1});
    // region use
    Provider<?> box = Provider.of(ScoreEstimator.class, "box", Box.class, "an even law in a box");
    Pipeline pipeline =
        Pipeline.builder()
            .catalogue(Catalogue.discover().with(List.of(() -> List.of(box))))
            .estimator(new Box())
            .build();
    Samples drawn = pipeline.fit(rows).draw(2_000);
    // endregion
    System.out.println(pipeline.estimator() + ", " + pipeline.expression());
    for (int j = 0; j < 2; j++) {
      double[] column = drawn.column(j);
      Arrays.sort(column);
      System.out.printf(
          Locale.ROOT, "column %d from %.2f to %.2f%n", j, column[0], column[column.length - 1]);
    }
  }
}
