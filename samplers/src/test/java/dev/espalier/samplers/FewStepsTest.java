package dev.espalier.samplers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.Samples;
import dev.espalier.estimators.closedform.GaussianMixture;
import dev.espalier.testkit.Statistics;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Twenty evaluations of a multistep method against a hundred of ancestral sampling. */
class FewStepsTest {
  private static final int COLUMNS = 64;
  private static final double[] CENTRES = {-2, 0.5, 2};

  /** Three components of deviation ½ with their means along the diagonal. */
  private static GaussianMixture law() {
    double[][] means = new double[CENTRES.length][COLUMNS];
    for (int k = 0; k < means.length; k++) {
      Arrays.fill(means[k], CENTRES[k] / Math.sqrt(COLUMNS));
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

  private static double distance(Walk walk) {
    int rows = 4_000;
    DrawRequest request = DrawRequest.of(law(), rows).withSeed(11);
    return wasserstein(along(walk.draw(request)), quantiles(rows));
  }

  @Test
  void twentyEvaluationsDoBetterThanAHundredAncestralSteps() {
    double few = distance(Samplers.uniPc(20));
    double many = distance(Samplers.ancestral(100));
    assertTrue(few < many, few + " and " + many);
  }
}
