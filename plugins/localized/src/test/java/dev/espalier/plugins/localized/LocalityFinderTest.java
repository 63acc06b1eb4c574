package dev.espalier.plugins.localized;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Adjacency;
import dev.espalier.api.Evidence;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Graph;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.estimators.closedform.Gaussian;
import dev.espalier.estimators.closedform.MarkovField;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What the finder says of rows whose neighbours are known. */
class LocalityFinderTest {

  private static final Graph FOUND = new Found(0.05);

  private static Evidence look(Graph graph, Samples rows) {
    return new LocalityFinder(graph).find(FitRequest.of(rows).withSeed(3));
  }

  private static Samples noise(int count, int d, long seed) {
    RandomGenerator random = new Streams(seed).stream("noise", 0);
    double[] values = new double[count * d];
    Arrays.setAll(values, k -> random.nextGaussian());
    return Samples.of(d, values);
  }

  /** The columns of the rows in an order that hides the chain. */
  private static Samples scattered(Samples rows, int step) {
    int d = rows.columns();
    int[] order = new int[d];
    Arrays.setAll(order, j -> j * step % d);
    return rows.columns(order);
  }

  @Test
  void dependenceOfAPathReachesTheNextColumn() {
    Evidence evidence = look(Graph.chain(), Chains.rows(400, 16, 1));
    assertTrue(evidence.found());
    assertEquals("radius 1", evidence.choice().size());
    assertEquals(MarkovField.on(Graph.chain()), evidence.choice().estimator());
    assertEquals(Localized.on(Graph.chain()).withRadius(1), evidence.structures().get(0));
    assertEquals("columns depend on those up to distance 1, given the rest", evidence.verdict());
  }

  /** A path of second order: each column depends on the two on either side, given the rest. */
  @Test
  void aLongerDependenceIsAFieldOfThatReach() {
    RandomGenerator random = new Streams(8).stream("second order", 0);
    int d = 20;
    double[] values = new double[500 * d];
    for (int i = 0; i < 500; i++) {
      double before = 0;
      double x = 0;
      for (int j = -20; j < d; j++) {
        double next = 0.3 * x + 0.55 * before + random.nextGaussian();
        before = x;
        x = next;
        if (j >= 0) {
          values[i * d + j] = x;
        }
      }
    }
    Evidence evidence = look(Graph.chain(), Samples.of(d, values));
    assertEquals("radius 2", evidence.choice().size());
    assertEquals(MarkovField.on(new Graph.Reach(Graph.chain(), 2)), evidence.choice().estimator());
  }

  @Test
  void windowsReachFartherAtNoisierLevels() {
    Evidence evidence = look(Graph.chain(), Chains.rows(2_000, 24, 2));
    List<Double> radii =
        evidence.figures().stream()
            .filter(each -> each.name().equals("radius of windows by loss"))
            .map(Evidence.Figure::value)
            .toList();
    assertEquals(7, radii.size());
    assertTrue(radii.get(1) > radii.get(5), radii::toString);
    assertTrue(radii.get(1) >= 3, radii::toString);
    List<Double> partial =
        evidence.figures().stream()
            .filter(each -> each.name().equals("absolute partial correlation"))
            .map(Evidence.Figure::value)
            .toList();
    assertTrue(partial.get(0) > 5 * partial.get(2), partial::toString);
  }

  @Test
  void aWrongOrderHidesTheChain() {
    Evidence evidence = look(Graph.chain(), scattered(Chains.rows(400, 16, 1), 7));
    assertFalse(evidence.choice().size().equals("radius 1"), evidence.verdict());
  }

  @Test
  void aChainIsFoundInAnyOrder() {
    int d = 17;
    int step = 5;
    Samples rows = scattered(Chains.rows(400, d, 1), step);
    Adjacency found = FOUND.over(rows);
    int right = 0;
    int wrong = 0;
    for (int i = 0; i < d; i++) {
      for (int j : found.neighbours(i)) {
        boolean beside = Math.abs(i * step % d - j * step % d) == 1;
        right += i < j && beside ? 1 : 0;
        wrong += i < j && !beside ? 1 : 0;
      }
    }
    assertEquals(d - 1, right);
    assertTrue(wrong <= 3, () -> "false neighbours in " + Arrays.toString(found.pairs()));
    Evidence evidence = look(FOUND, rows);
    assertTrue(evidence.found());
    assertEquals("radius 1", evidence.choice().size());
    MarkovField field = (MarkovField) evidence.choice().estimator();
    assertTrue(field.graph() instanceof Graph.Edges, field::toString);
  }

  @Test
  void aGraphIsFoundInFewerRowsThanColumns() {
    int d = 60;
    Adjacency found = FOUND.over(Chains.rows(50, d, 4));
    int right = 0;
    for (int j = 0; j + 1 < d; j++) {
      right += found.distance(j, j + 1) == 1 ? 1 : 0;
    }
    int edges = found.pairs().length / 2;
    assertTrue(right >= 55, "neighbours found of 59: " + right);
    assertTrue(edges - right <= 8, "false neighbours: " + (edges - right));
  }

