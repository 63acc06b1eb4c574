package dev.espalier.estimators.closedform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Curvature;
import dev.espalier.api.Density;
import dev.espalier.api.DirectSampler;
import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Observation;
import dev.espalier.api.Samples;
import dev.espalier.api.Size;
import dev.espalier.testkit.MemoryWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelTest {

  private static final List<NoiseLevel> LEVELS =
      List.of(
          NoiseLevel.CLEAN,
          NoiseLevel.preserving(1e-20),
          NoiseLevel.preserving(0.01),
          NoiseLevel.preserving(0.5),
          NoiseLevel.preserving(0.99),
          new NoiseLevel(0, 1));

  /** Rows with weights and columns of different units; the third column is constant if asked. */
  private static FitRequest request(int n, int constant, RandomGenerator random) {
    double[][] rows = Laws.normals(n, 3, random);
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      rows[i][1] *= 3;
      rows[i][2] = i < constant ? 0.1 : rows[i][2];
      weights[i] = 0.5 + random.nextDouble();
    }
    return FitRequest.of(Samples.of(rows)).withWeights(weights);
  }

  private static KernelScore fit(double width, Size neighbours, FitRequest request) {
    return (KernelScore) new Kernel(new Kernel.Bandwidth(width), neighbours).fit(request);
  }

  /** The same law as a mixture of as many components as rows. */
  static GaussianMixture mixture(KernelScore score) {
    List<Component> components = new ArrayList<>();
    for (int i = 0; i < score.count(); i++) {
      double[] mean = new double[score.columns()];
      for (int j = 0; j < mean.length; j++) {
        mean[j] = score.column(j)[i];
      }
      components.add(Component.of(score.weight(i), mean, Covariance.diagonal(score.variances())));
    }
    return GaussianMixture.of(components);
  }

  private static void assertClose(double[] expected, double[] found, double tolerance) {
    assertTrue(
        Laws.distance(expected, found) <= tolerance * (1e-3 + Laws.norm(expected)),
        () -> Arrays.toString(expected) + " and " + Arrays.toString(found));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 30})
  void allRowsAreTheMixtureOfTheirKernels(int constant) {
    RandomGenerator random = Laws.random("allRowsAreTheMixtureOfTheirKernels" + constant);
    KernelScore score = fit(0.3, Size.AUTO, request(30, constant, random));
    GaussianMixture mixture = mixture(score);
    for (NoiseLevel level : LEVELS) {
      double[] x = Laws.rows(mixture, level, 7, random);
      double[] v = Laws.normals(x.length, random);
      double[] expected = new double[x.length];
      double[] found = new double[x.length];
      mixture.posteriorMean(level, x, expected);
      score.posteriorMean(level, x, found);
      assertClose(expected, found, 1e-12);
      mixture.jacobianTimes(level, x, v, expected);
      score.jacobianTimes(level, x, v, found);
      assertClose(expected, found, 1e-10);
      if (level.b() > 0 || constant == 0) {
        mixture.score(level, x, expected);
        score.score(level, x, found);
        assertClose(expected, found, 1e-10);
        mixture.hessianTimes(level, x, v, expected);
        score.hessianTimes(level, x, v, found);
        assertClose(expected, found, 1e-10);
        double[] logs = new double[7];
        double[] others = new double[7];
        mixture.logDensity(level, x, logs);
        score.logDensity(level, x, others);
        assertArrayEquals(logs, others, 1e-9);
      } else {
        assertThrows(
            IllegalArgumentException.class, () -> score.score(level, x, new double[x.length]));
      }
    }
  }

  @Test
  void conditionalLawsAreThoseOfTheMixture() {
    RandomGenerator random = Laws.random("conditionalLawsAreThoseOfTheMixture");
    KernelScore score = fit(0.3, Size.AUTO, request(30, 30, random));
    GaussianMixture mixture = mixture(score);
    Observation seen = Observation.columns(Map.of(1, 0.7, 2, 0.1));
    KernelScore found = (KernelScore) score.given(seen).orElseThrow();
    GaussianMixture expected = (GaussianMixture) mixture.given(seen).orElseThrow();
    double[] x = Laws.normals(9, random);
    double[] one = new double[9];
    double[] other = new double[9];
    for (NoiseLevel level : LEVELS) {
      expected.posteriorMean(level, x, one);
      found.posteriorMean(level, x, other);
      assertClose(one, other, 1e-11);
      assertEquals(0.7, other[1], 0.0);
      assertEquals(0.1, other[2], 0.0);
    }
    assertEquals(
        mixture.logEvidence(seen).getAsDouble(), score.logEvidence(seen).getAsDouble(), 1e-10);
    Observation wrong = Observation.columns(Map.of(2, 0.2));
    assertThrows(IllegalArgumentException.class, () -> score.given(wrong));
    assertEquals(Double.NEGATIVE_INFINITY, score.logEvidence(wrong).getAsDouble(), 0.0);
    assertTrue(
        score
            .given(Observation.linear(new double[1][3], new double[1], new double[1][1]))
            .isEmpty());
  }

  @Test
  void fewNeighboursAreEnoughCloseToTheDataAndFarFromThem() {
    RandomGenerator random = Laws.random("fewNeighboursAreEnough");
    FitRequest request = request(400, 0, random);
    KernelScore all = fit(0.05, Size.AUTO, request);
    KernelScore few = fit(0.05, Size.of(40), request);
    double greatest = 0;
    for (double b : new double[] {1e-6, 1e-4, 1e-3, 0.03, 0.3, 0.8, 0.99, 1}) {
      NoiseLevel level = NoiseLevel.preserving(b);
      double[] x = Laws.rows(mixture(all), level, 20, random);
      double[] expected = new double[x.length];
      double[] found = new double[x.length];
      all.posteriorMean(level, x, expected);
      few.posteriorMean(level, x, found);
      double error = Laws.distance(expected, found) / Laws.norm(expected);
      greatest = Math.max(greatest, error);
      if (b <= 1e-3 || b == 1) {
        assertTrue(error < 1e-9, () -> level + ": " + error);
      }
    }
    assertTrue(greatest > 1e-6 && greatest < 0.25, "between: " + greatest);
  }

  @Test
  void scoresOfFewNeighboursFollowTweedieAndClaimNoDensity() {
    RandomGenerator random = Laws.random("scoresOfFewNeighboursFollowTweedie");
    KernelScore few = fit(0.3, Size.of(5), request(40, 0, random));
    NoiseLevel level = NoiseLevel.preserving(0.2);
    double[] x = Laws.normals(60, random);
    double[] score = new double[60];
    double[] mean = new double[60];
    few.score(level, x, score);
    few.posteriorMean(level, x, mean);
    for (int j = 0; j < 60; j++) {
      assertEquals(level.a() * mean[j], x[j] + level.b() * score[j], 1e-12);
    }
    assertTrue(few.ability(Density.class).isEmpty());
    assertTrue(few.ability(Curvature.class).isEmpty());
    assertTrue(few.ability(DirectSampler.class).isPresent());
    KernelScore all = fit(0.3, Size.of(40), request(40, 0, random));
    assertTrue(all.ability(Density.class).isPresent());
    assertTrue(all.ability(Curvature.class).isPresent());
  }

  private static double width(double[] values) {
    Samples rows = Samples.of(1, values);
    KernelScore score = (KernelScore) new Kernel().fit(FitRequest.of(rows));
    return Math.sqrt(score.variances()[0] / score.spread(0));
  }

  @Test
  void bandwidthFollowsTheStructureOfTheRows() {
    RandomGenerator random = Laws.random("bandwidthFollowsTheStructureOfTheRows");
    double[] normal = Laws.normals(1000, random);
    double[] clusters = Laws.normals(1000, random);
    for (int i = 0; i < 1000; i++) {
      clusters[i] = 0.03 * clusters[i] + (i % 2 == 0 ? 1 : -1);
    }
    // Scott's rule, best for normal rows: 1.06 n^(-1/5) = 0.27, and 0.01 within the clusters.
    double wide = width(normal);
    double narrow = width(clusters);
    assertTrue(wide > 0.08 && wide < 0.6, "width " + wide);
    assertTrue(narrow < 0.06, "width " + narrow);
  }

  @Test
  void validationRowsJudgeTheBandwidth() {
    RandomGenerator random = Laws.random("validationRowsJudgeTheBandwidth");
    Samples rows = Samples.of(Laws.normals(60, 2, random));
    FitRequest request = FitRequest.of(rows);
    KernelScore own = (KernelScore) new Kernel().fit(request.withValidation(rows));
    KernelScore fresh = (KernelScore) new Kernel().fit(request);
    // Judged by the rows themselves, no blur is best: the least width of the grid.
    assertTrue(own.variances()[0] < 0.01 * fresh.variances()[0], own.notes().toString());
  }

  @Test
  void singleRowsAndRepeatedRowsArePoints() {
    for (int n : new int[] {1, 2, 7}) {
      double[][] rows = new double[n][];
      Arrays.fill(rows, new double[] {0.1, -7});
      KernelScore score = (KernelScore) new Kernel().fit(FitRequest.of(Samples.of(rows)));
      double[] mean = new double[2];
      score.posteriorMean(NoiseLevel.preserving(0.3), new double[] {3, 4}, mean);
      assertArrayEquals(new double[] {0.1, -7}, mean, 0.0);
    }
  }

  @Test
  void missingCellsAndOddSettingsAreRefused() {
    InvalidDataException thrown =
        assertThrows(
            InvalidDataException.class,
            () ->
                new Kernel()
                    .fit(FitRequest.of(Samples.of(new double[][] {{1, 2}, {1, Double.NaN}}))));
    assertTrue(thrown.getMessage().contains("row 1, column 1"), thrown.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> new Kernel(Kernel.Bandwidth.AUTO, Size.between(2, 5)));
    assertThrows(
        IllegalArgumentException.class, () -> new Kernel(Kernel.Bandwidth.AUTO, Size.of(0)));
    for (String text : new String[] {"0", "-1", "NaN", "wide", "Infinity"}) {
      assertThrows(IllegalArgumentException.class, () -> Kernel.Bandwidth.parse(text), text);
    }
    for (String text : new String[] {"auto", "0.3"}) {
      assertEquals(text, Kernel.Bandwidth.parse(text).toString());
    }
  }

  @Test
  void fitsSayThatTheyMemorise() {
    FitRequest request = request(10, 0, Laws.random("fitsSayThatTheyMemorise"));
    assertTrue(new Kernel().fit(request).notes().get(0).contains("memorises"));
  }

  @Test
  void storedKernelsKeepTheirNotesAndNeighbours() {
    FitRequest request = request(30, 0, Laws.random("storedKernelsKeepTheirNotes"));
    KernelScore score = fit(0.2, Size.of(4), request);
    KernelScore back =
        KernelScore.read(MemoryWriter.of(score).reader(List.of(new ClosedFormPlugin())));
    assertEquals(score.notes(), back.notes());
    assertEquals(4, back.neighbours());
  }
}
