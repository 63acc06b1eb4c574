package dev.espalier.samplers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.Samples;
import dev.espalier.api.Tasks;
import dev.espalier.api.TimeGrid;
import dev.espalier.estimators.closedform.GaussianMixture;
import dev.espalier.testkit.Statistics;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Twenty evaluations of a multistep method against hundreds of ancestral sampling. */
class FewStepsTest {
  private static final int COLUMNS = 64;
  private static final double[] CENTRES = {-2, 0.5, 2};

  /** Three components of deviation ½ with their means along the diagonal. */
  private static GaussianMixture law(int columns) {
    double[][] means = new double[CENTRES.length][columns];
    for (int k = 0; k < means.length; k++) {
      Arrays.fill(means[k], CENTRES[k] / Math.sqrt(columns));
    }
    return Laws.spherical(0.25, means);
  }

  /** The sorted places of rows along the diagonal. */
  private static double[] along(Samples rows) {
    double[] places = new double[rows.count()];
    for (int i = 0; i < places.length; i++) {
      for (int j = 0; j < rows.columns(); j++) {
        places[i] += rows.get(i, j) / Math.sqrt(rows.columns());
      }
    }
    Arrays.sort(places);
    return places;
  }

  /** The quantiles of the exact law along the diagonal in the middle of each of n shares. */
  private static double[] quantiles(int n) {
    double[] quantiles = new double[n];
    for (int i = 0; i < n; i++) {
      double low = -6;
      double high = 6;
      for (int step = 0; step < 50; step++) {
        double middle = 0.5 * (low + high);
        if (cdf(middle) < (i + 0.5) / n) {
          low = middle;
        } else {
          high = middle;
        }
      }
      quantiles[i] = 0.5 * (low + high);
    }
    return quantiles;
  }

  private static double cdf(double x) {
    double sum = 0;
    for (double centre : CENTRES) {
      sum += Statistics.normalCdf((x - centre) / 0.5) / CENTRES.length;
    }
    return sum;
  }

  private static double wasserstein(double[] sorted, double[] quantiles) {
    double sum = 0;
    for (int i = 0; i < sorted.length; i++) {
      sum += Math.abs(sorted[i] - quantiles[i]);
    }
    return sum / sorted.length;
  }

  private static double[] measure(int columns, int rows, Walk... walks) {
    double[] quantiles = quantiles(rows);
    DrawRequest request =
        DrawRequest.of(law(columns), rows).withSeed(11).withTasks(Tasks.threads(2));
    double[] distances = new double[walks.length + 1];
    distances[walks.length] = wasserstein(along(Samplers.direct().draw(request)), quantiles);
    for (int k = 0; k < walks.length; k++) {
      distances[k] = wasserstein(along(walks[k].draw(request)), quantiles);
    }
    return distances;
  }

  @Test
  void twentyEvaluationsDoBetterThanAHundredAncestralSteps() {
    double[] distances = measure(COLUMNS, 4_000, Samplers.uniPc(20), Samplers.ancestral(100));
    assertTrue(distances[0] < distances[1], Arrays.toString(distances));
  }

  /**
   * Along the diagonal rows move as they do in one column, whatever the number of columns: means
   * lie on it and components are spherical. So a million rows of one column tell apart what chance
   * hides in a hundred thousand of 64.
   */
  @Test
  @Tag("long")
  void twentyEvaluationsReachWhatAncestralSamplingNeedsFourHundredFor() {
    TimeGrid usual = new UniformTime(VpLinear.standard());
    double[] few =
        measure(1, 1_000_000, Samplers.uniPc(20), Samplers.ancestral(400).withGrid(usual));
    assertTrue(few[0] < few[1], Arrays.toString(few));
    double[] wide = measure(COLUMNS, 100_000, Samplers.uniPc(20));
    assertTrue(wide[0] < 1.6 * wide[1], "the floor of " + Arrays.toString(wide));
  }
}
