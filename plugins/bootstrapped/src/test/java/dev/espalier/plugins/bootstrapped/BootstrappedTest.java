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

  /** Two columns that have nothing to do with each other. */
  private static final Law APART =
      Law.gaussian(new double[] {1, -2}, new double[][] {{2, 0}, {0, 3}});

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
    assertArrayEquals(mean, target(standard.from(LAST.logSnr()), rows));
    Reference reference = new Reference(5);
    assertArrayEquals(
        target(reference, rows),
        target(standard.from(LAST.logSnr() - 0.1).withFirst(reference), rows));
    assertFalse(standard.withWeights(Bootstrapped.Weights.DENOISING).bootstraps());
    assertThrows(IllegalArgumentException.class, () -> standard.withFirst(standard));
    assertThrows(IllegalArgumentException.class, () -> standard.from(Double.NaN));
  }

  /** {@code (w·v'/v)²·M' + Var(w)/v}, with the variance of the target given x from its parts. */
  private static double error(
      double variance, NoiseLevel before, NoiseLevel level, double early, double w) {
    NoiseLevel step = before.to(level);
    double first = before.a() * before.a() * variance + before.b();
    double last = level.a() * level.a() * variance + level.b();
    double given = first * step.b() / last;
    double off = (1 - w) * step.a() / step.b() - w / (step.a() * first);
    double passed = w * first / last;
    return passed * passed * early + given * off * off / last;
  }

  @Test
  void errorAwareWeightsLeaveTheLeastError() {
    for (double variance : new double[] {0.25, 1, 4}) {
      ErrorAware.Step first = ErrorAware.Step.first(variance, FIRST);
      ErrorAware.Step best = first.then(variance, FIRST, LAST);
      double least = error(variance, FIRST, LAST, first.error(), best.weight());
      assertEquals(least, best.error(), 1e-12 * least);
      for (double off : new double[] {-0.01, 0.01}) {
        assertTrue(error(variance, FIRST, LAST, first.error(), best.weight() + off) > least);
      }
      assertTrue(best.weight() < posteriorWeight(variance));
    }
  }

  /** What is best if the earlier score has no error: {@code r²·v'/v}. */
  private static double posteriorWeight(double variance) {
    double r = FIRST.to(LAST).a();
    double early = FIRST.a() * FIRST.a() * variance + FIRST.b();
    double late = LAST.a() * LAST.a() * variance + LAST.b();
    return r * r * early / late;
  }

  /** The exact recursion of the linear class, 60 even times from 0.02 to 3, against denoising. */
  @Test
  void errorsFollowTheRecursion() {
    double[] variances = {0.25, 1, 4};
    double[][] cancel = {{.775, .145, .005}, {.925, .338, .016}, {.98, .623, .048}};
    double[][] aware = {{.74, .086, .002}, {.92, .26, .005}, {.98, .58, .020}};
    for (int i = 0; i < 3; i++) {
      double v = variances[i];
      ErrorAware.Step paper = ErrorAware.Step.first(v, ou(0.02));
      ErrorAware.Step best = paper;
      int seen = 0;
      for (int k = 1; k < 60; k++) {
        double t = 0.02 + k * 2.98 / 59;
        NoiseLevel before = ou(t - 2.98 / 59);
        NoiseLevel level = ou(t);
        double r = before.to(level).a();
        paper = paper.then(v, before, level, r * r * before.b() / level.b());
        best = best.then(v, before, level);
        if (k == 2 || k == 19 || k == 59) {
          double plain = ErrorAware.Step.first(v, level).error();
          assertEquals(cancel[i][seen], paper.error() / plain, 0.06 * cancel[i][seen] + 0.0006);
          assertEquals(aware[i][seen], best.error() / plain, 0.06 * aware[i][seen] + 0.0006);
          seen++;
        }
      }
    }
  }

  @Test
  void errorAwareTargetsWeighTheStepAlongEveryAxis() {
    Law law = Law.gaussian(new double[] {1, -2}, new double[][] {{2, 1}, {1, 3}});
    Rows rows = Rows.of(FIRST, LAST, law.rows(4000, 1), law);
    Bootstrapped aware = Bootstrapped.standard().withWeights(Bootstrapped.Weights.ERRORAWARE);
    double[] found = target(aware, rows);
    assertArrayEquals(found, target(aware.readyFor(rows.reference()), rows));
    double[] exact = new double[found.length];
    double[] cancelled = target(Bootstrapped.standard(), rows);
    law.posteriorMean(LAST, rows.noisy, exact);
    double bias = 0;
    double spread = 0;
    double other = 0;
    for (int i = 0; i < found.length; i++) {
      bias += (found[i] - exact[i]) / found.length;
      spread += (found[i] - exact[i]) * (found[i] - exact[i]);
      other += (cancelled[i] - exact[i]) * (cancelled[i] - exact[i]);
    }
    // Hypothesis: no bias; the mean of 8,000 gaps, false-alarm rate 1e-6.
    assertEquals(0, bias, 4.89 * Math.sqrt(spread) / found.length);
    assertTrue(spread < 0.9 * other, spread + " against " + other);
  }

  @Test
  void errorAwareTargetsWeighEveryColumnWhereCellsAreMissing() {
    Rows rows = Rows.of(FIRST, LAST, APART.rows(40, 1), APART);
    double[] values = rows.clean();
    values[6] = Double.NaN;
    weighsEveryColumn(rows, Samples.of(2, values));
  }

  /** Rows without any correlation, whose axes are the columns. */
  @Test
  void errorAwareTargetsWeighEveryColumnWhereNoneAreCorrelated() {
    double[] values = {2, 0, 2, -4, 0, 0, 0, -4};
    weighsEveryColumn(Rows.of(FIRST, LAST, Samples.of(2, values), APART), Samples.of(2, values));
  }

  /** Rows turned by a right-angled triangle of sides 3, 4 and 5, with a law that is turned too. */
  @Test
  void errorAwareTargetsTurnWithTheRows() {
    double[] values = {2, 0, 2, -4, 0, 0, 0, -4};
    Rows rows = Rows.of(FIRST, LAST, Samples.of(2, values), APART);
    Law turned =
        Law.gaussian(turn(new double[] {1, -2}), new double[][] {{2.64, -0.48}, {-0.48, 2.36}});
    double[] plain = aware(rows.noisy, rows.middle, values, APART);
    double[] found = aware(turn(rows.noisy), turn(rows.middle), turn(values), turned);
    assertArrayEquals(turn(plain), found, 1e-9);
  }

  private static double[] turn(double[] rows) {
    double[] turned = new double[rows.length];
    for (int i = 0; i < rows.length; i += 2) {
      turned[i] = 0.6 * rows[i] - 0.8 * rows[i + 1];
      turned[i + 1] = 0.8 * rows[i] + 0.6 * rows[i + 1];
    }
    return turned;
  }

  private static double[] aware(double[] noisy, double[] middle, double[] clean, Law law) {
    double[] out = new double[noisy.length];
    Bootstrapped.standard()
        .withWeights(Bootstrapped.Weights.ERRORAWARE)
        .write(
            TrainingTarget.Batch.of(
                LAST,
                noisy,
                clean,
                Samples.of(2, clean),
                TrainingTarget.Earlier.of(FIRST, middle, law)),
            out);
    return out;
  }

  /** {@code w·s(t', x')/r − (1 − w)·W/σ_τ²}, turned into units of x0, for columns on their own. */
  private static void weighsEveryColumn(Rows rows, Samples reference) {
    double[] found = new double[rows.noisy.length];
    Bootstrapped.standard()
        .withWeights(Bootstrapped.Weights.ERRORAWARE)
        .write(
            TrainingTarget.Batch.of(
                LAST,
                rows.noisy,
                rows.clean(),
                reference,
                TrainingTarget.Earlier.of(FIRST, rows.middle, APART)),
            found);
    double[] scores = new double[found.length];
    APART.score(FIRST, rows.middle, scores);
    NoiseLevel step = FIRST.to(LAST);
    for (int i = 0; i < found.length; i++) {
      double[] seen =
          Arrays.stream(reference.column(i % 2)).filter(x -> !Double.isNaN(x)).toArray();
      double mean = Arrays.stream(seen).average().orElseThrow();
      double variance = Arrays.stream(seen).map(x -> (x - mean) * (x - mean)).sum() / seen.length;
      double w =
          ErrorAware.Step.first(variance, FIRST).then(variance, FIRST, LAST).weight() / step.a();
      double noise = (rows.noisy[i] - step.a() * rows.middle[i]) / step.b();
      double y = w * scores[i] - (1 - step.a() * w) * noise;
      double expected = (LAST.b() * y + rows.noisy[i]) / LAST.a();
      assertEquals(expected, found[i], 1e-12 * (1 + Math.abs(expected)));
    }
  }

  @Test
  void readyTargetsWriteTheSame() {
    Law law = Law.threeInThePlane();
    Rows rows = Rows.of(FIRST, LAST, law.rows(20, 1), law);
    Bootstrapped aware = Bootstrapped.standard().withWeights(Bootstrapped.Weights.ERRORAWARE);
    for (Bootstrapped target :
        new Bootstrapped[] {Bootstrapped.standard(), aware, aware.from(LAST.logSnr() - 0.1)}) {
      TrainingTarget ready = target.readyFor(rows.reference());
      assertArrayEquals(target(target, rows), target(ready, rows));
      assertTrue(ready.bootstraps());
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
