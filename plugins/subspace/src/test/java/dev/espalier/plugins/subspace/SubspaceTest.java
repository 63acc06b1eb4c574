package dev.espalier.plugins.subspace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.DirectionEstimator;
import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Size;
import dev.espalier.api.Tasks;
import dev.espalier.estimators.closedform.Gaussian;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubspaceTest {

  private static double[] means(Score score) {
    NoiseLevel level = NoiseLevel.preserving(0.3);
    double[] x = Planes.normal(4 * score.columns(), 2);
    double[] out = new double[x.length];
    score.posteriorMean(level, x, out);
    return out;
  }

  /** {@code ‖VVᵀ − AAᵀ‖²}. */
  private static double apart(double[][] v, double[][] a) {
    double common = 0;
    for (double[] each : v) {
      for (double[] other : a) {
        double product = Vectors.dot(each, other);
        common += product * product;
      }
    }
    return v.length + a.length - 2 * common;
  }

  @Test
  void cleanRowsGiveTheirSubspace() {
    for (int columns : new int[] {20, 100, 400}) {
      FitRequest request = FitRequest.of(Planes.rows(60, columns, 3, 0, 4));
      double[][] found = Directions.of(request, 3).frame(3).directions();
      assertEquals(0, apart(found, Planes.directions(columns, 3, 4)), 1e-12);
    }
  }

  @Test
  void manyRowsAndColumnsGiveTheSameDirectionsForAnyThreads() {
    Samples rows = Planes.rows(600, 900, 4, 0.2, 4);
    FitRequest request = FitRequest.of(rows);
    Directions iterated = Directions.of(request, 4);
    Directions threaded = Directions.of(request.withTasks(Tasks.threads(3)), 4);
    Directions full = Directions.of(request, 200);
    for (int k = 0; k < 4; k++) {
      assertArrayEquals(iterated.frame(4).directions()[k], threaded.frame(4).directions()[k]);
      assertEquals(full.variance(k), iterated.variance(k), 1e-10);
    }
    double apart = apart(full.frame(4).directions(), iterated.frame(4).directions());
    assertEquals(0, apart, 1e-9);
    assertEquals(0.2, Math.sqrt(iterated.offSubspace(rows, request, 4)), 0.002);
  }

  @Test
  void weightsCountAsRepetitions() {
    Samples rows = Planes.rows(40, 6, 2, 0.3, 9);
    int[] twice = new int[60];
    double[] weights = new double[40];
    for (int i = 0; i < 60; i++) {
      twice[i] = i % 40;
      weights[i % 40]++;
    }
    Directions weighted = Directions.of(FitRequest.of(rows).withWeights(weights), 2);
    Directions repeated = Directions.of(FitRequest.of(rows.rows(twice)), 2);
    for (int k = 0; k < 2; k++) {
      assertEquals(repeated.variance(k), weighted.variance(k), 1e-12);
    }
    assertEquals(0, apart(weighted.frame(2).directions(), repeated.frame(2).directions()), 1e-12);
  }

  @Test
  void allColumnsAreTheInnerEstimatorToTheLastBit() {
    FitRequest request = FitRequest.of(Planes.rows(50, 4, 2, 0.4, 1));
    assertArrayEquals(
        means(new Gaussian().fit(request)),
        means(Subspace.rank(4).around(new Gaussian()).fit(request)));
  }

  @Test
  void rankZeroIsOneSphericalLaw() {
    FitRequest request = FitRequest.of(Planes.rows(3000, 3, 3, 0, 1));
    Score score = Subspace.rank(0).around(new Gaussian()).fit(request);
    double[] x = {3, 1, 2};
    double[] out = new double[3];
    score.posteriorMean(new NoiseLevel(1, 2), x, out);
    assertEquals(2.5, out[0], 0.06);
    assertEquals(1.5, out[1], 0.06);
  }

  @Test
  void moreDirectionsThanTheRowsVaryInAreNotMade() {
    Samples plane = Planes.rows(50, 5, 2, 0, 1);
    Score score = Subspace.rank(4).around(new Gaussian()).fit(FitRequest.of(plane));
    assertTrue(score.notes().get(0).startsWith("the rows vary in 2 directions only"));
    Samples few = Planes.rows(3, 8, 5, 0.1, 1);
    score = Subspace.rank(5).around(new Gaussian()).fit(FitRequest.of(few));
    assertTrue(score.notes().get(0).startsWith("the rows vary in 2 directions only"));
    for (double value : means(score)) {
      assertTrue(Double.isFinite(value));
    }
  }

  @Test
  void repeatedAndConstantColumnsAreFitted() {
    Samples rows = Planes.rows(60, 3, 2, 0.2, 1).columns(new int[] {0, 1, 0, 2, 2});
    double[] values = rows.toArray();
    for (int i = 1; i < values.length; i += 5) {
      values[i] = 7;
    }
    for (int rank = 0; rank <= 4; rank++) {
      Score score =
          Subspace.rank(rank).around(new Gaussian()).fit(FitRequest.of(Samples.of(5, values)));
      double[] out = means(score);
      for (double value : out) {
        assertTrue(Double.isFinite(value));
      }
      if (rank >= 2) {
        assertEquals(7, out[1], 1e-9);
        assertEquals(out[0], out[2], 1e-9);
      }
    }
    Score constant =
        Subspace.rank(2).around(new Gaussian()).fit(FitRequest.of(rows.rows(new int[] {1, 1, 1})));
    assertEquals(rows.get(1, 0), means(constant)[0], 1e-12);
  }

  @Test
  void offTheSubspaceEveryColumnKeepsItsVariance() {
    Samples rows = Planes.rows(400, 4, 2, 0.5, 1).columns(new int[] {0, 1, 2, 3, 3, 3});
    double[] values = rows.toArray();
    for (int i = 0; i < 400; i++) {
      values[i * 6 + 4] = 7;
      values[i * 6 + 5] = 0.05 * (values[i * 6 + 5] - 2) * (i % 2 == 0 ? 1 : -1);
    }
    FitRequest request = FitRequest.of(Samples.of(6, values));
    double[] normal = means(new Gaussian().fit(request));
    Subspace near = Subspace.rank(2).residual(Subspace.Residual.NORMAL);
    double[] split = means(near.around(new Gaussian()).fit(request));
    double[] even = means(Subspace.rank(2).around(new Gaussian()).fit(request));
    double apart = 0;
    double evenApart = 0;
    for (int i = 0; i < normal.length; i++) {
      apart = Math.max(apart, Math.abs(split[i] - normal[i]));
      evenApart = Math.max(evenApart, Math.abs(even[i] - normal[i]));
    }
    assertTrue(apart < 0.05 && evenApart > 0.2, apart + " and " + evenApart);
    assertEquals(7, split[4], 0.01);
    Score none = near.around(new Gaussian()).fit(FitRequest.of(rows.rows(new int[] {1, 1, 1})));
    assertEquals(rows.get(1, 0), means(none)[0], 1e-12);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Subspace.chosen().residual(Subspace.Residual.NORMAL));
    assertEquals(
        "need a number for the rank with residual=normal, where held-out rows do not tell ranks"
            + " apart, got rank=auto",
        refused.getMessage());
  }

  /** As of one more row: of n rows a column of variance v has (n·v + m)/(n + 1), m the average. */
  @Test
  void whatDoesNotVaryIsUncertainByOneRow() {
    FitRequest request = FitRequest.of(Samples.of(new double[][] {{1, 7}, {3, 7}, {5, 7}, {3, 7}}));
    Score score =
        Subspace.rank(0).residual(Subspace.Residual.NORMAL).around(new Gaussian()).fit(request);
    double[] out = new double[2];
    score.posteriorMean(new NoiseLevel(1, 0.5), new double[] {3.5, 8}, out);
    double first = (4 * 2 + 1) / 5.0;
    assertEquals(3 + 0.5 * first / (first + 0.5), out[0], 1e-12);
    assertEquals(7 + 0.2 / (0.2 + 0.5), out[1], 1e-12);
  }

  @Test
  void unfitRowsAreRefusedWithWords() {
    FitRequest request = FitRequest.of(Planes.rows(20, 3, 2, 0.2, 1));
    InvalidDataException wide =
        assertThrows(
            InvalidDataException.class, () -> Subspace.rank(4).around(new Gaussian()).fit(request));
    assertEquals("need a rank of at most 3, the number of columns, got 4", wide.getMessage());
    Samples gaps = Samples.of(new double[][] {{1, Double.NaN}, {2, 3}});
    InvalidDataException missing =
        assertThrows(
            InvalidDataException.class,
            () -> Subspace.rank(1).around(new Gaussian()).fit(FitRequest.of(gaps)));
    assertTrue(missing.getMessage().startsWith("need complete rows to find a subspace"));
  }

  /** Turns every direction to the first columns. */
  private record First() implements DirectionEstimator {
    @Override
    public Score fit(FitRequest request) {
      return new Gaussian().fit(request);
    }

    @Override
    public Samples fitDirections(FitRequest request, Samples start) {
      double[][] first = new double[start.count()][start.columns()];
      for (int k = 0; k < first.length; k++) {
        first[k][k] = 1;
      }
      return Samples.of(first);
    }
  }

  @Test
  void jointDirectionsAreThoseOfTheInnerEstimator() {
    FitRequest request = FitRequest.of(Planes.rows(3000, 5, 2, 0.4, 6));
    Subspace joint = Subspace.rank(2).learn(Subspace.Learn.JOINT);
    double[] found = means(joint.around(new First()).fit(request));
    int[] columns = {0, 1};
    double[] x = Planes.normal(20, 2);
    double[] u = new double[8];
    for (int i = 0; i < 8; i++) {
      u[i] = x[i / 2 * 5 + i % 2];
    }
    double[] expected = new double[8];
    new Gaussian()
        .fit(request.withRows(request.rows().columns(columns), null))
        .posteriorMean(NoiseLevel.preserving(0.3), u, expected);
    for (int i = 0; i < 8; i++) {
      assertEquals(expected[i], found[i / 2 * 5 + i % 2], 2e-3);
    }
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> joint.around(new Gaussian()).fit(request));
    assertTrue(
        refused.getMessage().startsWith("need an inner estimator that can learn directions"),
        refused::getMessage);
  }

  private static int chosen(Samples rows, Size bounds, long seed) {
    return RankChoice.of(FitRequest.of(rows).withSeed(seed), bounds).rank();
  }

  @Test
  void theRankIsFound() {
    for (int seed = 0; seed < 10; seed++) {
      assertEquals(5, chosen(Planes.rows(500, 64, 5, 0.1, seed), Size.AUTO, seed));
      assertEquals(0, chosen(Planes.rows(500, 12, 0, 1, seed), Size.AUTO, seed));
      assertEquals(12, chosen(Planes.rows(400, 30, 12, 0.1, seed), Size.between(3, 20), seed));
    }
  }

  @Test
  void theEvidenceIsInTheNotes() {
    Score score =
        Subspace.chosen()
            .around(new Gaussian())
            .fit(FitRequest.of(Planes.rows(200, 10, 2, 0.1, 3)));
    List<String> notes = score.notes();
    assertTrue(
        notes.get(0).startsWith("rank 2 is the least within two standard errors"), notes::toString);
    assertTrue(notes.get(0).contains("(±0.00 to the best)"), notes::toString);
    assertTrue(notes.get(0).endsWith(" to the best)"), notes::toString);
    assertTrue(notes.get(1).startsWith("2 directions have 9"), notes::toString);
  }
}