  /**
   * Independent columns give no edge in all but a share of 0.05 of the data sets: of 20, more than
   * 8 give one with a chance below 1e-6 (binomial). The twin has dependence and gives edges always.
   */
  @Test
  void noiseHasNoNeighbours() {
    int some = 0;
    int twin = 0;
    for (int k = 0; k < 20; k++) {
      some += FOUND.over(noise(100, 20, k)).diameter() > 0 ? 1 : 0;
      twin += FOUND.over(Chains.rows(100, 20, k)).diameter() > 0 ? 1 : 0;
    }
    assertTrue(some <= 8, "data sets with edges: " + some);
    assertEquals(20, twin);
    Evidence evidence = look(FOUND, noise(300, 10, 1));
    assertFalse(evidence.found());
    assertEquals("radius 0", evidence.choice().size());
    assertTrue(evidence.structures().isEmpty());
  }

  /** Under independence the squares of √n·partial average to 1; in a path they do not. */
  @Test
  void partialCorrelationsOfNoiseAreOfTheSizeOfChance() {
    assertEquals(1, meanSquare(NodewiseRegressions.of(noise(300, 40, 9)), 40), 0.25);
    assertTrue(meanSquare(NodewiseRegressions.of(Chains.rows(300, 40, 9)), 40) > 4);
  }

  private static double meanSquare(NodewiseRegressions regressions, int d) {
    double sum = 0;
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < i; j++) {
        sum += regressions.rows() * regressions.partial(i, j) * regressions.partial(i, j);
      }
    }
    return sum / (d * (d - 1) / 2.0);
  }

  @Test
  void tailsAreThoseOfTheNormalLaw() {
    assertEquals(1, NodewiseRegressions.tails(0), 1e-12);
    assertEquals(0.317310507863, NodewiseRegressions.tails(1), 1e-10);
    assertEquals(2.699796063260e-3, NodewiseRegressions.tails(3), 1e-11);
    assertEquals(2.732774357e-3, NodewiseRegressions.tails(2.9963), 1e-11);
    assertEquals(1.973175290e-9, NodewiseRegressions.tails(6), 1e-17);
    assertTrue(NodewiseRegressions.tails(100) >= 0);
  }

  @Test
  void duplicatedAndConstantColumnsAreNoTrouble() {
    Samples path = Chains.rows(200, 6, 5);
    double[] values = new double[200 * 8];
    for (int i = 0; i < 200; i++) {
      for (int j = 0; j < 6; j++) {
        values[8 * i + j] = path.get(i, j);
      }
      values[8 * i + 6] = path.get(i, 5);
      values[8 * i + 7] = 3;
    }
    Samples rows = Samples.of(8, values);
    Adjacency found = FOUND.over(rows);
    assertEquals(1, found.distance(5, 6));
    assertEquals(0, found.neighbours(7).length);
    Evidence evidence = look(FOUND, rows);
    assertTrue(evidence.choice().loss().mean() < 1, evidence::toString);
  }

  @Test
  void rowsWithMissingCellsTakeNoPart() {
    Samples whole = Chains.rows(120, 8, 6);
    double[] values = new double[8 * 150];
    System.arraycopy(whole.toArray(), 0, values, 0, 8 * 120);
    Arrays.fill(values, 8 * 120, values.length, Double.NaN);
    Samples gaps = Samples.of(8, values);
    assertEquals(FOUND.over(whole), FOUND.over(gaps));
    values[8 * 120] = 1;
    Evidence evidence = look(Graph.chain(), Samples.of(8, values));
    assertEquals("radius 1", evidence.choice().size());
    assertEquals(
        Localized.on(Graph.chain()).withRadius(1).around(new Gaussian()),
        evidence.choice().estimator());
  }

  @Test
  void scoresOnFoundGraphsFitAsTheyAre() {
    FitRequest request = Chains.request(150, 8);
    double[] x = Chains.normals(24);
    Graph explicit =
        Graph.edges(Arrays.stream(FOUND.over(request.rows()).pairs()).boxed().toList());
    assertEquals(
        Localized.on(explicit).withRadius(1).around(new Gaussian()).cost(request),
        Localized.on(FOUND).withRadius(1).around(new Gaussian()).cost(request));
    NoiseLevel level = new NoiseLevel(1, 0.5);
    assertArrayEquals(
        Chains.means(MarkovField.on(explicit).fit(request), level, x),
        Chains.means(MarkovField.on(FOUND).fit(request), level, x));
  }

  @Test
  void saysWhatAGraphCannotBeFoundIn() {
    InvalidDataException few =
        assertThrows(InvalidDataException.class, () -> FOUND.over(Chains.rows(19, 3, 1)));
    assertEquals("need at least 20 complete rows to find a graph, got 19", few.getMessage());
    assertThrows(InvalidDataException.class, () -> FOUND.over(4));
    assertThrows(
        InvalidDataException.class, () -> FOUND.over(Samples.of(2_001, new double[2_001])));
    assertThrows(IllegalArgumentException.class, () -> new Found(0));
    assertThrows(IllegalArgumentException.class, () -> new Found(Double.NaN));
  }
}
