package dev.espalier.filtering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Graph;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Observation;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.estimators.closedform.Gaussian;
import dev.espalier.samplers.Matching;
import dev.espalier.samplers.Samplers;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Analyses of normal ensembles, of which the answer is known. */
class AnalysisTest {
  private static final double[][] H = {{1, 0, 0.5}};
  private static final double[][] R = {{0.4}};
  private static final Observation SEEN = Observation.linear(H, new double[] {3}, R);
  private static final ScoreAnalysis SCORE =
      ScoreAnalysis.of(new Gaussian(Gaussian.Shrinkage.NONE), Samplers.direct());
  private static final ScoreAnalysis GUIDED =
      ScoreAnalysis.of(new Gaussian(Gaussian.Shrinkage.NONE), Samplers.uniPc(24))
          .guidedBy(new Matching());

  static Stream<Analysis> analyses() {
    return Stream.of(
        SCORE,
        SCORE.inflated(1.2),
        GUIDED,
        new EnsembleKalman(Graph.chain(), Double.POSITIVE_INFINITY, 1),
        new EnsembleKalman(Graph.chain(), 2, 1.05),
        new ParticleAnalysis());
  }

  /** Correlated normal rows. */
  private static Samples ensemble(int count) {
    double[][] rows = new double[count][];
    for (int i = 0; i < count; i++) {
      RandomGenerator random = new Streams(5).stream("ensemble", i);
      double common = random.nextGaussian();
      rows[i] =
          new double[] {
            1 + common, 10 - 2 * common + random.nextGaussian(), 0.3 * random.nextGaussian()
          };
    }
    return Samples.of(rows);
  }

  private static double mean(Samples rows, int column) {
    double sum = 0;
    for (double value : rows.column(column)) {
      sum += value;
    }
    return sum / rows.count();
  }

  private static double covariance(Samples rows, int one, int other) {
    double sum = 0;
    double first = mean(rows, one);
    double second = mean(rows, other);
    for (int i = 0; i < rows.count(); i++) {
      sum += (rows.get(i, one) - first) * (rows.get(i, other) - second);
    }
    return sum / (rows.count() - 1);
  }

  /** The distance of mean and covariance from those of Kalman's formulas. */
  private static double miss(Samples analysis, double inflation) {
    double[][] prior = {{1, -2, 0}, {-2, 5, 0}, {0, 0, 0.09}};
    double[] centre = {1, 10, 0};
    double factor = inflation * inflation;
    double[] gain = new double[3];
    double total = R[0][0];
    for (int j = 0; j < 3; j++) {
      for (int k = 0; k < 3; k++) {
        gain[j] += factor * prior[j][k] * H[0][k];
      }
    }
    for (int k = 0; k < 3; k++) {
      total += H[0][k] * gain[k];
    }
    double worst = 0;
    for (int j = 0; j < 3; j++) {
      double expected = centre[j] + gain[j] * (3 - 1) / total;
      worst = Math.max(worst, Math.abs(mean(analysis, j) - expected));
      for (int k = 0; k < 3; k++) {
        double covariance = factor * prior[j][k] - gain[j] * gain[k] / total;
        worst = Math.max(worst, Math.abs(covariance(analysis, j, k) - covariance));
      }
    }
    return worst;
  }

  private static AnalysisRequest request(int count) {
    return AnalysisRequest.of(ensemble(count), SEEN).withSeed(8);
  }

  /**
   * Hypothesis: with 20,000 members mean and covariance are those of Kalman's formulas. All twelve
   * within 0.15, beyond 5 standard errors of each, so alpha is below 1e-6. The inflated analysis
   * and the forecast itself are rejected.
   */
  @Test
  void manyMembersOfANormalLawHaveKalmansMoments() {
    for (Analysis analysis :
        List.of(
            SCORE,
            GUIDED,
            new EnsembleKalman(Graph.chain(), Double.POSITIVE_INFINITY, 1),
            new ParticleAnalysis())) {
      double miss = miss(analysis.given(request(20_000)), 1);
      assertTrue(miss < 0.15, analysis + " misses by " + miss);
    }
    Samples inflated = SCORE.inflated(1.5).given(request(20_000));
    assertTrue(miss(inflated, 1.5) < 0.25, "misses by " + miss(inflated, 1.5));
    assertFalse(miss(inflated, 1) < 0.15);
    assertFalse(miss(ensemble(20_000), 1) < 0.15);
  }

  @ParameterizedTest
  @MethodSource("analyses")
  void tasksChangeNoBitAndSeedsDo(Analysis analysis) {
    Samples here = analysis.given(request(50));
    assertEquals(here, analysis.given(request(50).withTasks(Tasks.threads(3))));
    assertEquals(50, here.count());
    assertFalse(here.equals(analysis.given(request(50).withSeed(9))));
  }

  @Test
  void columnsAndRangesAreTakenInToo() {
    Samples exact =
        SCORE.given(AnalysisRequest.of(ensemble(200), Observation.columns(Map.of(1, 12.5))));
    for (double value : exact.column(1)) {
      assertEquals(12.5, value, 1e-9);
    }
    assertTrue(mean(exact, 0) < 0.4, "the mean of column 0 given column 1");
  }

  @Test
  void whatCannotBeAnsweredIsSaid() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new ParticleAnalysis()
                        .given(
                            AnalysisRequest.of(ensemble(5), Observation.columns(Map.of(0, 1.0)))))
            .getMessage();
    assertTrue(
        message.startsWith("need a noisy linear observation for a particle filter"), message);
    Observation short2 =
        Observation.linear(new double[][] {{1, 0}}, new double[] {1}, new double[][] {{1}});
    for (Analysis analysis : analyses().toList()) {
      assertTrue(
          assertThrows(
                  IllegalArgumentException.class,
                  () -> analysis.given(AnalysisRequest.of(ensemble(5), short2)))
              .getMessage()
              .startsWith("need an observation of"));
    }
    ScoreAnalysis deaf = ScoreAnalysis.of(request -> new Deaf(), Samplers.direct());
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> deaf.given(request(5)))
            .getMessage()
            .startsWith("need a score that can be conditioned on"));
    assertThrows(IllegalArgumentException.class, () -> SCORE.inflated(0.9));
    assertThrows(IllegalArgumentException.class, () -> AnalysisRequest.of(ensemble(1), SEEN));
    assertThrows(IllegalArgumentException.class, () -> new EnsembleKalman(Graph.chain(), 0, 1));
  }

  /** A score that can be conditioned on nothing. */
  private record Deaf() implements Score {
    @Override
    public int columns() {
      return 3;
    }

    @Override
    public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
      System.arraycopy(x, 0, out, 0, x.length);
    }
  }

  @Test
  void theTaperIsSmoothAndEnds() {
    assertEquals(1, EnsembleKalman.taper(0));
    assertEquals(5.0 / 24, EnsembleKalman.taper(1), 1e-12);
    assertEquals(EnsembleKalman.taper(1 - 1e-9), EnsembleKalman.taper(1 + 1e-9), 1e-7);
    assertEquals(0, EnsembleKalman.taper(2 - 1e-9), 1e-12);
    assertEquals(0, EnsembleKalman.taper(Double.POSITIVE_INFINITY));
  }
}
