package dev.espalier.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.CancelledException;
import dev.espalier.api.Conditionable;
import dev.espalier.api.Density;
import dev.espalier.api.DrawRequest.Rows;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Labels;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NotConvergedException;
import dev.espalier.api.Observation;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Tasks;
import dev.espalier.runtime.Fakes.Direct;
import dev.espalier.runtime.Fakes.Moments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FittedTest {
  private static final Catalogue CATALOGUE = Fakes.catalogue();
  private static final long SEED = 11;

  /** 60 rows around a centre for each of 3 species and 2 sexes; no male cats. */
  private static Samples labelled() {
    List<String> species = List.of("ant", "bee", "cat");
    List<String> sexes = List.of("female", "male");
    double[] values = new double[120];
    int[] first = new int[60];
    int[] second = new int[60];
    for (int i = 0; i < 60; i++) {
      first[i] = i % 3;
      second[i] = first[i] == 2 ? 0 : i / 3 % 2;
      values[2 * i] = 100 * first[i] + (i % 7) / 7.0;
      values[2 * i + 1] = 1000 * second[i] + (i % 5) / 5.0;
    }
    return Samples.of(2, values)
        .withLabels(List.of(Labels.of("species", species, first), Labels.of("sex", sexes, second)));
  }

  private static Fitted nested(int block) {
    return Pipeline.parse(
            "pipeline(bylabel(species, bylabel(sex, moments)), direct(block=" + block + "), 5)",
            CATALOGUE)
        .fit(labelled());
  }

  private static Pipeline of(ScoreEstimator estimator) {
    return Pipeline.builder()
        .catalogue(CATALOGUE)
        .estimator(estimator)
        .sampler(new Direct(64))
        .build();
  }

  private static Samples draw(Fitted fitted, Rows rows, Tasks tasks) {
    return fitted.draw(rows, SEED, tasks, Progress.silent());
  }

  @Test
  void rowsComeFromTheStratumThatTheirLabelsSay() {
    Samples drawn = draw(nested(64), Rows.range(0, 500), Tasks.here());
    Labels species = drawn.label("species").orElseThrow();
    Labels sexes = drawn.label("sex").orElseThrow();
    assertEquals(List.of("female", "male"), sexes.categories());
    int[] counts = new int[6];
    for (int i = 0; i < 500; i++) {
      assertEquals(100 * species.code(i), drawn.get(i, 0), 10);
      assertEquals(1000 * sexes.code(i), drawn.get(i, 1), 10);
      counts[2 * species.code(i) + sexes.code(i)]++;
    }
    assertEquals(0, counts[5], "no male cats");
    assertEquals(166, counts[4], 60);
    for (int k = 0; k < 4; k++) {
      assertEquals(83, counts[k], 45);
    }
  }

  @Test
  void deviationsAreThoseOfTheNearestStratum() {
    Fitted plain =
        of(request -> new Fakes.Normal(List.of(5.0, -1.0), List.of(2.0, 0.5))).fit(labelled());
    assertEquals(3, plain.deviations(Observation.columns(Map.of(0, 11.0))), 1e-3);
    assertEquals(4, plain.deviations(Observation.columns(Map.of(0, 11.0, 1, -3.0))), 1e-3);
    assertEquals(2.5, plain.deviations(Observation.range(0, 10, 20)), 1e-3);
    assertEquals(0, plain.deviations(Observation.range(0, 4, 20)));
    double sum = plain.deviations(Observation.sum(new double[] {1, 2}, 3 + 5 * Math.sqrt(5)));
    assertEquals(5, sum, 1e-3);
    Observation noisy =
        Observation.linear(
            new double[][] {{1, 0}}, new double[] {5 + 3 * Math.sqrt(8)}, new double[][] {{4}});
    assertEquals(3, plain.deviations(noisy), 1e-3);
    assertEquals(0, plain.deviations(Observation.label("sex", "male")));
    assertTrue(nested(64).deviations(Observation.columns(Map.of(0, 100.5, 1, 1000.5))) < 2);
    assertTrue(nested(64).deviations(Observation.columns(Map.of(0, 150.0))) > 100);
  }

  @Test
  void threadsBlocksAndCompanyChangeNoBit() {
    Samples all = draw(nested(64), Rows.range(0, 1000), Tasks.here());
    assertEquals(all, draw(nested(64), Rows.range(0, 1000), Tasks.threads(2)));
    assertEquals(all, draw(nested(4096), Rows.range(0, 1000), Tasks.threads(3)));
    assertEquals(all.rows(0, 500), draw(nested(64), Rows.range(0, 500), Tasks.here()));
    assertEquals(all.rows(700, 710), draw(nested(7), Rows.range(700, 10), Tasks.here()));
    assertEquals(
        all.rows(new int[] {999, 3, 500, 3}),
        draw(nested(64), Rows.of(new long[] {999, 3, 500, 3}), Tasks.threads(2)));
    assertEquals(all.rows(0, 0), draw(nested(64), Rows.range(0, 0), Tasks.here()));
  }

  @Test
  void theSeedChangesTheDraw() {
    Fitted fitted = nested(64);
    Samples drawn = draw(fitted, Rows.range(0, 50), Tasks.here());
    Samples other = fitted.draw(Rows.range(0, 50), SEED + 1, Tasks.here(), Progress.silent());
    assertNotEquals(drawn, other);
    assertEquals(
        fitted.draw(20), fitted.draw(Rows.range(0, 20), 5, Tasks.here(), Progress.silent()));
  }

  @Test
  void progressRisesToTheEndAndCancels() {
    List<Double> seen = new ArrayList<>();
    nested(16)
        .draw(
            Rows.range(0, 300),
            SEED,
            Tasks.here(),
            new Progress() {
              @Override
              public void report(String stage, double done) {
                seen.add(done);
              }
            });
    for (int i = 1; i < seen.size(); i++) {
      assertTrue(seen.get(i) >= seen.get(i - 1), seen.toString());
    }
    Progress cancelled =
        new Progress() {
          @Override
          public void report(String stage, double done) {}

          @Override
          public boolean cancelled() {
            return true;
          }
        };
    assertThrows(
        CancelledException.class,
        () -> nested(16).draw(Rows.range(0, 300), SEED, Tasks.here(), cancelled));
  }

  @Test
  void strataThatDifferInTheirLabelsAreRefused() {
    Score flat = new Moments(1).fit(FitRequest.of(Samples.of(1, new double[] {1, 2})));
    Score deep = new Fakes.Parts("sex", List.of("f"), List.of(1.0), List.of(flat));
    Score uneven =
        new Fakes.Parts("species", List.of("a", "b"), List.of(0.5, 0.5), List.of(deep, flat));
    Score twice = new Fakes.Parts("sex", List.of("f"), List.of(1.0), List.of(deep));
    Samples rows = Samples.of(1, new double[] {1, 2});
    assertEquals(
        "need the same labels in every stratum of 'species', got [sex] and, in 'b', []",
        assertThrows(IllegalArgumentException.class, () -> of(request -> uneven).fit(rows).draw(1))
            .getMessage());
    assertEquals(
        "the label 'sex' has strata within itself",
        assertThrows(IllegalArgumentException.class, () -> of(request -> twice).fit(rows).draw(1))
            .getMessage());
  }

  @Test
  void aValueThatIsNotANumberIsNoDraw() {
    Samples rows = Samples.of(1, new double[] {1, 2});
    Fitted fitted =
        new Pipeline(new Moments(0), request -> Samples.of(1, new double[] {1, Double.NaN, 2}), 0)
            .fit(rows);
    String message =
        assertThrows(
                NotConvergedException.class,
                () -> fitted.draw(Rows.range(10, 3), 0, Tasks.here(), Progress.silent()))
            .getMessage();
    assertTrue(message.contains("not a number in row 11, column 0"), message);
    assertThrows(IllegalStateException.class, () -> fitted.draw(2));
  }

  @Test
  void conditioningIsExactOrRefused() {
    Score known = new KnowsAll();
    Fitted fitted = of(request -> known).fit(Samples.of(1, new double[] {1, 2}));
    Observation observation = Observation.columns(Map.of(0, 3.0));
    Fitted given = fitted.given(observation);
    assertEquals(new Fakes.Normal(List.of(3.0), List.of(0.0)), given.score());
    assertEquals(List.of(observation.toString()), given.provenance().observed());
    assertEquals(3, given.draw(1).get(0, 0));
    assertEquals(
        "this law has no conditional law given Label[label=a, category=b]; its score has the"
            + " abilities [Density, Conditionable]. Stratify by the label, or learn with it",
        assertThrows(
                IllegalArgumentException.class, () -> fitted.given(new Observation.Label("a", "b")))
            .getMessage());
    Fitted mute = of(request -> Fakes.mute(1)).fit(Samples.of(1, new double[] {1}));
    assertThrows(IllegalArgumentException.class, () -> mute.given(observation));
    assertThrows(
        IllegalArgumentException.class, () -> mute.logDensity(Samples.of(1, new double[] {1})));
  }

  @Test
  void densitiesAreOfCleanCompleteRows() {
    Fitted fitted = of(request -> new KnowsAll()).fit(Samples.of(1, new double[] {1, 2}));
    assertArrayEquals(new double[] {-1, -4}, fitted.logDensity(Samples.of(1, new double[] {1, 2})));
    assertThrows(
        IllegalArgumentException.class,
        () -> fitted.logDensity(Samples.of(1, new double[] {Double.NaN})));
    assertThrows(
        IllegalArgumentException.class,
        () -> fitted.logDensity(Samples.of(2, new double[] {1, 2})));
  }

  @Test
  void provenanceTellsWhatWasFitted() {
    Fitted fitted = nested(64);
    Provenance provenance = fitted.provenance();
    assertEquals(
        "pipeline(estimator=bylabel(by=species, inner=bylabel(by=sex, inner=moments(extra=0))),"
            + " sampler=direct(block=64), seed=5)",
        provenance.expression());
    assertEquals(provenance.expression(), fitted.toString());
    assertEquals(fitted.pipeline(), Pipeline.parse(fitted.toString(), CATALOGUE));
    assertEquals(5, provenance.seed());
    assertEquals(60, provenance.rows());
    assertEquals(2, provenance.columns());
    assertEquals(DataDigest.of(labelled()), provenance.data());
    assertTrue(provenance.version().matches("[0-9]+\\.[0-9]+\\.[0-9]+"), provenance.version());
    assertEquals(2, provenance.plugins().size(), provenance.plugins().toString());
  }

  @Test
  void thePipelinesSeedIsTheSeedOfTheFit() {
    List<Long> seeds = new ArrayList<>();
    ScoreEstimator spy =
        request -> {
          seeds.add(request.seed());
          return new Moments(0).fit(request);
        };
    new Pipeline(spy, new Direct(1), 9).fit(FitRequest.of(labelled()).withSeed(3));
    assertEquals(List.of(9L), seeds);
  }

  @Test
  void theDigestSeesValuesShapeLabelsWeightsAndValidationRows() {
    Samples rows = labelled();
    FitRequest request = FitRequest.of(rows);
    double[] weights = new double[60];
    Arrays.fill(weights, 1);
    assertEquals(DataDigest.of(rows), DataDigest.of(request));
    assertEquals(DataDigest.of(rows), DataDigest.of(request.withWeights(weights)));
    weights[59] = 2;
    double[] changed = rows.toArray();
    changed[17] = Math.nextUp(changed[17]);
    Labels label = rows.labels().get(0);
    int[] codes = IntStream.range(0, label.count()).map(label::code).toArray();
    List<String> digests =
        List.of(
            DataDigest.of(rows),
            DataDigest.of(rows.withLabels(List.of())),
            DataDigest.of(rows.withLabels(List.of(Labels.of("other", label.categories(), codes)))),
            DataDigest.of(Samples.of(1, rows.toArray())),
            DataDigest.of(Samples.of(2, changed)),
            DataDigest.of(rows.rows(0, 59)),
            DataDigest.of(request.withWeights(weights)),
            DataDigest.of(request.withValidation(rows.rows(0, 1))));
    assertEquals(digests.size(), digests.stream().distinct().count());
    assertEquals(
        "9ceed2d18cdd27d3", DataDigest.of(Samples.of(1, new double[] {1})).substring(0, 16));
  }

  @Test
  void aPartFromNoProviderPrintsAsItPleasesButHasNoExpression() {
    Pipeline pipeline = of(new Own(2));
    assertEquals(
        "pipeline(estimator=Own[size=2], sampler=direct(block=64), seed=0)", pipeline.toString());
    String message =
        assertThrows(IllegalArgumentException.class, pipeline::expression).getMessage();
    assertTrue(message.startsWith("no provider makes " + Own.class.getName()), message);
  }

  @Test
  void aBuilderNamesAllThatIsMissing() {
    IllegalStateException failure =
        assertThrows(
            IllegalStateException.class,
            () -> Pipeline.builder().catalogue(Catalogue.of(List.of())).build());
    assertEquals(
        "a pipeline needs an estimator, got none; call estimator(...)\n"
            + "a pipeline needs a sampler, got none, and the default direct() is not there; call"
            + " sampler(...) or add the samplers to the class path: no sampler is named 'direct'."
            + " None is there",
        failure.getMessage());
  }

  /** An estimator that no plugin provides. */
  private record Own(int size) implements ScoreEstimator {
    @Override
    public Score fit(FitRequest request) {
      return new Moments(size).fit(request);
    }
  }

  /** A score of one column that pretends to have a density and conditional laws. */
  private record KnowsAll() implements Score, Density, Conditionable {
    @Override
    public int columns() {
      return 1;
    }

    @Override
    public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
      System.arraycopy(x, 0, out, 0, x.length);
    }

    @Override
    public void logDensity(NoiseLevel level, double[] x, double[] out) {
      for (int i = 0; i < x.length; i++) {
        out[i] = -x[i] * x[i];
      }
    }

    @Override
    public Optional<Score> given(Observation observation) {
      return observation instanceof Observation.Columns columns
          ? Optional.of(new Fakes.Normal(List.copyOf(columns.values().values()), List.of(0.0)))
          : Optional.empty();
    }
  }
}
