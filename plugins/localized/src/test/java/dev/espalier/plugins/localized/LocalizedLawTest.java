package dev.espalier.plugins.localized;

import static dev.espalier.plugins.localized.Chains.means;
import static dev.espalier.plugins.localized.Chains.normals;
import static dev.espalier.plugins.localized.Chains.request;
import static dev.espalier.plugins.localized.Chains.rows;
import static dev.espalier.plugins.localized.Chains.scores;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Adjacency;
import dev.espalier.api.Cost;
import dev.espalier.api.Curvature;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Graph;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Size;
import dev.espalier.api.Window;
import dev.espalier.api.WindowedEstimator;
import dev.espalier.estimators.closedform.Component;
import dev.espalier.estimators.closedform.Covariance;
import dev.espalier.estimators.closedform.Gaussian;
import dev.espalier.estimators.closedform.GaussianMixture;
import dev.espalier.testkit.TravellingTasks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalizedLawTest {

  private static final Gaussian PLAIN = new Gaussian(Gaussian.Shrinkage.NONE);
  private static final List<NoiseLevel> LEVELS =
      List.of(NoiseLevel.preserving(0.02), NoiseLevel.preserving(0.6), NoiseLevel.exploding(2));

  /** The rows' mean and covariance, plainly. */
  private static GaussianMixture normal(Samples rows, int[] columns) {
    return (GaussianMixture) PLAIN.fit(FitRequest.of(rows.columns(columns)));
  }

  @Test
  void rowsOfTheGaussianScoreAreThoseOfTheWindows() {
    FitRequest request = request(50, 7);
    Score score = Localized.on(Graph.chain()).withRadius(2).fit(request, PLAIN);
    Adjacency chain = Graph.chain().over(7);
    double[] x = normals(21);
    for (NoiseLevel level : LEVELS) {
      double[] found = scores(score, level, x);
      for (int j = 0; j < 7; j++) {
        int[] ball = chain.ball(j, 2);
        double[][] matrix = normal(request.rows(), ball).components().get(0).covariance().matrix();
        double[] mean = normal(request.rows(), ball).components().get(0).mean();
        int at = Arrays.binarySearch(ball, j);
        for (int k = 0; k < ball.length; k++) {
          for (int l = 0; l < ball.length; l++) {
            matrix[k][l] = level.a() * level.a() * matrix[k][l] + (k == l ? level.b() : 0);
          }
        }
        for (int i = 0; i < 3; i++) {
          double[] gap = new double[ball.length];
          for (int k = 0; k < ball.length; k++) {
            gap[k] = x[i * 7 + ball[k]] - level.a() * mean[k];
          }
          assertEquals(-solve(matrix, gap)[at], found[i * 7 + j], 1e-9);
        }
      }
    }
  }

  /** Gauss elimination of a positive definite matrix. */
  private static double[] solve(double[][] matrix, double[] y) {
    int n = y.length;
    double[][] m = Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
    double[] x = y.clone();
    for (int p = 0; p < n; p++) {
      for (int i = p + 1; i < n; i++) {
        double factor = m[i][p] / m[p][p];
        for (int j = p; j < n; j++) {
          m[i][j] -= factor * m[p][j];
        }
        x[i] -= factor * x[p];
      }
    }
    for (int p = n - 1; p >= 0; p--) {
      for (int j = p + 1; j < n; j++) {
        x[p] -= m[p][j] * x[j];
      }
      x[p] /= m[p][p];
    }
    return x;
  }

  @Test
  void aRadiusThatReachesEverythingGivesTheInnerScoreItself() {
    FitRequest request = request(40, 6);
    Score inner = new Gaussian().fit(request);
    for (int radius : new int[] {5, 6, 1000}) {
      Score score = Localized.on(Graph.chain()).withRadius(radius).fit(request, new Gaussian());
      assertInstanceOf(GaussianMixture.class, score);
      assertArrayEquals(
          means(inner, LEVELS.get(1), normals(12)), means(score, LEVELS.get(1), normals(12)));
    }
    Score one = Localized.on(Graph.chain()).fit(request(30, 1), new Gaussian());
    assertInstanceOf(GaussianMixture.class, one);
  }

  @Test
  void radiusZeroSeesEachColumnAlone() {
    FitRequest request = request(40, 4);
    Score score = Localized.on(Graph.chain()).withRadius(0).fit(request, new Gaussian());
    double[] x = normals(8);
    double[] found = means(score, LEVELS.get(1), x);
    for (int j = 0; j < 4; j++) {
      Score alone = new Gaussian().fit(FitRequest.of(request.rows().columns(new int[] {j})));
      double[] column = {x[j], x[4 + j]};
      assertArrayEquals(means(alone, LEVELS.get(1), column), new double[] {found[j], found[4 + j]});
    }
  }

  @Test
  void partsThatNoPathJoinsDoNotTouch() {
    FitRequest request = request(40, 5);
    Score score =
        Localized.on(Graph.edges(List.of(0, 1, 3, 4))).withRadius(9).fit(request, new Gaussian());
    double[] x = normals(5);
    double[] before = means(score, LEVELS.get(0), x);
    x[2] += 3;
    x[4] += 1;
    double[] after = means(score, LEVELS.get(0), x);
    assertEquals(before[0], after[0]);
    assertEquals(before[1], after[1]);
    assertNotEquals(before[2], after[2]);
    assertNotEquals(before[3], after[3]);
  }

  /** Columns 0 and 1 joined, 2 alone, 3 and 4 joined. */
  private static final Graph PARTS = Graph.edges(List.of(0, 1, 3, 4));

  @Test
  void everyPartOfADisconnectedGraphIsFittedAsIfItWereAlone() {
    FitRequest request = request(60, 5);
    int[][] parts = {{0, 1}, {2}, {3, 4}};
    double[] x = normals(10);
    for (Size radius : List.of(Size.of(1), Size.of(50), Size.AUTO)) {
      for (boolean share : new boolean[] {false, true}) {
        Score score =
            new Localized(PARTS, radius, List.of(), share && radius.fixed()).fit(request, PLAIN);
        double[] found = means(score, LEVELS.get(1), x);
        for (int[] part : parts) {
          boolean pooled = share && radius.fixed() && part.length == 2;
          Samples rows = request.rows().columns(part);
          if (pooled) {
            rows =
                Samples.concatenate(
                    List.of(request.rows().columns(parts[0]), request.rows().columns(parts[2])));
          }
          double[] own = new double[2 * part.length];
          for (int i = 0; i < own.length; i++) {
            own[i] = x[i / part.length * 5 + part[i % part.length]];
          }
          double[] alone = means(PLAIN.fit(FitRequest.of(rows)), LEVELS.get(1), own);
          boolean chosen = !radius.fixed() && part.length == 2;
          for (int i = 0; i < own.length && !chosen; i++) {
            assertEquals(alone[i], found[i / part.length * 5 + part[i % part.length]], 1e-12);
          }
        }
      }
    }
  }

  @Test
  void constantColumnsStayAndCopiesAgree() {
    Samples varying = rows(80, 3, 2);
    double[] values = new double[80 * 5];
    for (int i = 0; i < 80; i++) {
      values[i * 5] = varying.get(i, 0);
      values[i * 5 + 1] = 7;
      values[i * 5 + 2] = varying.get(i, 1);
      values[i * 5 + 3] = varying.get(i, 1);
      values[i * 5 + 4] = varying.get(i, 2);
    }
    FitRequest request = FitRequest.of(Samples.of(5, values));
    for (ScoreEstimator inner : List.of(PLAIN, new Gaussian())) {
      for (Localized local :
          List.of(
              Localized.on(Graph.chain()).withRadius(0),
              Localized.on(Graph.chain()).withRadius(1),
              Localized.on(Graph.chain()).withRadius(1).shared(),
              Localized.on(Graph.chain()))) {
        Score score = local.fit(request, inner);
        NoiseLevel level = new NoiseLevel(1, 0.01);
        double[] x = {0.3, 7.1, -0.2, -0.2, 1};
        double[] found = means(score, level, x);
        assertTrue(Arrays.stream(found).allMatch(Double::isFinite), local + " " + inner);
        boolean apart = !local.share() || inner != PLAIN;
        if (!local.share()) {
          assertEquals(7, found[1], 1e-9, local + " " + inner);
        }
        if (apart && local.radius().fixed()) {
          assertEquals(found[2], found[3], 0.1, local + " " + inner);
        }
      }
    }
  }

  @Test
  void radiusZeroOnPartsAndWholeRadiusOnGridsAreTheirLimits() {
    FitRequest request = request(40, 6);
    double[] x = normals(6);
    double[] apart =
        means(
            Localized.on(Graph.edges(List.of())).withRadius(3).fit(request, PLAIN),
            LEVELS.get(1),
            x);
    double[] zero =
        means(Localized.on(Graph.grid(2, 3)).withRadius(0).fit(request, PLAIN), LEVELS.get(1), x);
    assertArrayEquals(zero, apart);
    double[] whole = means(PLAIN.fit(request), LEVELS.get(1), x);
    for (Graph graph :
        List.of(Graph.grid(2, 3), new Graph.Grid(1, 2, 3, 3), Graph.ring(), Graph.chain())) {
      int diameter = graph.over(6).diameter();
      Score score = Localized.on(graph).withRadius(diameter).fit(request, PLAIN);
      assertArrayEquals(whole, means(score, LEVELS.get(1), x));
    }
  }

  @Test
  void localizedScoresOfALocalLawAreExact() {
    int d = 6;
    double[] variances = IntStream.range(0, d).mapToDouble(j -> 1 + j).toArray();
    ScoreEstimator exact = new Marginals(Covariance.diagonal(variances));
    Score score = Localized.on(Graph.chain()).withRadius(1).fit(request(3, d), exact);
    GaussianMixture law =
        GaussianMixture.of(List.of(Component.of(1, new double[d], Covariance.diagonal(variances))));
    for (NoiseLevel level : LEVELS) {
      double[] x = normals(2 * d);
      assertArrayEquals(scores(law, level, x), scores(score, level, x), 1e-12);
      assertArrayEquals(means(law, level, x), means(score, level, x), 1e-12);
    }
  }

  /** Knows the law of all columns, and gives that of the windows it is asked for. */
  private record Marginals(Covariance covariance) implements WindowedEstimator {
    @Override
    public Score fit(FitRequest request) {
      return fitWindows(request, List.of(Window.of(List.of(0, 1, 2, 3, 4, 5)))).get(0);
    }

    @Override
    public List<Score> fitWindows(FitRequest request, List<Window> windows) {
      List<Score> scores = new ArrayList<>();
      for (Window window : windows) {
        int[] columns = window.columnArray();
        double[][] part = new double[columns.length][columns.length];
        for (int i = 0; i < part.length; i++) {
          for (int j = 0; j < part.length; j++) {
            part[i][j] = covariance.get(columns[i], columns[j]);
          }
        }
        scores.add(
            GaussianMixture.of(
                List.of(Component.of(1, new double[part.length], Covariance.full(part)))));
      }
      return scores;
    }
  }

  @Test
  void aWindowedEstimatorIsAskedForAllWindowsAtOnce() {
    List<List<Window>> asked = new ArrayList<>();
    Marginals marginals = new Marginals(Covariance.full(Chains.covariance(6)));
    WindowedEstimator asking =
        new WindowedEstimator() {
          @Override
          public Score fit(FitRequest request) {
            throw new IllegalStateException("need windows");
          }

          @Override
          public List<Score> fitWindows(FitRequest request, List<Window> windows) {
            asked.add(windows);
            return marginals.fitWindows(request, windows);
          }
        };
    Localized.on(Graph.chain()).withRadius(4).fit(request(3, 6), asking);
    assertEquals(
        List.of(
            List.of(
                new Window(List.of(0, 1, 2, 3, 4), List.of(0)),
                new Window(List.of(0, 1, 2, 3, 4, 5), List.of(1, 2, 3, 4)),
                new Window(List.of(1, 2, 3, 4, 5), List.of(5)))),
        asked);
  }

  @Test
  void theIdentityOfTheErrorHolds() {
    double[][] c = Chains.covariance(6);
    Score local =
        Localized.on(Graph.chain())
            .withRadius(1)
            .fit(request(3, 6), new Marginals(Covariance.full(c)));
    GaussianMixture law =
        GaussianMixture.of(List.of(Component.of(1, new double[6], Covariance.full(c))));
    NoiseLevel level = NoiseLevel.preserving(0.3);
    double[][] noisy = new double[6][6];
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 6; j++) {
        noisy[i][j] = 0.7 * c[i][j] + (i == j ? 0.3 : 0);
      }
    }
    for (int j = 0; j < 6; j++) {
      int[] ball = Graph.chain().over(6).ball(j, 1);
      double[][] part = new double[ball.length][ball.length];
      double[] unit = new double[ball.length];
      for (int k = 0; k < ball.length; k++) {
        for (int l = 0; l < ball.length; l++) {
          part[k][l] = noisy[ball[k]][ball[l]];
        }
      }
      unit[Arrays.binarySearch(ball, j)] = 1;
      double[] whole = new double[6];
      whole[j] = 1;
      double expected = solve(noisy, whole)[j] - solve(part, unit)[Arrays.binarySearch(ball, j)];
      double found = 0;
      for (int k = 0; k < 6; k++) {
        for (int l = 0; l < 6; l++) {
          found +=
              difference(law, local, level, j, k)
                  * noisy[k][l]
                  * difference(law, local, level, j, l);
        }
      }
      assertEquals(expected, found, 1e-10);
      assertTrue(expected >= -1e-12);
    }
  }

  /** Entry j, k of the difference of two linear scores. */
  private static double difference(Score one, Score other, NoiseLevel level, int j, int k) {
    double[] unit = new double[6];
    unit[k] = 1;
    return scores(one, level, unit)[j] - scores(other, level, unit)[j];
  }

  @Test
  void theTransposedJacobianIsTheTransposed() {
    Curvature score =
        Localized.on(Graph.grid(2, 3))
            .withRadius(1)
            .fit(request(30, 6), new Gaussian())
            .ability(Curvature.class)
            .orElseThrow();
    double[] x = normals(6);
    double asymmetry = 0;
    double[][] forward = new double[6][6];
    double[][] back = new double[6][6];
    for (int k = 0; k < 6; k++) {
      double[] unit = new double[6];
      unit[k] = 1;
      score.jacobianTimes(LEVELS.get(1), x, unit, forward[k]);
      score.transposedJacobianTimes(LEVELS.get(1), x, unit, back[k]);
    }
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 6; j++) {
        assertEquals(forward[i][j], back[j][i], 1e-13);
        asymmetry = Math.max(asymmetry, Math.abs(forward[i][j] - forward[j][i]));
      }
    }
    assertTrue(asymmetry > 1e-4, "need a Jacobian that is not symmetric");
  }

  @Test
  void sharingPoolsTheRowsOfEquivalentWindows() {
    FitRequest request = request(20, 8);
    Score ring = Localized.on(Graph.ring()).withRadius(1).shared().fit(request, PLAIN);
    double[] pooled = new double[20 * 8 * 3];
    int at = 0;
    for (int j = 0; j < 8; j++) {
      for (int i = 0; i < 20; i++) {
        for (int step = 7; step <= 9; step++) {
          pooled[at++] = request.rows().get(i, (j + step) % 8);
        }
      }
    }
    Score one = PLAIN.fit(FitRequest.of(Samples.of(3, pooled)));
    double[] x = normals(8);
    double[] found = means(ring, LEVELS.get(1), x);
    for (int j = 0; j < 8; j++) {
      double[] window = {x[(j + 7) % 8], x[j], x[(j + 1) % 8]};
      assertEquals(means(one, LEVELS.get(1), window)[1], found[j], 1e-12);
    }
  }

  @Test
  void sharingOnAGridJoinsItsInside() {
    assertEquals(9, Plan.of(Graph.grid(8, 8).over(64), 1, true).parts().size());
    assertEquals(64, Plan.of(Graph.grid(8, 8).over(64), 1, false).parts().size());
    assertEquals(5, Plan.of(Graph.chain().over(40), 2, true).parts().size());
    assertEquals(1, Plan.of(Graph.ring().over(40), 2, true).parts().size());
    assertEquals(1, Plan.of(Graph.chain().over(40), 39, true).parts().size());
  }

  /** The neighbours of 1 are joined, those of 4 are not. */
  @Test
  void sharingNeedsNeighboursThatAreJoinedAlike() {
    Graph graph = Graph.edges(List.of(0, 1, 1, 2, 0, 2, 3, 4, 4, 5));
    Plan plan = Plan.of(graph.over(6), 1, true);
    assertTrue(plan.parts().stream().allMatch(places -> places.size() == 1));
  }

  @Test
  void rowsWithMissingFarCellsStillCount() {
    Samples full = rows(60, 6, 4);
    double[] values = full.toArray();
    for (int i = 0; i < 50; i++) {
      values[i * 6 + 5] = Double.NaN;
    }
    Samples gaps = Samples.of(6, values);
    Localized local = Localized.on(Graph.chain()).withRadius(1);
    double[] x = normals(6);
    for (ScoreEstimator inner :
        List.of(PLAIN, new Fastidious(PLAIN), new Windows(new Fastidious(PLAIN)))) {
      double[] found = means(local.fit(FitRequest.of(gaps), inner), LEVELS.get(1), x);
      double[] whole = means(local.fit(FitRequest.of(full), PLAIN), LEVELS.get(1), x);
      assertArrayEquals(Arrays.copyOf(whole, 4), Arrays.copyOf(found, 4));
    }
    double[] few = means(local.fit(FitRequest.of(gaps), new Fastidious(PLAIN)), LEVELS.get(1), x);
    double[] rest = means(local.fit(FitRequest.of(full.rows(50, 60)), PLAIN), LEVELS.get(1), x);
    assertArrayEquals(Arrays.copyOfRange(rest, 4, 6), Arrays.copyOfRange(few, 4, 6), 1e-12);
  }

  /** Takes all windows at once, refuses them as one, and tells a second each. */
  private record Windows(ScoreEstimator inner) implements WindowedEstimator {
    @Override
    public Score fit(FitRequest request) {
      return inner.fit(request);
    }

    @Override
    public List<Score> fitWindows(FitRequest request, List<Window> windows) {
      return windows.stream()
          .map(each -> request.rows().columns(each.columnArray()))
          .map(rows -> inner.fit(request.withRows(rows, null)))
          .toList();
    }

    @Override
    public Cost cost(FitRequest request) {
      return new Cost(100, 8);
    }

    @Override
    public Cost cost(FitRequest request, List<Window> windows) {
      return new Cost(windows.size(), 8);
    }
  }

  /** Refuses missing cells. */
  private record Fastidious(ScoreEstimator inner) implements ScoreEstimator {
    @Override
    public Score fit(FitRequest request) {
      if (request.rows().hasMissing()) {
        throw new InvalidDataException("need complete rows");
      }
      return inner.fit(request);
    }
  }

  @Test
  void theChosenRadiusGrowsWithTheNoise() {
    FitRequest request = request(600, 24);
    Score chosen = Localized.on(Graph.chain()).fit(request, new Gaussian());
    assertTrue(
        chosen.notes().get(0).startsWith("radius chosen by log SNR"), chosen.notes()::toString);
    double[] x = normals(24);
    assertTrue(reach(chosen, 24, new NoiseLevel(1, 1e-3)) <= 2);
    int noisy = reach(chosen, 24, new NoiseLevel(1, 1));
    assertTrue(noisy >= 3);
    int between = reach(chosen, 24, new NoiseLevel(1, 0.02));
    assertTrue(between < noisy, between + " and " + noisy);
    double[] again =
        means(Localized.on(Graph.chain()).fit(request, new Gaussian()), LEVELS.get(1), x);
    assertArrayEquals(again, means(chosen, LEVELS.get(1), x));
  }

  /** How far from column d/2 its posterior mean still depends on a column. */
  private static int reach(Score score, int d, NoiseLevel level) {
    double[] base = means(score, level, new double[d]);
    int reach = 0;
    for (int j = 0; j < d; j++) {
      double[] x = new double[d];
      x[j] = 10;
      if (means(score, level, x)[d / 2] != base[d / 2]) {
        reach = Math.max(reach, Math.abs(j - d / 2));
      }
    }
    return reach;
  }

  @Test
  void theChoiceStaysWithinItsBoundsAndSurvivesGaps() {
    double[] values = rows(100, 8, 6).toArray();
    for (int i = 3; i < values.length; i += 11) {
      values[i] = Double.NaN;
    }
    FitRequest request = FitRequest.of(Samples.of(8, values));
    Score score =
        Localized.on(Graph.chain()).withRadius(Size.between(1, 2)).fit(request, new Gaussian());
    int reach = reach(score, 8, LEVELS.get(1));
    assertTrue(reach == 1 || reach == 2, "reach " + reach);
    FitRequest held = request.withValidation(rows(40, 8, 7));
    assertEquals(8, Localized.on(Graph.chain()).fit(held, new Gaussian()).columns());
  }

  @Test
  void heldOutRowsWithoutAnyCellDoNotDecide() {
    double[] values = rows(200, 6, 6).toArray();
    Arrays.fill(values, 150 * 6, 160 * 6, Double.NaN);
    Samples rows = Samples.of(6, values);
    FitRequest request = FitRequest.of(rows.rows(0, 150));
    Localized local = Localized.on(Graph.chain()).withRadius(Size.between(0, 1));
    Score with = local.fit(request.withValidation(rows.rows(150, 200)), new Gaussian());
    Score without = local.fit(request.withValidation(rows.rows(160, 200)), new Gaussian());
    assertEquals(1, reach(without, 6, LEVELS.get(1)));
    assertEquals(1, reach(with, 6, LEVELS.get(1)));
  }

  @Test
  void otherRadiiHoldBelowTheirLevels() {
    Localized local =
        Localized.on(Graph.chain())
            .withRadius(1)
            .withWider(List.of(new Wider(-1, 4), new Wider(2, 2)));
    Score score = local.fit(request(50, 12), new Gaussian());
    assertEquals(1, reach(score, 12, NoiseLevel.preserving(0.05)));
    assertEquals(2, reach(score, 12, NoiseLevel.preserving(0.5)));
    assertEquals(4, reach(score, 12, NoiseLevel.preserving(0.8)));
    assertTrue(
        score.notes().contains("radius 1: windows of 2 to 3 of 12 columns in 12 fits"),
        score.notes()::toString);
    assertEquals(new Wider(2.5, 8), Wider.parse("2.5:8"));
    assertEquals("2.5:8", new Wider(2.5, 8).toString());
    assertThrows(IllegalArgumentException.class, () -> Wider.parse("8"));
    assertThrows(IllegalArgumentException.class, () -> local.withRadius(Size.AUTO));
  }

  @Test
  void theRangeIsThatOfAllWindows() {
    ScoreEstimator ranged =
        request ->
            new Ranged(new Gaussian().fit(request), new NoiseRange(-request.rows().columns(), 5));
    Score score = Localized.on(Graph.chain()).withRadius(1).fit(request(20, 5), ranged);
    assertEquals(new NoiseRange(-2, 5), score.range());
    assertFalse(score.ability(Curvature.class).isPresent());
  }

  private record Ranged(Score inner, NoiseRange range) implements Score {
    @Override
    public int columns() {
      return inner.columns();
    }

    @Override
    public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
      inner.posteriorMean(level, x, out);
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Localized grid = Localized.on(Graph.grid(2, 2)).withRadius(1);
    assertEquals(
        "need 4 columns for a grid of 2 x 2, got 5",
        assertThrows(InvalidDataException.class, () -> grid.fit(request(10, 5), PLAIN))
            .getMessage());
    String few =
        assertThrows(
                InvalidDataException.class,
                () -> Localized.on(Graph.chain()).fit(request(9, 5), PLAIN))
            .getMessage();
    assertTrue(few.startsWith("need at least 10 rows to choose a radius, got 9"), few);
    double[] values = rows(10, 3, 1).toArray();
    for (int i = 0; i < 10; i++) {
      values[3 * i + 1] = Double.NaN;
    }
    FitRequest empty = FitRequest.of(Samples.of(3, values));
    assertThrows(
        InvalidDataException.class,
        () -> Localized.on(Graph.chain()).withRadius(0).fit(empty, PLAIN));
  }

  @Test
  void theCostIsTheSumOfTheWindows() {
    ScoreEstimator slow =
        new ScoreEstimator() {
          @Override
          public Score fit(FitRequest request) {
            return PLAIN.fit(request);
          }

          @Override
          public Cost cost(FitRequest request) {
            return new Cost(request.rows().columns(), 8);
          }
        };
    Localized local = Localized.on(Graph.chain()).withRadius(1);
    assertEquals(2 + 3 + 3 + 2, local.cost(request(10, 4), slow).seconds());
    Localized wider = local.withWider(List.of(new Wider(0, 3)));
    assertEquals(2 + 3 + 3 + 2 + 4, wider.cost(request(10, 4), slow).seconds());
    assertEquals(4 + 100, wider.cost(request(10, 4), new Windows(PLAIN)).seconds());
  }

  @Test
  void aWindowIsSentItsOwnColumnsOnly() {
    FitRequest request = request(200, 40);
    Score here = Localized.on(Graph.chain()).withRadius(1).fit(request, PLAIN);
    TravellingTasks elsewhere = new TravellingTasks();
    Score there =
        Localized.on(Graph.chain()).withRadius(1).fit(request.withTasks(elsewhere), PLAIN);
    double[] x = normals(80);
    for (NoiseLevel level : LEVELS) {
      assertArrayEquals(scores(here, level, x), scores(there, level, x));
    }
    assertEquals(40, elsewhere.sent().size());
    for (int bytes : elsewhere.sent()) {
      assertTrue(bytes < 200 * 3 * Double.BYTES + 2_000, () -> "sent " + bytes + " bytes");
    }
  }
}
