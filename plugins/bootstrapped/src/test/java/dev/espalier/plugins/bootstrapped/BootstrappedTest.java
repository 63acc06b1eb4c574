package dev.espalier.plugins.bootstrapped;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.FitRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.TrainingTarget;
import dev.espalier.estimators.closedform.RidgeRegression;
import dev.espalier.testkit.Law;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BootstrappedTest {

  private static final NoiseLevel FIRST = ou(0.5);
  private static final NoiseLevel LAST = ou(0.6);

  private static NoiseLevel ou(double t) {
    return new NoiseLevel(StrictMath.exp(-t), -StrictMath.expm1(-2 * t));
  }

  private static double[] target(TrainingTarget target, Rows rows) {
    double[] out = new double[rows.noisy().length];
    target.write(rows, out);
    return out;
  }

  /** {@code y = α·s(t', x') − W/σ²} of the paper, turned into units of x0 by (σ²·y + x)/a. */
  @Test
  void theTargetIsThatOfThePaper() {
    Law law = Law.threeInThePlane();
    for (NoiseLevel[] pair :
        new NoiseLevel[][] {
          {FIRST, LAST}, {ou(0.02), ou(2)}, {new NoiseLevel(1, 0.2), new NoiseLevel(1, 3)}
        }) {
      Rows rows = Rows.of(pair[0], pair[1], law.rows(50, 1), law);
      NoiseLevel step = pair[0].to(pair[1]);
      double alpha = step.a() * pair[0].b() / pair[1].b();
      double[] scores = new double[rows.middle.length];
      law.score(pair[0], rows.middle, scores);
      double[] found = target(Bootstrapped.standard(), rows);
      for (int i = 0; i < found.length; i++) {
        double w = rows.noisy[i] - step.a() * rows.middle[i];
        double y = alpha * scores[i] - w / pair[1].b();
        double expected = (pair[1].b() * y + rows.noisy[i]) / pair[1].a();
        assertEquals(expected, found[i], 1e-9 * (1 + Math.abs(expected)));
      }
    }
  }

  @Test
  void plainTargetsStandWhereNothingIsKnown() {
    Law law = Law.threeInThePlane();
    Rows rows = Rows.of(FIRST, LAST, law.rows(20, 1), law);
    Bootstrapped standard = Bootstrapped.standard();
    double[] clean = rows.clean();
    assertArrayEquals(clean, target(standard.withWeights(Bootstrapped.Weights.DENOISING), rows));
    assertArrayEquals(clean, target(standard.from(LAST.logSnr() - 0.1), rows));
    double[] mean = new double[clean.length];
    law.posteriorMean(FIRST, rows.middle, mean);
    assertArrayEquals(mean, target(standard.from(LAST.logSnr() + 0.1), rows));
    Reference reference = new Reference(5);
    assertArrayEquals(
        target(reference, rows),
        target(standard.from(LAST.logSnr() - 0.1).withFirst(reference), rows));
    assertFalse(standard.withWeights(Bootstrapped.Weights.DENOISING).bootstraps());
    assertThrows(IllegalArgumentException.class, () -> standard.withFirst(standard));
    assertThrows(IllegalArgumentException.class, () -> standard.from(Double.NaN));
  }

  /** A score that moves every row far away. */
  private record Wrong() implements Score {
    @Override
    public int columns() {
      return 2;
    }

    @Override
    public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
      for (int i = 0; i < x.length; i++) {
        out[i] = x[i] + 1e3;
      }
    }
  }

  @Test
  void evidentErrorsCountLess() {
    Law law = Law.threeInThePlane();
    Rows right = Rows.of(FIRST, LAST, law.rows(200, 1), law);
    Bootstrapped aware = Bootstrapped.standard().withWeights(Bootstrapped.Weights.ERRORAWARE);
    assertArrayEquals(target(Bootstrapped.standard(), right), target(aware, right));
    Rows wrong = Rows.of(FIRST, LAST, law.rows(200, 1), new Wrong());
    double[] found = target(aware, wrong);
    double[] clean = wrong.clean();
    for (int i = 0; i < found.length; i++) {
      assertEquals(clean[i], found[i], 0.1);
    }
  }

  @Test
  void referenceTargetsAreMeansNearTheRow() {
    Law law = Law.threeInThePlane();
    Samples clean = law.rows(40, 1);
    Rows rows = Rows.of(FIRST, LAST, clean, law);
    double[] all = target(new Reference(1000), rows);
    double[] first = new double[2];
    double sum = 0;
    double x = rows.noisy[0];
    double y = rows.noisy[1];
    for (int i = 0; i < 40; i++) {
      double gapX = x - LAST.a() * clean.get(i, 0);
      double gapY = y - LAST.a() * clean.get(i, 1);
      double weight = StrictMath.exp(-0.5 * (gapX * gapX + gapY * gapY) / LAST.b());
      sum += weight;
      first[0] += weight * clean.get(i, 0);
      first[1] += weight * clean.get(i, 1);
    }
    assertEquals(first[0] / sum, all[0], 1e-12);
    assertEquals(first[1] / sum, all[1], 1e-12);
    Rows same = Rows.of(FIRST, NoiseLevel.preserving(1), clean, law);
    double[] some = target(new Reference(20), same);
    double[] denoising = same.clean();
    assertTrue(variance(some) < 0.2 * variance(denoising));
  }

  private static double variance(double[] values) {
    double mean = 0;
    double square = 0;
    for (int i = 0; i < values.length; i += 2) {
      mean += values[i] / (values.length / 2);
    }
    for (int i = 0; i < values.length; i += 2) {
      square += (values[i] - mean) * (values[i] - mean);
    }
    return square;
  }

  @Test
  void aRowsTargetDependsOnTheRowAlone() {
    Law law = Law.threeInThePlane();
    Rows rows = Rows.of(FIRST, LAST, law.rows(30, 1), law);
    for (TrainingTarget target :
        new TrainingTarget[] {
          Bootstrapped.standard().withWeights(Bootstrapped.Weights.ERRORAWARE), new Reference(6)
        }) {
      double[] all = target(target, rows);
      assertArrayEquals(Arrays.copyOf(all, 14), target(target, rows.first(7)));
    }
  }

  /** Fixed noise paths: at most half the error of denoising at high noise, never much worse. */
  @Test
  void regressionsLearnBetterAtHighNoise() {
    Law law = Law.threeInThePlane();
    RidgeRegression ridge =
        RidgeRegression.on(RidgeRegression.Features.RBF).withCount(40).withLevels(60);
    double[] plain = new double[3];
    double[] boot = new double[3];
    for (int seed = 0; seed < 3; seed++) {
      FitRequest request =
          FitRequest.of(law.rows(400, seed)).withSeed(seed).withRange(new NoiseRange(-5, 5));
      Score first = ridge.fit(request);
      Score second = ridge.withTarget(Bootstrapped.standard()).fit(request);
      double[] times = {0.1, 1, 2};
      for (int k = 0; k < 3; k++) {
        plain[k] += error(law, first, ou(times[k]));
        boot[k] += error(law, second, ou(times[k]));
      }
    }
    assertTrue(boot[0] < 1.05 * plain[0], boot[0] + " against " + plain[0]);
    assertTrue(boot[1] < 0.5 * plain[1], boot[1] + " against " + plain[1]);
    assertTrue(boot[2] < 0.5 * plain[2], boot[2] + " against " + plain[2]);
  }

  private static double error(Law law, Score score, NoiseLevel level) {
    Samples clean = law.rows(500, 77);
    Rows rows = Rows.of(NoiseLevel.CLEAN, level, clean, law);
    double[] exact = new double[rows.noisy.length];
    double[] found = new double[exact.length];
    law.posteriorMean(level, rows.noisy, exact);
    score.posteriorMean(level, rows.noisy, found);
    double sum = 0;
    for (int i = 0; i < exact.length; i++) {
      sum += (exact[i] - found[i]) * (exact[i] - found[i]);
    }
    return sum / 500;
  }
}
