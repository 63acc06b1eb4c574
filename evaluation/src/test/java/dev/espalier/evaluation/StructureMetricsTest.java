package dev.espalier.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Tasks;
import dev.espalier.testkit.Law;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against closed forms and numbers worked out by hand. */
class StructureMetricsTest {

  private static Samples line(double... values) {
    return Samples.of(1, values);
  }

  @Test
  void ballsAreCounted() {
    // real balls to the nearest neighbour: [-1, 1], [0, 2], [1, 21]
    Samples real = line(0, 1, 11);
    // drawn balls: [0.2, 0.6], [0.4, 0.8], [0.6, 49.4]
    Manifolds.Balls balls = Manifolds.balls(real, line(0.4, 0.6, 25), 1);
    assertEquals(2.0 / 3, balls.precision(), 1e-15);
    assertEquals(4.0 / 3, balls.density(), 1e-15);
    assertEquals(2.0 / 3, balls.coverage(), 1e-15);
    assertEquals(2.0 / 3, balls.recall(), 1e-15);
    assertEquals(new Manifolds.Balls(1, 1, 2, 1), Manifolds.balls(line(0, 1), line(0, 1), 1));
    assertThrows(IllegalArgumentException.class, () -> Manifolds.balls(real, real, 3));
  }

  @Test
  void typicalRowsAreThoseOfTheSameQuantiles() {
    Samples real = Law.threeInThePlane().rows(600, 1);
    Manifolds.Typical same = Manifolds.typical(real, Law.threeInThePlane().rows(600, 2));
    assertTrue(same.precision() > 0.93, same::toString);
    // of two equal sets half of the rows are nearer to the other set than to their own
    assertEquals(0.5, same.recall(), 0.1);
    assertEquals(0.5, same.authenticity(), 0.15);
    Manifolds.Typical copies = Manifolds.typical(real, real);
    assertEquals(1, copies.precision(), 1e-12);
    assertEquals(0, copies.authenticity());
    Samples narrow = Samples.of(2, scaled(real.toArray(), 1e-3));
    // every drawn row is in the smallest ball: 1 - Σ(1 - α)/Σα over 1/30 to 1
    assertEquals(1 - 14.5 / 15.5, Manifolds.typical(real, narrow).precision(), 0.05);
    assertEquals(2, Manifolds.quantile(new double[] {1, 2, 3, 4}, 0.5));
  }

  private static double[] scaled(double[] values, double factor) {
    double[] scaled = values.clone();
    for (int k = 0; k < scaled.length; k++) {
      scaled[k] *= factor;
    }
    return scaled;
  }

  @Test
  void precisionMatricesOfTwoByTwo() {
    double[][] inverse = Dependence.inverse(new double[][] {{4, 2}, {2, 3}});
    assertArrayEquals(new double[] {0.375, -0.25}, inverse[0], 1e-15);
    assertArrayEquals(new double[] {-0.25, 0.5}, inverse[1], 1e-15);
    // one column of variance 1 and then 4, ridge 1: 1/2 and 1/5
    assertEquals(0.6, Dependence.precisionError(line(-1, 1), line(-2, 2), 1), 1e-15);
    assertThrows(
        IllegalArgumentException.class, () -> Dependence.precisionError(line(0, 1), line(0, 1), 0));
  }

  @Test
  void tailsAreQuantilesInDeviations() {
    assertEquals(0, Dependence.tailError(line(-1, 1), line(-1, 1)));
    assertEquals(1.5, Dependence.tailError(line(-1, 1), line(-2, 3)), 1e-15);
  }

  @Test
  void aWaveHasItsPowerAtItsFrequency() {
    Fields series = new Fields(1, 8);
    double[] wave = new double[16];
    for (int i = 0; i < 8; i++) {
      wave[i] = StrictMath.cos(2 * Math.PI * 3 * i / 8);
      wave[8 + i] = -wave[i];
    }
    double[] power = series.spectrum(Samples.of(8, wave));
    // |F|² = (8/2)² at 3 and −3, over 8 cells
    assertArrayEquals(new double[] {0, 0, 0, 2, 0}, power, 1e-12);
    double[] twice = scaled(wave, 2);
    assertEquals(
        StrictMath.log(4), series.spectrumError(Samples.of(8, wave), Samples.of(8, twice)), 1e-12);
    Fields grid = new Fields(4, 4);
    double[] plane = new double[32];
    for (int i = 0; i < 16; i++) {
      plane[i] = StrictMath.cos(2 * Math.PI * (i / 4) / 4);
      plane[16 + i] = -plane[i];
    }
    // 64/16 at (1, 0) and (3, 0), among the four frequencies of length 1 and four of √2
    assertArrayEquals(new double[] {0, 1, 0}, grid.spectrum(Samples.of(16, plane)), 1e-12);
  }

