package dev.espalier.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.Stage;
import com.google.inject.multibindings.OptionalBinder;
import dev.espalier.api.DrawRequest.Rows;
import dev.espalier.api.Labels;
import dev.espalier.api.Observation;
import dev.espalier.api.Progress;
import dev.espalier.api.Provider;
import dev.espalier.api.Samples;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.plugins.gmm.Gmm;
import dev.espalier.plugins.stratified.Stratified;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines of the project's own plugins, found as an application finds them. */
class DiscoveredTest {
  private static final Catalogue CATALOGUE = Catalogue.discover();
  private static final String TEXT =
      "pipeline(estimator=stratified(species, gmm(components=2)), seed=7)";

  @TempDir Path folder;

  /** Two species apart, two clumps in each. */
  private static Samples rows() {
    double[] values = new double[600];
    int[] codes = new int[200];
    for (int i = 0; i < 200; i++) {
      RandomGenerator random = new Streams(1).stream("DiscoveredTest", i);
      codes[i] = i % 2;
      for (int j = 0; j < 3; j++) {
        values[3 * i + j] = 20 * codes[i] + 5 * (i / 2 % 2) + random.nextGaussian();
      }
    }
    return Samples.of(3, values)
        .withLabels(List.of(Labels.of("species", List.of("ant", "bee"), codes)));
  }

  @Test
  void everyProviderReadsAndPrintsItsDefaults() {
    Expressions expressions = new Expressions(CATALOGUE);
    int tried = 0;
    for (Provider<?> provider : CATALOGUE.providers()) {
      boolean complete =
          CATALOGUE.keys(provider.name()).stream().allMatch(key -> key.initial().isPresent());
      if (complete) {
        Object made = expressions.parse(provider.role(), provider.name());
        String text = expressions.print(made);
        assertTrue(text.startsWith(provider.name() + "("), text);
        assertEquals(made, expressions.parse(provider.role(), text));
        tried++;
      }
    }
    assertTrue(tried >= 20, "most providers need nothing: " + tried);
  }

  @Test
  void handExpressionAndGuiceGiveTheSameTextAndTheSameBytes() {
    ScoreEstimator estimator = Stratified.by("species").around(Gmm.components(2));
    Pipeline built = Pipeline.builder().estimator(estimator).seed(7).build();
    Pipeline read = Pipeline.parse(TEXT, CATALOGUE);
    Pipeline injected =
        Guice.createInjector(
                Stage.PRODUCTION,
                new EspalierModule(),
                PipelineModule.of(
                    parts -> {
                      parts.bind(ScoreEstimator.class).toInstance(estimator);
                      OptionalBinder.newOptionalBinder(parts, Key.get(Long.class, Seed.class))
                          .setBinding()
                          .toInstance(7L);
                    }))
            .getInstance(Pipeline.class);
    assertEquals(built.toString(), read.toString());
    assertEquals(built.toString(), injected.toString());
    assertEquals(built, Pipeline.parse(built.expression(), CATALOGUE));
    Samples drawn = built.fit(rows()).draw(40);
    assertEquals(drawn, read.fit(rows()).draw(40));
    assertEquals(drawn, injected.fit(rows()).draw(40));
  }

  @Test
  void threadsCompanyAndAModelFileChangeNoBit() {
    Fitted fitted = Pipeline.parse(TEXT, CATALOGUE).fit(rows());
    Samples all = fitted.draw(Rows.range(0, 1000), 3, Tasks.here(), Progress.silent());
    assertEquals(all, fitted.draw(Rows.range(0, 1000), 3, Tasks.threads(2), Progress.silent()));
    assertEquals(
        all.rows(0, 500), fitted.draw(Rows.range(0, 500), 3, Tasks.here(), Progress.silent()));
    Path file = folder.resolve("model.esp");
    ModelFile.write(file, fitted);
    Fitted loaded = ModelFile.read(file, CATALOGUE).fitted();
    assertEquals(all, loaded.draw(Rows.range(0, 1000), 3, Tasks.here(), Progress.silent()));
    Labels species = all.label("species").orElseThrow();
    for (int i = 0; i < all.count(); i++) {
      assertEquals(20 * species.code(i) + 2.5, all.get(i, 0), 9.9, "row " + i);
    }
  }

  @Test
  void aSamplerOfManyStepsDrawsTheSameRowsInAnyCompany() {
    Fitted fitted =
        Pipeline.parse(
                "pipeline(stratified(species, gmm(2)), sampler=heun(steps=8), seed=7)", CATALOGUE)
            .fit(rows());
    Samples all = fitted.draw(Rows.range(0, 300), 3, Tasks.threads(2), Progress.silent());
    assertEquals(
        all.rows(250, 260), fitted.draw(Rows.range(250, 10), 3, Tasks.here(), Progress.silent()));
  }

  @Test
  void whatWasObservedStaysFixed() throws java.io.IOException {
    Fitted fitted = Pipeline.parse("pipeline(gmm(2), seed=1)", CATALOGUE).fit(rows());
    Fitted given = fitted.given(Observation.columns(Map.of(1, 22.0)));
    Samples drawn = given.draw(50);
    for (int i = 0; i < drawn.count(); i++) {
      assertEquals(22.0, drawn.get(i, 1), 1e-9);
      assertEquals(22.0, drawn.get(i, 0), 12);
    }
    Path file = folder.resolve("given.esp");
    ModelFile.write(file, given);
    Fitted loaded = ModelFile.read(file, CATALOGUE).fitted();
    assertEquals(given.provenance(), loaded.provenance());
    assertEquals(drawn, loaded.draw(50));
    assertTrue(Files.size(file) > 0);
  }

  @Test
  void neighbourhoodsComposeWithEveryInnerEstimator() {
    for (String estimator :
        List.of(
            "localized(radius=1, inner=gmm(components=2))",
            "localized(chain(3), 0, [\"2.5:2\"], inner=gaussian())",
            "localized(ring(), 1, share=true, inner=gaussian())",
            "localized(grid(1, 3), inner=gaussian())",
            "stratified(species, localized(edges(pairs=[0, 1]), 1, inner=gmm(1)))",
            "markovfield(chain())")) {
      Pipeline pipeline =
          Pipeline.parse("pipeline(" + estimator + ", sampler=heun(steps=6))", CATALOGUE);
      assertEquals(pipeline, Pipeline.parse(pipeline.expression(), CATALOGUE));
      Fitted fitted = pipeline.fit(rows());
      Path file = folder.resolve("local.esp");
      ModelFile.write(file, fitted);
      Fitted loaded = ModelFile.read(file, CATALOGUE).fitted();
      assertEquals(fitted.draw(20), loaded.draw(20), estimator);
      assertEquals(fitted.score().notes(), loaded.score().notes());
    }
  }
}
