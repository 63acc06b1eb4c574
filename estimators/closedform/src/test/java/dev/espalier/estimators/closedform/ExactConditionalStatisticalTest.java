package dev.espalier.estimators.closedform;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.DirectSampler;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Observation;
import dev.espalier.api.Samples;
import dev.espalier.testkit.Law;
import dev.espalier.testkit.Statistical;
import dev.espalier.testkit.Statistics;
import dev.espalier.testkit.Trial;
import dev.espalier.testkit.Trials;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.TestInfo;

/**
 * The exact conditional law of a mixture of 6 components in 16 columns given 5 of them, against
 * brute force: rows of the other 11 columns drawn from the mixture and resampled by how likely they
 * make the 5, with densities from plain loops. Alpha 1e-6; energy distance of 400 rows each; must
 * catch observed values off by 1.5 in every column.
 */
class ExactConditionalStatisticalTest {
  private static final int D = 16;
  private static final int SEEN = 5;
  private static final int PROPOSALS = 20_000;

  private static final GaussianMixture LAW =
      Laws.mixture(Laws.Kind.FULL, 6, D, Laws.random("exact conditional"));

  @Statistical
  void drawsHaveTheConditionalLaw(TestInfo test) {
    Trials.of(test).run(trial -> compare(trial, 0));
  }

  @Statistical
  void otherValuesAreRejected(TestInfo test) {
    Trials.of(test).mustReject(trial -> compare(trial, 1.5));
  }

  private static void compare(Trial trial, double shift) {
    double[] seen = new double[D];
    LAW.draw(Laws.random("seen"), seen);
    Map<Integer, Double> values = new TreeMap<>();
    for (int j = 0; j < SEEN; j++) {
      values.put(j, seen[j] + shift);
    }
    DirectSampler exact = (DirectSampler) LAW.given(Observation.columns(values)).orElseThrow();
    double[][] drawn = new double[400][];
    double[] row = new double[D];
    for (int i = 0; i < drawn.length; i++) {
      exact.draw(trial.streams().stream("exact", i), row);
      drawn[i] = Arrays.copyOfRange(row, SEEN, D);
    }
    trial.show(
        Statistics.sameLaw(
            "given five columns", Samples.of(drawn), resampled(trial, seen), trial.seed()));
  }

  /** The law of the last columns, by plain loops. */
  private static Law law(int from) {
    double[] weights = LAW.components().stream().mapToDouble(Component::weight).toArray();
    double[][] means = new double[weights.length][];
    double[][][] covariances = new double[weights.length][][];
    for (int c = 0; c < weights.length; c++) {
      Component component = LAW.components().get(c);
      means[c] = Arrays.copyOfRange(component.mean(), from, D);
      double[][] matrix = component.covariance().matrix();
      covariances[c] = new double[D - from][];
      for (int i = from; i < D; i++) {
        covariances[c][i - from] = Arrays.copyOfRange(matrix[i], from, D);
      }
    }
    return Law.mixture(weights, means, covariances);
  }

  private static Samples resampled(Trial trial, double[] seen) {
    double[] rows = new double[PROPOSALS * D];
    double[] rest = new double[PROPOSALS * (D - SEEN)];
    double[] row = new double[D];
    for (int i = 0; i < PROPOSALS; i++) {
      LAW.draw(trial.streams().stream("proposal", i), row);
      System.arraycopy(seen, 0, row, 0, SEEN);
      System.arraycopy(row, 0, rows, i * D, D);
      System.arraycopy(row, SEEN, rest, i * (D - SEEN), D - SEEN);
    }
    double[] joint = new double[PROPOSALS];
    double[] marginal = new double[PROPOSALS];
    law(0).logDensity(NoiseLevel.CLEAN, rows, joint);
    law(SEEN).logDensity(NoiseLevel.CLEAN, rest, marginal);
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < PROPOSALS; i++) {
      joint[i] -= marginal[i];
      greatest = Math.max(greatest, joint[i]);
    }
    double[] sums = new double[PROPOSALS];
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < PROPOSALS; i++) {
      double weight = StrictMath.exp(joint[i] - greatest);
      sum += weight;
      squares += weight * weight;
      sums[i] = sum;
    }
    double effective = sum * sum / squares;
    assertTrue(effective > 800, "effective proposals: " + effective);
    double[][] chosen = new double[400][];
    RandomGenerator random = trial.streams().stream("resampling", 0);
    for (int k = 0; k < chosen.length; k++) {
      int found = Arrays.binarySearch(sums, random.nextDouble() * sum);
      int i = Math.min(PROPOSALS - 1, found >= 0 ? found : -found - 1);
      chosen[k] = Arrays.copyOfRange(rest, i * (D - SEEN), (i + 1) * (D - SEEN));
    }
    return Samples.of(chosen);
  }
}
