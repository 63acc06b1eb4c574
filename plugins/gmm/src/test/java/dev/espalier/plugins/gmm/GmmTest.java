package dev.espalier.plugins.gmm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Size;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.estimators.closedform.ClosedFormPlugin;
import dev.espalier.estimators.closedform.Component;
import dev.espalier.estimators.closedform.GaussianMixture;
import dev.espalier.testkit.MemoryWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GmmTest {

  /** Rows around {@code k} corners of a square, dependent within. */
  private static double[][] clouds(int n, int k, int d, double spread) {
    RandomGenerator random = new Streams(23).stream("clouds", k);
    double[][] rows = new double[n][d];
    for (int i = 0; i < n; i++) {
      double common = random.nextGaussian();
      for (int j = 0; j < d; j++) {
        int corner = i % k;
        double centre = j % 2 == 0 ? corner % 2 : corner / 2;
        rows[i][j] = 6 * centre + spread * (0.5 * common + random.nextGaussian());
      }
    }
    return rows;
  }

  private static GaussianMixture fit(Gmm gmm, double[][] rows) {
    return (GaussianMixture) gmm.fit(FitRequest.of(Samples.of(rows)));
  }

  private static boolean noted(GaussianMixture mixture, String words) {
    return mixture.notes().stream().anyMatch(note -> note.contains(words));
  }

  private static void sane(GaussianMixture mixture, int d) {
    double[] x = new double[d];
    double[] out = new double[d];
    for (NoiseLevel level : List.of(NoiseLevel.preserving(0.01), NoiseLevel.preserving(0.9))) {
      mixture.score(level, x, out);
      for (double value : out) {
        assertTrue(Double.isFinite(value), () -> "need a finite score, got " + value);
      }
    }
    mixture.draw(new Streams(0).stream("draw", 0), out);
    for (double value : out) {
      assertTrue(Double.isFinite(value), () -> "need a finite draw, got " + value);
    }
  }

  @Test
  void bicFindsTheNumberOfPlantedComponents() {
    GaussianMixture mixture = fit(Gmm.components(Size.AUTO), clouds(600, 4, 3, 1));
    assertEquals(4, mixture.components().size());
    assertTrue(noted(mixture, "chose 4 components with tied covariance by BIC"));
    assertTrue(noted(mixture, "full 1: "), "need every BIC in the notes");
    GaussianMixture one = fit(Gmm.components(Size.between(1, 6)), clouds(400, 1, 3, 1));
    assertEquals(1, one.components().size());
  }

  @Test
  void lowRankFindsThePlantedRank() {
    RandomGenerator random = new Streams(5).stream("factors", 0);
    double[][] rows = new double[500][10];
    for (double[] row : rows) {
      double[] common = {random.nextGaussian(), random.nextGaussian()};
      for (int j = 0; j < row.length; j++) {
        row[j] = common[0] + (j % 3 - 1) * common[1] + 0.4 * random.nextGaussian();
      }
    }
    GaussianMixture mixture = fit(Gmm.components(1).withRank(Size.between(1, 4)), rows);
    assertTrue(noted(mixture, "chose 1 component with lowrank of rank 2 covariance"));
    double[][] fitted = mixture.components().get(0).covariance().matrix();
    assertEquals(fitted[0][3] / fitted[0][0], 2 / 2.16, 0.05);
  }

  @ParameterizedTest
  @EnumSource(CovarianceKind.class)
  void threadsChangeNoBit(CovarianceKind kind) {
    double[][] rows = clouds(2500, 3, 4, 2);
    for (int i = 0; i < rows.length; i += 9) {
      rows[i][i % 4] = Double.NaN;
    }
    Gmm gmm = Gmm.components(Size.between(2, 3)).withCovariance(kind).withIterations(15);
    FitRequest request = FitRequest.of(Samples.of(rows)).withSeed(3);
    double[] x = clouds(20, 3, 4, 3)[7];
    double[] expected = new double[4];
    gmm.fit(request).posteriorMean(NoiseLevel.preserving(0.4), x, expected);
    for (int threads = 1; threads <= 3; threads++) {
      double[] out = new double[4];
      gmm.fit(request.withTasks(Tasks.threads(threads)))
          .posteriorMean(NoiseLevel.preserving(0.4), x, out);
      assertArrayEquals(expected, out);
    }
  }

  /** Runs every piece in a copy by Java serialization, as a cluster does. */
  private record Shipped() implements Tasks {
    @Override
    public <R> List<R> map(int count, Piece<R> piece, Progress progress) {
      List<R> results = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        results.add(copy(copy(piece).run(i, Progress.silent())));
      }
      return results;
    }

    @SuppressWarnings("unchecked")
    private static <T> T copy(T value) {
      try {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
          out.writeObject(value);
        }
        try (ObjectInputStream in =
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
          return (T) in.readObject();
        }
      } catch (IOException | ClassNotFoundException e) {
        throw new AssertionError(e);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(CovarianceKind.class)
  void piecesTravel(CovarianceKind kind) {
    double[][] rows = clouds(1500, 3, 3, 2);
    rows[5][1] = Double.NaN;
    Gmm gmm = Gmm.components(2).withCovariance(kind).withIterations(12);
    FitRequest request = FitRequest.of(Samples.of(rows));
    double[] x = {1, 2, 3};
    double[] here = new double[3];
    double[] there = new double[3];
    gmm.fit(request).posteriorMean(NoiseLevel.preserving(0.4), x, here);
    gmm.fit(request.withTasks(new Shipped())).posteriorMean(NoiseLevel.preserving(0.4), x, there);
    assertArrayEquals(here, there);
  }

  @Test
  void keptModelsGiveTheirNotesBack() {
    GaussianMixture mixture = fit(Gmm.components(Size.between(1, 3)), clouds(200, 2, 3, 1));
    Score read = MemoryWriter.of(mixture).reader(List.of(new ClosedFormPlugin())).score();
    assertFalse(mixture.notes().isEmpty());
    assertEquals(mixture.notes(), read.notes());
    double[] x = {1, 2, 3};
    double[] before = new double[3];
    double[] after = new double[3];
    mixture.score(NoiseLevel.preserving(0.3), x, before);
    read.score(NoiseLevel.preserving(0.3), x, after);
    assertArrayEquals(before, after);
  }

  @Test
  void resultsFollowTheUnitsOfTheColumns() {
    double[][] rows = clouds(300, 3, 4, 1.5);
    double[][] scaled = new double[rows.length][];
    double[] units = {1, 1024, 1.0 / (1 << 20), 0.5};
    for (int i = 0; i < rows.length; i++) {
      scaled[i] = rows[i].clone();
      for (int j = 0; j < 4; j++) {
        scaled[i][j] *= units[j];
      }
    }
    Gmm gmm = Gmm.components(Size.between(1, 4));
    GaussianMixture one = fit(gmm, rows);
    GaussianMixture other = fit(gmm, scaled);
    assertEquals(one.components().size(), other.components().size());
    for (int k = 0; k < one.components().size(); k++) {
      Component left = one.components().get(k);
      Component right = other.components().get(k);
      assertEquals(left.weight(), right.weight());
      for (int i = 0; i < 4; i++) {
        assertEquals(left.mean(i) * units[i], right.mean(i));
        for (int j = 0; j < 4; j++) {
          assertEquals(
              left.covariance().matrix()[i][j] * units[i] * units[j],
              right.covariance().matrix()[i][j]);
        }
      }
    }
  }

  @Test
  void sphericalCovariancesAreSphericalInTheUnitsGiven() {
    double[][] rows = clouds(300, 2, 3, 1);
    for (double[] row : rows) {
      row[0] *= 5;
    }
    GaussianMixture mixture = fit(Gmm.components(2).withCovariance(CovarianceKind.SPHERICAL), rows);
    double[][] covariance = mixture.components().get(0).covariance().matrix();
    assertEquals(covariance[0][0], covariance[2][2]);
    assertEquals(0, covariance[0][1]);
  }

  @ParameterizedTest
  @EnumSource(CovarianceKind.class)
  void oneRowIsThatRow(CovarianceKind kind) {
    double[] row = {3, -2, 0};
    GaussianMixture mixture = fit(Gmm.components(4).withCovariance(kind), new double[][] {row});
    assertTrue(noted(mixture, "no column varies"));
    double[] drawn = new double[3];
    mixture.draw(new Streams(0).stream("draw", 0), drawn);
    assertArrayEquals(row, drawn);
  }

  @ParameterizedTest
  @EnumSource(CovarianceKind.class)
  void fewRowsManyColumnsAndCopiesAreFitted(CovarianceKind kind) {
    double[][] wide = clouds(6, 2, 15, 1);
    sane(fit(Gmm.components(Size.AUTO).withCovariance(kind), wide), 15);
    GaussianMixture many = fit(Gmm.components(9).withCovariance(kind), wide);
    sane(many, 15);
    assertTrue(noted(many, "need at least 9 rows for 9 components, got 6"));
    double[][] copies = new double[40][];
    Arrays.setAll(copies, i -> clouds(3, 3, 4, 1)[i % 3]);
    GaussianMixture few = fit(Gmm.components(5).withCovariance(kind), copies);
    sane(few, 4);
    assertTrue(noted(few, "components have rows of their own"));
    assertTrue(noted(few, "variance floor"));
    double[][] constant = clouds(80, 2, 3, 1);
    for (double[] row : constant) {
      row[1] = 0.1;
    }
    GaussianMixture flat = fit(Gmm.components(2).withCovariance(kind), constant);
    sane(flat, 3);
    assertEquals(kind != CovarianceKind.SPHERICAL, noted(flat, "never varies"));
  }

  @Test
  void covariancesAreNotChosenWhereRowsAreTooFew() {
    GaussianMixture wide = fit(Gmm.components(Size.AUTO), clouds(20, 2, 30, 1));
    assertEquals(0, wide.components().get(0).covariance().get(0, 1));
    assertTrue(wide.notes().isEmpty() || !noted(wide, "variance floor"));
    GaussianMixture few = fit(Gmm.components(Size.between(1, 5)), clouds(40, 2, 12, 1));
    assertFalse(noted(few, "rest on fewer rows"));
  }

  @Test
  void aFewOutliersMayHaveAComponentOfTheirOwn() {
    double[][] rows = clouds(400, 1, 3, 1);
    rows[0] = new double[] {1e4, -2e4, 3e4};
    rows[1] = new double[] {-2e4, 1e4, 1e4};
    GaussianMixture mixture = fit(Gmm.components(Size.AUTO), rows);
    Component greatest =
        mixture.components().stream()
            .max(Comparator.comparingDouble(Component::weight))
            .orElseThrow();
    assertEquals(1.25, greatest.covariance().get(0, 0), 0.6);
    assertTrue(noted(mixture, "too few rows"));
  }

  @Test
  void theFloorKeepsComponentsFromCollapsing() {
    double[][] rows = clouds(200, 1, 2, 1);
    for (int i = 0; i < 60; i++) {
      rows[i] = new double[] {4, 4};
    }
    Gmm gmm = Gmm.components(2).withCovariance(CovarianceKind.FULL).withFloor(1e-4);
    GaussianMixture mixture = fit(gmm, rows);
    assertTrue(noted(mixture, "variance floor of 1.0E-4 of the columns' variances acts on 1 of 2"));
    double least =
        mixture.components().stream()
            .mapToDouble(each -> each.covariance().matrix()[0][0])
            .min()
            .orElseThrow();
    double variance = mean(rows, 2) - mean(rows, 1) * mean(rows, 1);
    assertEquals(1e-4 * variance, least, 1e-3 * least);
  }

  private static double mean(double[][] rows, int power) {
    return Arrays.stream(rows).mapToDouble(row -> Math.pow(row[0], power)).average().orElseThrow();
  }

  @Test
  void aBestFitWithinTheStepsIsNotedWhenItIsNotReached() {
    double[][] rows = clouds(300, 4, 2, 2.5);
    Gmm gmm = Gmm.components(4).withCovariance(CovarianceKind.FULL).withTolerance(1e-12);
    assertTrue(noted(fit(gmm.withIterations(12), rows), "EM stopped after 12 steps"));
    assertFalse(noted(fit(gmm.withIterations(5000), rows), "EM stopped"));
  }

  @Test
  void missingCellsAreTakenAsRandom() {
    double[][] rows = clouds(4000, 1, 2, 1);
    double whole = 0;
    double seen = 0;
    int count = 0;
    for (double[] row : rows) {
      whole += row[1] / rows.length;
      if (row[0] > 0) {
        row[1] = Double.NaN;
      } else {
        seen += row[1];
        count++;
      }
    }
    rows[1] = new double[] {Double.NaN, Double.NaN};
    GaussianMixture mixture = fit(Gmm.components(1).withCovariance(CovarianceKind.FULL), rows);
    assertTrue(noted(mixture, "1 of the rows have no observed cell"));
    assertTrue(noted(mixture, "of the rows have missing cells"));
    assertEquals(whole, mixture.components().get(0).mean(1), 0.08);
    assertTrue(seen / count < whole - 0.12, "need cells whose gaps matter");
  }

  @Test
  void unusableRowsAndSettingsAreRefused() {
    Gmm gmm = Gmm.components(2);
    double[][] gap = {{1, Double.NaN}, {2, Double.NaN}};
    assertThrows(InvalidDataException.class, () -> fit(gmm, gap));
    assertThrows(
        InvalidDataException.class, () -> gmm.fit(FitRequest.of(Samples.of(2, new double[0]))));
    assertThrows(IllegalArgumentException.class, () -> Gmm.components(0));
    assertThrows(IllegalArgumentException.class, () -> gmm.withFloor(0));
    assertThrows(IllegalArgumentException.class, () -> gmm.withRestarts(0));
    assertThrows(IllegalArgumentException.class, () -> gmm.withIterations(0));
    assertThrows(IllegalArgumentException.class, () -> gmm.withTolerance(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> gmm.withRank(Size.of(0)));
  }

  @Test
  void theCostGrowsWithTheWork() {
    FitRequest request = FitRequest.of(Samples.of(clouds(500, 2, 6, 1)));
    double one = Gmm.components(1).cost(request).seconds();
    double ten = Gmm.components(10).cost(request).seconds();
    assertTrue(one > 0 && ten > 5 * one, () -> "got " + one + " and " + ten);
    double some = Gmm.components(Size.between(1, 6)).cost(request).seconds();
    double many = Gmm.components(Size.between(1, 60)).cost(request).seconds();
    assertEquals(some, many, 1e-12, "a search ends soon after the best");
  }
}
