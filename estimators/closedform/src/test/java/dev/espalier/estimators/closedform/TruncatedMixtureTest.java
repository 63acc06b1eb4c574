package dev.espalier.estimators.closedform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Conditionable;
import dev.espalier.api.Density;
import dev.espalier.api.DirectSampler;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Observation;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.testkit.ScoreContract;
import dev.espalier.testkit.Statistical;
import dev.espalier.testkit.Statistics;
import dev.espalier.testkit.Trial;
import dev.espalier.testkit.Trials;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class TruncatedMixtureTest extends ScoreContract {
  private static final GaussianMixture LAW =
      Laws.mixture(Laws.Kind.FULL, 3, 3, Laws.random("truncated"));

  private static final double[] SUM = {1, -0.5, 2};

  private static Score given(Score law, Observation observation) {
    return law.ability(Conditionable.class).flatMap(each -> each.given(observation)).orElseThrow();
  }

  private static double evidence(Score law, Observation observation) {
    return law.ability(Conditionable.class).orElseThrow().logEvidence(observation).orElseThrow();
  }

  @Override
  protected List<? extends Score> scores() {
    return List.of(
        given(LAW, Observation.range(1, 0.2, Double.POSITIVE_INFINITY)),
        given(LAW, Observation.between(SUM, -0.5, 1.5)),
        given(LAW, Observation.range(2, -1, 0.1)),
        given(
            Laws.mixture(Laws.Kind.SPHERICAL, 2, 2, Laws.random("sphere")),
            Observation.range(0, Double.NEGATIVE_INFINITY, -0.3)));
  }

  /** With values in the last column that no cut leaves out. */
  @Override
  protected double[] rows(Score score) {
    double[] rows = super.rows(score);
    for (int i = score.columns() - 1; i < rows.length; i += score.columns()) {
      rows[i] = -0.4 + 0.1 * rows[i];
    }
    return rows;
  }

  private static GaussianMixture line() {
    return GaussianMixture.of(
        List.of(
            Component.of(0.3, new double[] {-1}, Covariance.spherical(1, 0.25)),
            Component.of(0.7, new double[] {1}, Covariance.spherical(1, 1))));
  }

  private static double normal(double x, double mean, double variance) {
    return StrictMath.exp(-0.5 * (x - mean) * (x - mean) / variance)
        / Math.sqrt(2 * Math.PI * variance);
  }

  /** Integrals over the cut clean law, by Simpson's rule on 4000 intervals. */
  @Test
  void densityMeanAndEvidenceAreThoseOfIntegrals() {
    double low = 0.4;
    double high = 2.5;
    Score cut = given(line(), Observation.range(0, low, high));
    NoiseLevel level = new NoiseLevel(0.8, 0.3);
    for (double x : new double[] {-2, 0.1, 0.9, 3}) {
      double mass = 0;
      double density = 0;
      double mean = 0;
      int n = 4000;
      for (int i = 0; i <= n; i++) {
        double x0 = low + (high - low) * i / n;
        double weight = (i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2) * (high - low) / n / 3;
        double clean = 0.3 * normal(x0, -1, 0.25) + 0.7 * normal(x0, 1, 1);
        double joint = clean * normal(x, 0.8 * x0, 0.3);
        mass += weight * clean;
        density += weight * joint;
        mean += weight * joint * x0;
      }
      double[] out = new double[1];
      cut.ability(Density.class).orElseThrow().logDensity(level, new double[] {x}, out);
      assertEquals(StrictMath.log(density / mass), out[0], 1e-11);
      cut.posteriorMean(level, new double[] {x}, out);
      assertEquals(mean / density, out[0], 1e-11);
      assertEquals(StrictMath.log(mass), evidence(line(), Observation.range(0, low, high)), 1e-11);
    }
  }

  /** Alpha 1e-6; hypothesis: draws have the law of those draws of the whole that lie inside. */
  @Statistical
  void drawsHaveTheLawOfWhatLiesInside(TestInfo test) {
    Trials.of(test).run(trial -> compare(trial, -0.5));
  }

  /** Alpha 1e-6; the twin: another lower end. */
  @Statistical
  void anotherEndIsRejected(TestInfo test) {
    Trials.of(test).mustReject(trial -> compare(trial, -20));
  }

  private static void compare(Trial trial, double low) {
    Samples exact = rows(given(LAW, Observation.between(SUM, low, 1.5)), trial, "cut", -9);
    trial.show(Statistics.sameLaw("inside", rows(LAW, trial, "whole", -0.5), exact, trial.seed()));
  }

  /** 400 rows whose sum lies between the ends, however often it takes. */
  private static Samples rows(Score law, Trial trial, String stream, double low) {
    DirectSampler sampler = law.ability(DirectSampler.class).orElseThrow();
    double[][] rows = new double[400][3];
    int found = 0;
    for (long i = 0; found < rows.length; i++) {
      double[] row = rows[found];
      sampler.draw(trial.streams().stream(stream, i), row);
      double sum = Products.dot(row, SUM, 3);
      found += sum >= low && sum <= 1.5 + 1e-12 ? 1 : 0;
    }
    return Samples.of(rows);
  }

  @Test
  void withoutNoiseTheDensityIsThatOfTheLawInsideTheCut() {
    Observation seen = Observation.range(0, 0.4, 2.5);
    Score cut = given(line(), seen);
    NoiseLevel half = new NoiseLevel(0.5, 0);
    double[] x = {0.3, 0.1, 1.2, 1.3};
    double[] law = new double[4];
    double[] found = new double[4];
    line().logDensity(half, x, law);
    cut.ability(Density.class).orElseThrow().logDensity(half, x, found);
    double mass = evidence(line(), seen);
    double none = Double.NEGATIVE_INFINITY;
    assertArrayEquals(new double[] {law[0] - mass, none, law[2] - mass, none}, found, 1e-12);
    line().score(half, x, law);
    cut.score(half, x, found);
    assertArrayEquals(law, found);
    double both = evidence(line(), Observation.range(0, 0.4, 1));
    assertEquals(both, mass + evidence(cut, Observation.range(0, -9, 1)), 1e-12);
  }

  @Test
  void drawsStayInsideFarIntoTheTail() {
    DirectSampler far =
        given(LAW, Observation.range(1, 60, 60.5)).ability(DirectSampler.class).orElseThrow();
    double[] row = new double[3];
    for (int i = 0; i < 200; i++) {
      far.draw(Laws.random("far" + i), row);
      assertTrue(row[1] >= 60 && row[1] <= 60.5, "got " + row[1]);
    }
  }

  @Test
  void theOrderOfObservationsDoesNotMatter() {
    Observation columns = Observation.columns(Map.of(0, 0.3));
    Observation range = Observation.range(2, -1, 0.1);
    Score one = given(given(LAW, columns), range);
    Score other = given(given(LAW, range), columns);
    NoiseLevel level = new NoiseLevel(0.7, 0.2);
    double[] x = {0.1, 0.2, 0.3, -1, 0.5, 2};
    double[] first = new double[6];
    double[] second = new double[6];
    one.posteriorMean(level, x, first);
    other.posteriorMean(level, x, second);
    for (int i = 0; i < 6; i++) {
      assertEquals(first[i], second[i], 1e-12);
    }
    assertEquals(
        evidence(LAW, columns) + evidence(given(LAW, columns), range),
        evidence(LAW, range) + evidence(given(LAW, range), columns),
        1e-12);
  }

  @Test
  void cutsAlongOneFormMeetAndOthersHaveNoExactAnswer() {
    Score once = given(LAW, Observation.range(1, -1, 0.5));
    Score twice = given(once, Observation.between(new double[] {0, -2, 0}, -0.4, 9));
    double[] one = new double[3];
    double[] other = new double[3];
    NoiseLevel level = new NoiseLevel(0.7, 0.2);
    twice.posteriorMean(level, new double[] {0.1, 0.2, 0.3}, one);
    given(LAW, Observation.range(1, -1, 0.2))
        .posteriorMean(level, new double[] {0.1, 0.2, 0.3}, other);
    assertEquals(other[1], one[1], 1e-12);
    Conditionable cut = once.ability(Conditionable.class).orElseThrow();
    assertEquals(Optional.empty(), cut.given(Observation.range(0, 0, 1)));
    assertThrows(IllegalArgumentException.class, () -> cut.given(Observation.range(1, 0.5, 0.7)));
  }

  @Test
  void whatIsImpossibleOrUnknownIsRefused() {
    GaussianMixture sure = (GaussianMixture) given(LAW, Observation.columns(Map.of(1, 0.5)));
    String message =
        assertThrows(IllegalArgumentException.class, () -> sure.given(Observation.range(1, 0.6, 1)))
            .getMessage();
    assertTrue(message.contains("probability zero"), message);
    assertEquals(Double.NEGATIVE_INFINITY, evidence(sure, Observation.range(1, 0.6, 1)));
    assertEquals(3, given(sure, Observation.range(1, 0.4, 1)).columns());
    assertThrows(IllegalArgumentException.class, () -> LAW.given(Observation.range(3, 0, 1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> LAW.given(Observation.between(new double[] {1, 1}, 0, 1)));
    assertThrows(IllegalArgumentException.class, () -> Observation.between(new double[2], 0, 1));
  }
}
