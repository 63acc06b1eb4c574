package dev.espalier.plugins.stratified;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Conditionable;
import dev.espalier.api.Cost;
import dev.espalier.api.Density;
import dev.espalier.api.DirectSampler;
import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Labels;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Observation;
import dev.espalier.api.Reader;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Strata;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.api.Writer;
import dev.espalier.testkit.TravellingTasks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StratifiedTest {

  private static final Samples ROWS = rows(60, 3);
  private static final ScoreEstimator BY_KIND =
      Stratified.by("kind").around(new DiagonalNormal.Moments());

  /** Rows of two columns around (3·code, −code), with a label 'kind' and a label 'half'. */
  private static Samples rows(int count, int categories) {
    RandomGenerator random = new Streams(5).stream("stratified test", count);
    double[] values = new double[2 * count];
    int[] codes = new int[count];
    int[] halves = new int[count];
    for (int i = 0; i < count; i++) {
      codes[i] = i % 6 < 3 ? 0 : i % 6 < 5 ? 1 : 2;
      codes[i] = Math.min(codes[i], categories - 1);
      halves[i] = i % 2;
      values[2 * i] = 3 * codes[i] + random.nextGaussian();
      values[2 * i + 1] = -codes[i] + 0.5 * random.nextGaussian();
    }
    return Samples.of(2, values)
        .withLabels(
            List.of(
                Labels.of("kind", List.of("a", "b", "c"), codes),
                Labels.of("half", List.of("even", "odd"), halves)));
  }

  private static Strata strata(Score score) {
    return score.ability(Strata.class).orElseThrow();
  }

  @Test
  void everyCategoryIsFittedToItsOwnRows() {
    Strata strata = strata(BY_KIND.fit(FitRequest.of(ROWS)));
    assertEquals("kind", strata.label());
    assertEquals(List.of("a", "b", "c"), strata.categories());
    assertEquals(List.of(0.5, 1 / 3.0, 1 / 6.0), strata.weights());
    Samples own = ROWS.rows(ROWS.label("kind").orElseThrow().rowsOf(1));
    DiagonalNormal alone = (DiagonalNormal) new DiagonalNormal.Moments().fit(FitRequest.of(own));
    assertEquals(alone.means(), ((DiagonalNormal) strata.stratum(1)).means());
    assertEquals(alone.variances(), ((DiagonalNormal) strata.stratum(1)).variances());
  }

  @Test
  void rowWeightsDecideTheWeightsOfStrata() {
    double[] weights = new double[60];
    for (int i = 0; i < 60; i++) {
      weights[i] = ROWS.label("kind").orElseThrow().code(i) == 2 ? 5 : 1;
    }
    Strata strata = strata(BY_KIND.fit(FitRequest.of(ROWS).withWeights(weights)));
    assertEquals(List.of(0.3, 0.2, 0.5), strata.weights());
  }

  @Test
  void threadsChangeNothingAndCategoriesHaveTheirOwnSeeds() {
    FitRequest request = FitRequest.of(ROWS).withSeed(42).withValidation(ROWS.rows(0, 6));
    Score here = BY_KIND.fit(request);
    assertEquals(here.notes(), BY_KIND.fit(request.withTasks(Tasks.threads(2))).notes());
    assertEquals(
        List.of(
            "kind 'a': seed %d, 30 rows, 3 validation rows",
            "kind 'b': seed %d, 20 rows, 2 validation rows",
            "kind 'c': seed %d, 10 rows, 1 validation rows"),
        IntStream.range(0, 3)
            .mapToObj(
                k -> here.notes().get(k).replace("" + new Streams(42).seed("stratum", k), "%d"))
            .toList());
    assertNotEquals(here.notes(), BY_KIND.fit(request.withSeed(43)).notes());
  }

  @Test
  void theMixtureIsTheSumOfItsParts() {
    Score score = BY_KIND.fit(FitRequest.of(ROWS));
    Strata strata = strata(score);
    NoiseLevel level = NoiseLevel.preserving(0.3);
    double[] x = {0.4, -0.2, 2.5, 0.1, 40, -30, -500, 800};
    double[] density = new double[4];
    double[] mean = new double[8];
    double[] gradient = new double[8];
    score.ability(Density.class).orElseThrow().logDensity(level, x, density);
    score.posteriorMean(level, x, mean);
    score.score(level, x, gradient);
    for (int i = 0; i < 2; i++) {
      double total = 0;
      double[] expected = new double[2];
      for (int k = 0; k < 3; k++) {
        double[] row = {x[2 * i], x[2 * i + 1]};
        double[] log = new double[1];
        double[] part = new double[2];
        ((Density) strata.stratum(k)).logDensity(level, row, log);
        strata.stratum(k).posteriorMean(level, row, part);
        double joint = strata.weights().get(k) * Math.exp(log[0]);
        total += joint;
        expected[0] += joint * part[0];
        expected[1] += joint * part[1];
      }
      assertEquals(Math.log(total), density[i], 1e-12);
      assertEquals(expected[0] / total, mean[2 * i], 1e-12);
      assertEquals(expected[1] / total, mean[2 * i + 1], 1e-12);
    }
    for (int i = 0; i < 8; i++) {
      double tweedie = (level.a() * mean[i] - x[i]) / level.b();
      assertEquals(tweedie, gradient[i], 1e-10 * Math.abs(tweedie));
    }
  }

  @Test
  void theScoreIsTheGradientOfTheLogDensityRowByRow() {
    Score score = BY_KIND.fit(FitRequest.of(ROWS));
    NoiseLevel level = new NoiseLevel(0.9, 0.4);
    double[] x = {1.1, -0.4, 4, -1.5};
    double[] gradient = new double[4];
    score.score(level, x, gradient);
    double[] alone = new double[2];
    score.score(level, new double[] {x[2], x[3]}, alone);
    assertArrayEquals(alone, new double[] {gradient[2], gradient[3]});
    double h = 1e-5;
    for (int j = 0; j < 4; j++) {
      double[] up = x.clone();
      double[] down = x.clone();
      up[j] += h;
      down[j] -= h;
      double[] above = new double[2];
      double[] below = new double[2];
      ((Density) score).logDensity(level, up, above);
      ((Density) score).logDensity(level, down, below);
      assertEquals((above[j / 2] - below[j / 2]) / (2 * h), gradient[j], 1e-8);
    }
  }

  @Test
  void thePosteriorMeanExistsWithoutNoiseAndWithoutSignal() {
    Score score = BY_KIND.fit(FitRequest.of(ROWS));
    double[] out = new double[2];
    score.posteriorMean(NoiseLevel.CLEAN, new double[] {1.5, 7}, out);
    assertArrayEquals(new double[] {1.5, 7}, out);
    score.posteriorMean(new NoiseLevel(0.5, 0), new double[] {1.5, 7}, out);
    assertArrayEquals(new double[] {3, 14}, out);
    score.posteriorMean(new NoiseLevel(0, 1), new double[] {3, -3}, out);
    double[] sums = new double[2];
    for (int i = 0; i < 60; i++) {
      sums[0] += ROWS.get(i, 0) / 60;
      sums[1] += ROWS.get(i, 1) / 60;
    }
    assertArrayEquals(sums, out, 1e-12);
  }

  @Test
  void smallCategoriesKeepTheirMeanAndBorrowTheSpread() {
    int[] chosen = IntStream.range(0, 60).filter(i -> i % 6 != 5 || i == 5 || i == 11).toArray();
    Samples rows = ROWS.rows(chosen);
    Score score = BY_KIND.fit(FitRequest.of(rows));
    DiagonalNormal small = (DiagonalNormal) strata(score).stratum(2);
    double mean = (ROWS.get(5, 0) + ROWS.get(11, 0)) / 2;
    assertEquals(mean, small.means().get(0), 1e-12);
    double own = Math.pow(ROWS.get(5, 0) - mean, 2) + Math.pow(ROWS.get(11, 0) - mean, 2);
    DiagonalNormal a = (DiagonalNormal) strata(score).stratum(0);
    DiagonalNormal b = (DiagonalNormal) strata(score).stratum(1);
    double pooled = (30 * a.variances().get(0) + 20 * b.variances().get(0)) / 50;
    assertEquals((own + 8 * pooled) / 10, small.variances().get(0), 1e-12);
    assertEquals(
        "1 category of 'kind' with fewer than 10 rows borrowed the spread of the others: 'c' (2)",
        score.notes().get(0));
  }

  @Test
  void aCategoryOfOneRowHasSpreadAndMissingCellsStayMissing() {
    double[] values = new double[24];
    for (int i = 0; i < 12; i++) {
      values[2 * i] = i;
      values[2 * i + 1] = i == 11 ? Double.NaN : -i;
    }
    int[] codes = new int[12];
    codes[11] = 1;
    Samples rows =
        Samples.of(2, values).withLabels(List.of(Labels.of("kind", List.of("a", "b"), codes)));
    List<Samples> seen = new ArrayList<>();
    Stratified.by("kind")
        .fit(
            FitRequest.of(rows),
            request -> {
              seen.add(request.rows());
              return new DiagonalNormal(List.of(0.0, 0.0), List.of(1.0, 1.0), List.of());
            });
    Samples borrowed = seen.get(1);
    assertEquals(12, borrowed.count());
    assertEquals(11, borrowed.get(0, 0));
    assertTrue(Double.isNaN(borrowed.get(0, 1)));
    assertEquals(6, borrowed.get(1, 0));
    assertEquals(0, borrowed.get(1, 1), 1e-15);
  }

  /** Takes a second and ten bytes a row. */
  private record Counted() implements ScoreEstimator {
    @Override
    public Score fit(FitRequest request) {
      return new DiagonalNormal.Moments().fit(request);
    }

    @Override
    public Cost cost(FitRequest request) {
      return new Cost(request.rows().count(), 10L * request.rows().count());
    }
  }

  @Test
  void theCostIsTheTimeOfAllCategoriesAndTheMemoryOfTheLargest() {
    FitRequest request = FitRequest.of(ROWS);
    assertEquals(new Cost(60, 300), Stratified.by("kind").cost(request, new Counted()));
    assertEquals(
        new Cost(120, 600), Stratified.by("kind").withWhole().cost(request, new Counted()));
  }

  @Test
  void categoriesWithoutRowsAreLeftOut() {
    Samples rows = ROWS.rows(ROWS.label("kind").orElseThrow().rowsOf(0));
    Score score = BY_KIND.fit(FitRequest.of(rows));
    assertEquals(List.of("a"), strata(score).categories());
    assertEquals("2 categories of 'kind' without rows left out: b, c", score.notes().get(0));
  }

  @Test
  void aMissingLabelIsAnErrorThatNamesTheLabels() {
    Structuring fit = (by, rows) -> Stratified.by(by).fit(FitRequest.of(rows), request -> null);
    assertEquals(
        "need a label 'colour' to stratify by, got the labels [kind, half]. Only a column that"
            + " travels as a label can be stratified by",
        assertThrows(InvalidDataException.class, () -> fit.run("colour", ROWS)).getMessage());
    assertEquals(
        "need a label 'kind' to stratify by, got rows without labels. Only a column that travels"
            + " as a label can be stratified by",
        assertThrows(InvalidDataException.class, () -> fit.run("kind", ROWS.withLabels(List.of())))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> Stratified.by(" "));
  }

  private interface Structuring {
    Score run(String by, Samples rows);
  }

  @Test
  void tooManyCategoriesAreAnErrorBeforeAnythingIsFitted() {
    int n = 10_000;
    Samples rows =
        Samples.of(1, new double[n])
            .withLabels(
                List.of(
                    Labels.of(
                        "id",
                        IntStream.range(0, n).mapToObj(i -> "i" + i).toList(),
                        IntStream.range(0, n).toArray())));
    assertEquals(
        "need at most 500 categories to stratify by, got 10000 in 'id'. Stratify by a coarser"
            + " label, or leave this one among the other columns",
        assertThrows(
                InvalidDataException.class,
                () -> Stratified.by("id").fit(FitRequest.of(rows), request -> null))
            .getMessage());
  }

  @Test
  void conditioningOnTheLabelGivesTheStratumWithItsLabel() {
    Score score = BY_KIND.fit(FitRequest.of(ROWS));
    Conditionable law = score.ability(Conditionable.class).orElseThrow();
    Strata only = strata(law.given(new Observation.Label("kind", "b")).orElseThrow());
    assertEquals(List.of("b"), only.categories());
    assertEquals(List.of(1.0), only.weights());
    assertEquals(strata(score).stratum(1), only.stratum(0));
    assertEquals(
        Math.log(1 / 3.0), law.logEvidence(new Observation.Label("kind", "b")).getAsDouble());
    Observation first = new Observation.Label("kind", "a");
    assertEquals(List.of("a"), strata(law.given(first).orElseThrow()).categories());
    assertEquals(
        Math.log(strata(score).weights().get(0)), law.logEvidence(first).getAsDouble(), 1e-12);
    assertEquals(
        "need a category of 'kind', one of [a, b, c], got 'd'",
        assertThrows(
                IllegalArgumentException.class, () -> law.given(new Observation.Label("kind", "d")))
            .getMessage());
  }

  @Test
  void otherObservationsReweighTheStrataByTheirEvidence() {
    Score score = BY_KIND.fit(FitRequest.of(ROWS));
    Observation observed = Observation.columns(Map.of(0, 2.0));
    Strata posterior = strata(((Conditionable) score).given(observed).orElseThrow());
    double[] joint = new double[3];
    double sum = 0;
    for (int k = 0; k < 3; k++) {
      DiagonalNormal part = (DiagonalNormal) strata(score).stratum(k);
      double v = part.variances().get(0);
      double r = 2 - part.means().get(0);
      joint[k] = strata(score).weights().get(k) * Math.exp(-r * r / (2 * v)) / Math.sqrt(v);
      sum += joint[k];
    }
    for (int k = 0; k < 3; k++) {
      assertEquals(joint[k] / sum, posterior.weights().get(k), 1e-12);
      assertEquals(2.0, ((DiagonalNormal) posterior.stratum(k)).means().get(0));
    }
    assertEquals(
        Math.log(sum / Math.sqrt(2 * Math.PI)),
        ((Conditionable) score).logEvidence(observed).getAsDouble(),
        1e-12);
    assertEquals(Optional.empty(), ((Conditionable) score).given(new Observation.Range(0, 1, 2)));
  }

  @Test
  void strataNestAndAnInnerLabelIsFoundInside() {
    ScoreEstimator nested = Stratified.by("half").around(BY_KIND);
    Score score = nested.fit(FitRequest.of(ROWS));
    Strata inner = strata(strata(score).stratum(1));
    assertEquals("kind", inner.label());
    Strata given =
        strata(((Conditionable) score).given(new Observation.Label("kind", "c")).orElseThrow());
    assertEquals("half", given.label());
    assertEquals(List.of("odd"), given.categories());
    assertEquals(List.of("c"), strata(given.stratum(0)).categories());
    assertEquals(
        "need an observation that is possible, got Label[label=kind, category=z] with probability"
            + " zero",
        assertThrows(
                IllegalArgumentException.class,
                () -> ((Conditionable) score).given(new Observation.Label("kind", "z")))
            .getMessage());
  }

  /** A score that knows its posterior mean and nothing else. */
  private record Bare(double value) implements Score {
    @Override
    public int columns() {
      return 2;
    }

    @Override
    public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
      java.util.Arrays.fill(out, value);
    }
  }

  @Test
  void strataWithoutDensitiesCanOnlyBeDrawnOneByOne() {
    Score score = Stratified.by("kind").around(request -> new Bare(3)).fit(FitRequest.of(ROWS));
    assertFalse(score.ability(Density.class).isPresent());
    assertFalse(score.ability(DirectSampler.class).isPresent());
    double[] out = new double[2];
    assertEquals(
        "the strata of 'kind' cannot be mixed, because the score of 'a' has no density. Draw stratum"
            + " by stratum, condition on kind, or fit with whole=true",
        assertThrows(
                IllegalStateException.class,
                () -> score.posteriorMean(NoiseLevel.preserving(0.5), new double[2], out))
            .getMessage());
    Score only = ((Conditionable) score).given(new Observation.Label("kind", "c")).orElseThrow();
    only.posteriorMean(NoiseLevel.preserving(0.5), new double[2], out);
    assertArrayEquals(new double[] {3, 3}, out);
    assertEquals(
        Optional.empty(), ((Conditionable) score).given(Observation.columns(Map.of(0, 1.0))));
  }

  @Test
  void aScoreOfAllRowsAnswersForTheWhole() {
    Score score =
        Stratified.by("kind")
            .withWhole()
            .around(request -> new Bare(request.rows().count()))
            .fit(FitRequest.of(ROWS));
    double[] out = new double[2];
    score.posteriorMean(NoiseLevel.preserving(0.5), new double[2], out);
    assertArrayEquals(new double[] {60, 60}, out);
    assertFalse(score.ability(Density.class).isPresent());
    Score only = ((Conditionable) score).given(Observation.label("kind", "c")).orElseThrow();
    only.posteriorMean(NoiseLevel.preserving(0.5), new double[2], out);
    double own = ROWS.label("kind").orElseThrow().rowsOf(2).length;
    assertArrayEquals(new double[] {own, own}, out);
  }

  @Test
  void directDrawsComeFromTheStrataInTheirShares() {
    Score score = BY_KIND.fit(FitRequest.of(ROWS));
    DirectSampler sampler = score.ability(DirectSampler.class).orElseThrow();
    // Binomial share of the far stratum 'c' (mean 6), 20,000 draws, 1/6 expected: alpha 1e-6, 4.89
    // standard errors; a share of 0.2 would be 12 standard errors away.
    int far = 0;
    double[] row = new double[2];
    for (int i = 0; i < 20_000; i++) {
      sampler.draw(new Streams(77).stream("direct", i), row);
      far += row[1] < -1.5 ? 1 : 0;
    }
    double expected = 0;
    for (int k = 0; k < 3; k++) {
      DiagonalNormal part = (DiagonalNormal) strata(score).stratum(k);
      expected +=
          strata(score).weights().get(k)
              * normal((-1.5 - part.means().get(1)) / Math.sqrt(part.variances().get(1)));
    }
    double error = Math.sqrt(expected * (1 - expected) / 20_000);
    assertEquals(expected, far / 20_000.0, 4.89 * error);
    assertTrue(Math.abs(expected * 1.2 - far / 20_000.0) > 4.89 * error);
  }

  /** The standard normal distribution function by Simpson's rule from −10. */
  private static double normal(double z) {
    int steps = 2000;
    double h = (z + 10) / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double x = -10 + i * h;
      sum += (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.exp(-x * x / 2);
    }
    return sum * h / 3 / Math.sqrt(2 * Math.PI);
  }

  /** Keeps what is written in a map. */
  private record Shelf(Map<String, Object> entries) implements Writer, Reader {
    @Override
    public void tensor(String name, double[] values, long... shape) {
      entries.put(name, values);
    }

    @Override
    public void text(String name, String value) {
      entries.put(name, value);
    }

    @Override
    public void part(String name, Score part) {
      entries.put(name, part);
    }

    @Override
    public double[] tensor(String name, long... shape) {
      return (double[]) entries.get(name);
    }

    @Override
    public long[] shape(String name) {
      return new long[] {tensor(name).length};
    }

    @Override
    public String text(String name) {
      return (String) entries.get(name);
    }

    @Override
    public Score part(String name) {
      return (Score) entries.get(name);
    }

    @Override
    public boolean has(String name) {
      return entries.containsKey(name);
    }
  }

  @Test
  void aNoteOfSeveralStrataIsSaidOnce() {
    List<Score> strata = new ArrayList<>();
    for (List<String> notes : List.of(List.of("x", "y"), List.of("x"), List.of("x", "y"))) {
      strata.add(new DiagonalNormal(List.of(0.0), List.of(1.0), notes));
    }
    StratifiedScore score =
        new StratifiedScore("kind", List.of("a", "b", "c"), List.of(0.5, 0.25, 0.25), strata);
    assertEquals(List.of("every kind: x", "kind 'a', 'c': y"), score.notes());
  }

  @Test
  void whatIsWrittenIsReadBack() {
    StratifiedScore score = (StratifiedScore) BY_KIND.fit(FitRequest.of(rows(60, 2)));
    Shelf shelf = new Shelf(new HashMap<>());
    score.write(shelf);
    StratifiedScore read = (StratifiedScore) StratifiedScore.read(shelf);
    assertEquals("stratified", read.provider());
    assertEquals(score.label(), read.label());
    assertEquals(score.categories(), read.categories());
    assertEquals(score.weights(), read.weights());
    assertEquals(score.stratum(1), read.stratum(1));
    assertEquals(score.notes(), read.notes());
    assertEquals(3, read.notes().size());
    shelf.tensor("weights", new double[] {0.5, 0.4});
    assertThrows(InvalidDataException.class, () -> StratifiedScore.read(shelf));
  }

  @Test
  void nestedStrataTellAllLabelsTheyNeed() {
    ScoreEstimator inner = new DiagonalNormal.Moments();
    assertEquals(
        List.of("half", "kind"),
        Stratified.by("half").around(Stratified.by("kind").around(inner)).labels());
  }

  @Test
  void aCategoryIsSentItsOwnRowsOnly() {
    Samples rows = rows(3_000, 3);
    TravellingTasks elsewhere = new TravellingTasks();
    BY_KIND.fit(FitRequest.of(rows).withTasks(elsewhere));
    int row = 3 * Double.BYTES + 2 * Integer.BYTES;
    for (int k = 0; k < 3; k++) {
      int own = rows.label("kind").orElseThrow().rowsOf(k).length;
      int bytes = elsewhere.sent().get(k);
      assertTrue(bytes < own * row + 2_500, () -> "sent " + bytes + " bytes");
    }
  }
}
