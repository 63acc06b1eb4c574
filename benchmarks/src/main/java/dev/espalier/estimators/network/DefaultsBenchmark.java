package dev.espalier.estimators.network;

import dev.espalier.api.FitRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Score;
import dev.espalier.api.Streams;
import dev.espalier.testkit.Law;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Compares settings of the network over numbers of rows and columns: the numbers behind {@link
 * Plan}.
 *
 * <p>Prints the squared error of the score times the noise variance, a column, averaged over log
 * SNR from −6 to 6, on mixtures of four normal laws with a common low-rank part; 0 is perfect, the
 * first row is the best linear guess. Arguments: {@code ROWSxCOLUMNS ...}.
 */
public final class DefaultsBenchmark {

  private DefaultsBenchmark() {}

  private static List<Network> choices() {
    return List.of(
        Network.STANDARD.steps(1).rate(1e-12),
        Network.STANDARD,
        Network.STANDARD.rate(0.001),
        Network.STANDARD.rate(0.005),
        Network.STANDARD.decay(0.1),
        Network.STANDARD.turned(false),
        Network.hidden(64, 64),
        Network.hidden(64, 64, 64),
        Network.hidden(128, 128, 128),
        Network.hidden(256, 256, 256));
  }

  /** Prints a line for every choice at every size. */
  public static void main(String[] args) {
    for (String size : args) {
      int rows = Integer.parseInt(size.substring(0, size.indexOf('x')));
      int columns = Integer.parseInt(size.substring(size.indexOf('x') + 1));
      Law law = clusters(columns);
      FitRequest request = FitRequest.of(law.rows(rows, 1));
      for (Network choice : choices()) {
        long begin = System.nanoTime();
        Score score = choice.fit(request);
        System.out.printf(
            Locale.ROOT,
            "%-10s error %.4f  %.1f s  %s  %s%n",
            size,
            error(score, law),
            (System.nanoTime() - begin) * 1e-9,
            score.notes().get(0),
            choice);
      }
    }
  }

  private static Law clusters(int d) {
    RandomGenerator random = new Streams(7).stream("clusters", d);
    int k = 4;
    double[] weights = new double[k];
    double[][] means = new double[k][d];
    double[][][] covariances = new double[k][d][d];
    for (int i = 0; i < k; i++) {
      weights[i] = 1.0 / k;
      double[][] factor = new double[d][2];
      for (int j = 0; j < d; j++) {
        means[i][j] = 1.2 * random.nextGaussian();
        factor[j][0] = 0.3 * random.nextGaussian();
        factor[j][1] = 0.3 * random.nextGaussian();
      }
      for (int j = 0; j < d; j++) {
        for (int l = 0; l < d; l++) {
          covariances[i][j][l] =
              factor[j][0] * factor[l][0] + factor[j][1] * factor[l][1] + (j == l ? 0.05 : 0);
        }
      }
    }
    return Law.mixture(weights, means, covariances);
  }

  private static double error(Score score, Law law) {
    double sum = 0;
    long count = 0;
    for (int logSnr = -6; logSnr <= 6; logSnr++) {
      NoiseLevel level = LevelSampling.level(logSnr);
      double[] x = law.rows(1000, 100 + logSnr).toArray();
      RandomGenerator random = new Streams(8).stream("noise", logSnr);
      for (int i = 0; i < x.length; i++) {
        x[i] = level.a() * x[i] + Math.sqrt(level.b()) * random.nextGaussian();
      }
      double[] found = new double[x.length];
      double[] expected = new double[x.length];
      score.score(level, x, found);
      law.score(level, x, expected);
      for (int i = 0; i < x.length; i++) {
        sum += level.b() * (found[i] - expected[i]) * (found[i] - expected[i]);
      }
      count += x.length;
    }
    return sum / count;
  }
}
