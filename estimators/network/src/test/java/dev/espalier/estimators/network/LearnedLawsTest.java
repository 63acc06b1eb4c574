package dev.espalier.estimators.network;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.FitRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.evaluation.TwoSampleClassifier;
import dev.espalier.samplers.Samplers;
import dev.espalier.testkit.Law;
import dev.espalier.testkit.PlaneLaw;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whole fits against the truth, each as a user would start it; half a minute each. */
@Tag("long")
final class LearnedLawsTest {

  private static final int ROWS = 20_000;

  /** {@code E‖ŝ − s‖²/E‖s‖²} averaged over log SNR from −6 to 6. */
  private static double error(Score score, Law law) {
    double sum = 0;
    for (int logSnr = -6; logSnr <= 6; logSnr++) {
      NoiseLevel level = LevelSampling.level(logSnr);
      double[] x = law.rows(2000, 100 + logSnr).toArray();
      RandomGenerator random = new Streams(2).stream("noise", logSnr);
      for (int i = 0; i < x.length; i++) {
        x[i] = level.a() * x[i] + Math.sqrt(level.b()) * random.nextGaussian();
      }
      double[] found = new double[x.length];
      double[] expected = new double[x.length];
      score.score(level, x, found);
      law.score(level, x, expected);
      double miss = 0;
      double size = 0;
      for (int i = 0; i < x.length; i++) {
        miss += (found[i] - expected[i]) * (found[i] - expected[i]);
        size += expected[i] * expected[i];
      }
      sum += miss / size;
    }
    return sum / 13;
  }

  /** A covariance with eigenvalues from 1 down to 1/100, on axes at odds with the columns. */
  private static double[][] conditionHundred(int d) {
    double[][] covariance = new double[d][d];
    double[] direction = new double[d];
    double norm = 0;
    for (int j = 0; j < d; j++) {
      direction[j] = StrictMath.sin(j + 1);
      norm += direction[j] * direction[j];
    }
    // A reflection is an orthogonal matrix without zeros; its columns are the axes.
    for (int k = 0; k < d; k++) {
      double[] axis = new double[d];
      for (int j = 0; j < d; j++) {
        axis[j] = (j == k ? 1 : 0) - 2 * direction[j] * direction[k] / norm;
      }
      double value = StrictMath.pow(100, -k / (d - 1.0));
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          covariance[i][j] += value * axis[i] * axis[j];
        }
      }
    }
    return covariance;
  }

  private static void requireBelowOnePercent(Network network, Law law) {
    FitRequest request = FitRequest.of(law.rows(ROWS, 1)).withTasks(Tasks.threads(2));
    long begin = System.nanoTime();
    Score score = network.fit(request);
    double seconds = (System.nanoTime() - begin) * 1e-9;
    double error = error(score, law);
    System.out.println(
        law + ", turned=" + network.turned() + ": score error " + error + ", " + seconds + " s");
    assertTrue(error < 0.01, () -> "score error " + error);
  }

  @Test
  void standardNormal() {
    requireBelowOnePercent(Network.STANDARD, Law.standardNormal(16));
  }

  @Test
  void gaussianOfConditionHundred() {
    Law law = Law.gaussian(new double[16], conditionHundred(16));
    requireBelowOnePercent(Network.STANDARD, law);
  }

  /** Without the axes of the covariance the network has to learn them. */
  @Test
  void gaussianOfConditionHundredSeenThroughItsColumns() {
    Law law = Law.gaussian(new double[16], conditionHundred(16));
    requireBelowOnePercent(Network.STANDARD.turned(false), law);
  }

  private static void requireIndistinguishable(PlaneLaw law) {
    FitRequest request = FitRequest.of(law.rows(ROWS, 1)).withTasks(Tasks.threads(2));
    long begin = System.nanoTime();
    Score score = Network.STANDARD.fit(request);
    double seconds = (System.nanoTime() - begin) * 1e-9;
    Samples drawn = Samplers.heun(32).draw(DrawRequest.of(score, 10_000).withSeed(1));
    double accuracy = TwoSampleClassifier.standard(1).accuracy(law.rows(10_000, 2), drawn).value();
    System.out.println(law + ": C2ST " + accuracy + ", " + seconds + " s");
    assertTrue(accuracy < 0.55, () -> law + " told apart with accuracy " + accuracy);
  }

  @Test
  void twoMoons() {
    requireIndistinguishable(PlaneLaw.MOONS);
  }

  @Test
  void eightGaussians() {
    requireIndistinguishable(PlaneLaw.EIGHT);
  }

  @Test
  void checkerboard() {
    requireIndistinguishable(PlaneLaw.CHECKERBOARD);
  }

  /** The classifier is no rubber stamp: a normal law in the place of the moons is found out. */
  @Test
  void aPoorFitIsToldApart() {
    Samples rows = PlaneLaw.MOONS.rows(ROWS, 1);
    Score untrained = Network.STANDARD.steps(1).rate(1e-12).fit(FitRequest.of(rows));
    Samples drawn = Samplers.heun(32).draw(DrawRequest.of(untrained, 10_000).withSeed(1));
    double accuracy =
        TwoSampleClassifier.standard(1).accuracy(PlaneLaw.MOONS.rows(10_000, 2), drawn).value();
    assertTrue(accuracy > 0.6, () -> "accuracy " + accuracy);
  }
}
