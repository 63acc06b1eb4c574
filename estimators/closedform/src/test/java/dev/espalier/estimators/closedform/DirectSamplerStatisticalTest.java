package dev.espalier.estimators.closedform;

import dev.espalier.api.DirectSampler;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Samples;
import dev.espalier.testkit.Statistical;
import dev.espalier.testkit.Statistics;
import dev.espalier.testkit.Trial;
import dev.espalier.testkit.Trials;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.TestInfo;

/**
 * Direct draws have the mean, variance and covariance of their law: two-sided tests on 40,000
 * draws, false-alarm rate 1e-6 each; a scale wrong by 5 % must be rejected.
 */
class DirectSamplerStatisticalTest {

  private static final int N = 40_000;
  private static final int D = 3;

  /** Compares draws, scaled, along a few directions with the moments of the mixture. */
  private static void compare(
      Trial trial, DirectSampler sampler, GaussianMixture law, double scale) {
    double[][] rows = new double[N][D];
    for (int i = 0; i < N; i++) {
      sampler.draw(trial.streams().stream("row", i), rows[i]);
    }
    double[][] directions = {{1, 0, 0}, {0, 1, 0}, {0.6, 0, 0.8}, {0.6, -0.8, 0}};
    for (double[] direction : directions) {
      double mean = 0;
      double square = 0;
      for (Component component : law.components()) {
        double centre = 0;
        double variance = 0;
        for (int i = 0; i < D; i++) {
          centre += direction[i] * component.mean(i);
          for (int j = 0; j < D; j++) {
            variance += direction[i] * component.covariance().get(i, j) * direction[j];
          }
        }
        mean += component.weight() * centre;
        square += component.weight() * (variance + centre * centre);
      }
      double[] along = new double[N];
      for (int i = 0; i < N; i++) {
        for (int j = 0; j < D; j++) {
          along[i] += scale * direction[j] * rows[i][j];
        }
      }
      trial.show(Statistics.mean("mean", along, mean));
      trial.show(Statistics.variance("variance", along, square - mean * mean));
    }
  }

  private static void mixtures(Trial trial, double scale) {
    RandomGenerator random = Laws.random("DirectSamplerStatisticalTest");
    for (Laws.Kind kind : Laws.Kind.values()) {
      GaussianMixture law = Laws.mixture(kind, 3, D, random);
      compare(trial, law, law, scale);
    }
  }

  @Statistical
  void drawsOfMixturesHaveTheMomentsOfTheLaw(TestInfo test) {
    Trials.of(test).run(trial -> mixtures(trial, 1));
  }

  @Statistical
  void drawsOfMixturesScaledWronglyAreRejected(TestInfo test) {
    Trials.of(test).mustReject(trial -> mixtures(trial, 1.05));
  }

  private static void kernels(Trial trial, double scale) {
    RandomGenerator random = Laws.random("DirectSamplerStatisticalTest.kernels");
    Samples rows = Samples.of(Laws.normals(25, D, random));
    double[] weights = new double[25];
    for (int i = 0; i < 25; i++) {
      weights[i] = 0.2 + random.nextDouble();
    }
    KernelScore score =
        (KernelScore) Kernel.bandwidth(0.5).fit(FitRequest.of(rows).withWeights(weights));
    compare(trial, score, KernelTest.mixture(score), scale);
  }

  @Statistical
  void drawsOfKernelsHaveTheMomentsOfTheLaw(TestInfo test) {
    Trials.of(test).run(trial -> kernels(trial, 1));
  }

  @Statistical
  void drawsOfKernelsScaledWronglyAreRejected(TestInfo test) {
    Trials.of(test).mustReject(trial -> kernels(trial, 1.05));
  }
}