  @Test
  void theVariogramIsHalfTheMeanSquaredDifference() {
    Fields series = new Fields(1, 4);
    Samples ramp = Samples.of(4, new double[] {0, 1, 2, 3});
    assertArrayEquals(new double[] {0.5, 2}, series.variogram(ramp), 1e-15);
    Samples steep = Samples.of(4, new double[] {0, 2, 4, 6});
    assertEquals(3, series.variogramError(ramp, steep), 1e-15);
    Fields grid = new Fields(2, 2);
    assertArrayEquals(new double[] {(1 + 1 + 4 + 4) / 8.0}, grid.variogram(ramp), 1e-15);
    assertThrows(IllegalArgumentException.class, () -> grid.variogram(line(0, 1)));
  }

  @Test
  void theErrorOfAScoreAtALevelIsTheClosedForm() {
    // scores −x/(v + b) of N(0, 1) and N(0, 2): relative error (1 − (1 + b)/(2 + b))²
    Law truth = Law.standardNormal(2);
    Law other = Law.gaussian(new double[2], new double[][] {{2, 0}, {0, 2}});
    List<NoiseLevel> levels = List.of(new NoiseLevel(1, 0.5), new NoiseLevel(1, 4));
    List<ScoreError> errors = ScoreError.of(other, truth, levels, truth.rows(50, 1), 2);
    assertEquals(0.16, errors.get(0).relative().value(), 1e-12);
    assertEquals(1.0 / 36, errors.get(1).relative().value(), 1e-12);
    assertEquals(0, errors.get(0).relative().error(), 1e-12);
    for (ScoreError each : ScoreError.of(truth, truth, levels, truth.rows(50, 1), 2)) {
      assertEquals(0, each.relative().value());
    }
  }

  @Test
  void anAttackKnowsCopiesAndGuessesOtherwise() {
    Samples train = Law.threeInThePlane().rows(400, 1);
    Samples heldOut = Law.threeInThePlane().rows(400, 2);
    Samples fresh = Law.threeInThePlane().rows(400, 3);
    assertEquals(1, Membership.attack(train, heldOut, train).value());
    Estimate guess = Membership.attack(train, heldOut, fresh);
    assertEquals(0.5, guess.value(), 4.89 * guess.error());
    assertEquals(1, Membership.nearCopies(train, heldOut, train, 0.05));
    assertEquals(0.05, Membership.nearCopies(train, heldOut, fresh, 0.05), 0.05);
    // members at 0 and 1, others at 2 and 5 from the drawn row: threshold 1.5
    assertEquals(1, Membership.attack(line(0, 1), line(2, -5), line(0)).value());
    assertEquals(0.5, Membership.attack(line(1, 2), line(1, 2), line(0)).value());
  }

  @Test
  void partsTellTheSpreadOfAMetric() {
    Metric metric = Metrics.columnShape();
    int runs = 60;
    double[] values = new double[runs];
    double[] errors = new double[runs];
    for (int k = 0; k < runs; k++) {
      Sets sets =
          new Sets(
              Law.threeInThePlane().rows(20, k),
              Law.threeInThePlane().rows(150, 1000 + k),
              Law.gaussian(new double[2], new double[][] {{4, 0}, {0, 4}}).rows(150, 2000 + k));
      Report report =
          new Evaluation(List.of(metric), k).compare(sets, Tasks.here(), Progress.silent());
      Value value = report.results().get(0).drawn();
      values[k] = value.value();
      errors[k] = java.util.Objects.requireNonNull(value.error());
    }
    double spread = Energy.deviation(values);
    assertEquals(1, Energy.mean(errors) / spread, 0.35);
  }

  @Test
  void modelsTieWhereIntervalsOverlap() {
    Ranking.Line line =
        new Ranking.Line(
            "m",
            "",
            Goal.HALF,
            List.of(value(0.5, 0.01), value(0.53, 0.01), value(0.4, 0.01)),
            value(0.5, 0.01));
    assertEquals(List.of(1, 1, 3), line.ranks());
    assertTrue(line.beats(0, 2) && !line.beats(0, 1) && !line.beats(2, 0));
  }

  private static Value value(double value, double error) {
    return Value.of(new Estimate(value, error), 10);
  }

  @Test
  void modelsAreRankedInOneCall() {
    Sets sets =
        new Sets(
            Law.threeInThePlane().rows(300, 1),
            Law.threeInThePlane().rows(300, 2),
            Law.threeInThePlane().rows(300, 3));
    Samples poor = Law.standardNormal(2).rows(300, 4);
    Evaluation evaluation =
        new Evaluation(List.of(Metrics.columnShape(), Metrics.energy(), Metrics.membership()), 1);
    Ranking ranking =
        evaluation.rank(
            sets, "good", List.of(Entrant.of("poor", poor)), Tasks.threads(2), Progress.silent());
    assertEquals(List.of("good", "poor"), ranking.entrants());
    assertEquals(List.of(1, 2), ranking.line("column shape").orElseThrow().ranks());
    assertEquals(List.of(1, 2), ranking.line("energy to test").orElseThrow().ranks());
    assertEquals(evaluation.compare(sets, Tasks.here(), Progress.silent()), ranking.report(0));
  }
}
