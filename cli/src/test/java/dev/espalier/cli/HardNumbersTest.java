package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.espalier.api.Conditionable;
import dev.espalier.api.Curvature;
import dev.espalier.api.Density;
import dev.espalier.api.DrawRequest;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Guidance;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NotConvergedException;
import dev.espalier.api.Observation;
import dev.espalier.api.Progress;
import dev.espalier.api.Provider;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Strata;
import dev.espalier.api.Streams;
import dev.espalier.api.Structure;
import dev.espalier.api.Tasks;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.Expressions;
import dev.espalier.runtime.Fitted;
import dev.espalier.runtime.ModelFile;
import dev.espalier.runtime.Pipeline;
import dev.espalier.tables.Column;
import dev.espalier.tables.Csv;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything there is to learn and to draw with, on rows that are hard on numbers: the answers are
 * finite numbers, or the rows are refused in words.
 */
class HardNumbersTest {

  private static final Catalogue CATALOGUE = Catalogue.discover();
  private static final Expressions WORDS = new Expressions(CATALOGUE);

  /** The least noise, other than none, at which answers are promised. */
  private static final double LEAST_NOISE = 1e-200;

  /** What needs more than its name, or less than its defaults to be quick. */
  private static final Map<String, List<String>> EXPRESSIONS =
      Map.of(
          "gaussian", List.of("gaussian()", "gaussian(shrinkage=oas)", "gaussian(shrinkage=none)"),
          "gmm",
              List.of(
                  "gmm(components=1..2, restarts=1)",
                  "gmm(components=3, covariance=full, restarts=1)",
                  "gmm(components=2, covariance=lowrank, rank=1, restarts=1)"),
          "network", List.of("network(hidden=[8], steps=20, batch=16)"),
          "labelled", List.of("labelled(by=k, inner=network(hidden=[8], steps=20, batch=16))"),
          "levelwise", List.of("levelwise([ridge(count=10, levels=4), gaussian()])"),
          "ridge", List.of("ridge(count=10, levels=4)", "ridge(features=linear, levels=4)"),
          "localized",
              List.of(
                  "localized(radius=1, inner=gaussian())",
                  "localized(radius=0..1, inner=gmm(components=2, restarts=1))"),
          "subspace",
              List.of(
                  "subspace(rank=2, inner=gaussian())",
                  "subspace(rank=1..3, inner=gmm(components=2, restarts=1))"),
          "stratified",
              List.of(
                  "stratified(by=k, inner=gaussian())",
                  "stratified(by=k, whole=true, inner=subspace(rank=2, inner=gaussian()))"));

  private static final Set<String> HARDEST =
      Set.of(
          "rows times 1.0E-12",
          "columns of all scales",
          "nearly equal columns, 1.0E-10",
          "a constant column",
          "rows: 1",
          "more columns than rows",
          "rows times 1.0E100",
          "every third cell missing");

  /** {@code auto} chooses from what is all here. */
  private static final Set<String> COVERED = Set.of("auto");

  @TempDir private Path folder;

  private static Stream<String> names(Class<?>... roles) {
    return CATALOGUE.providers().stream()
        .filter(each -> Arrays.asList(roles).contains(each.role()))
        .map(Provider::name);
  }

  /** One test for all rows, which names every failure. */
  private static DynamicTest over(String what, Map<String, Samples> all, Check check) {
    return dynamicTest(
        what,
        () -> {
          List<String> failures = new ArrayList<>();
          all.forEach(
              (name, rows) -> {
                try {
                  check.on(rows);
                } catch (RuntimeException | AssertionError failure) {
                  failures.add(name + ": " + failure);
                }
              });
          if (!failures.isEmpty()) {
            fail(String.join("\n", failures));
          }
        });
  }

  private interface Check {
    void on(Samples rows);
  }

  private static Stream<String> estimators() {
    return names(ScoreEstimator.class, Structure.class)
        .filter(name -> !COVERED.contains(name))
        .flatMap(name -> EXPRESSIONS.getOrDefault(name, List.of(name + "()")).stream());
  }

  /** One way of each, on the hardest rows of each kind; the long tests below run them all. */
  @TestFactory
  Stream<DynamicTest> everyEstimatorAnswersHardRowsInNumbersOrRefusesThem() {
    Map<String, Samples> rows = HardRows.all();
    rows.keySet().retainAll(HARDEST);
    return names(ScoreEstimator.class, Structure.class)
        .filter(name -> !COVERED.contains(name))
        .map(name -> EXPRESSIONS.getOrDefault(name, List.of(name + "()")).get(0))
        .map(estimator -> over(estimator, rows, each -> learnOrRefuse(estimator, each)));
  }

  @TestFactory
  Stream<DynamicTest> everyEstimatorTellsOfConstantColumns() {
    Map<String, Samples> rows = HardRows.degenerate();
    rows.keySet().removeIf(name -> !name.equals("a constant column"));
    return names(ScoreEstimator.class)
        .filter(name -> !COVERED.contains(name))
        .map(name -> EXPRESSIONS.getOrDefault(name, List.of(name + "()")).get(0))
        .map(
            estimator ->
                over(
                    estimator,
                    rows,
                    each -> {
                      String notes = fitted(estimator, "direct()", each).notes().toString();
                      assertTrue(notes.matches(".*(constant|never varies).*"), notes);
                    }));
  }

  @Tag("long")
  @TestFactory
  Stream<DynamicTest> rowsOfAnyScaleAndRankAreLearnedAndAnsweredInNumbers() {
    Map<String, Samples> rows = new LinkedHashMap<>(HardRows.scaled());
    rows.putAll(HardRows.degenerate());
    return estimators().map(estimator -> over(estimator, rows, each -> learn(estimator, each)));
  }

  @Tag("long")
  @TestFactory
  Stream<DynamicTest> fewExtremeAndMissingRowsAreAnsweredInNumbersOrRefused() {
    Map<String, Samples> rows = new LinkedHashMap<>(HardRows.few());
    rows.putAll(HardRows.extreme());
    rows.putAll(HardRows.missing());
    return estimators()
        .map(estimator -> over(estimator, rows, each -> learnOrRefuse(estimator, each)));
  }

  private void learnOrRefuse(String estimator, Samples rows) {
    try {
      learn(estimator, rows);
    } catch (InvalidDataException | NotConvergedException refusal) {
      assertFalse(refusal.getMessage().isBlank(), "need words that say why");
    }
  }

  private void learn(String estimator, Samples rows) {
    Fitted fitted = fitted(estimator, "direct()", rows);
    draw(fitted);
    draw(fitted.with(WORDS.parse(Sampler.class, "heun(steps=6)")));
    ask(fitted.score(), rows);
    Path file = folder.resolve("model.esp");
    ModelFile.write(file, fitted);
    ask(ModelFile.read(file, CATALOGUE).fitted().score(), rows);
  }

  private static Fitted fitted(String estimator, String sampler, Samples rows) {
    return Pipeline.parse("pipeline(" + estimator + ", " + sampler + ", seed=2)", CATALOGUE)
        .fit(FitRequest.of(rows));
  }

  private static void draw(Fitted fitted) {
    Samples drawn = fitted.draw(DrawRequest.Rows.range(0, 6), 2, Tasks.here(), Progress.silent());
    assertFinite("a draw", drawn.toArray());
  }

  @Tag("long")
  @TestFactory
  Stream<DynamicTest> everySamplerDrawsNumbersFromLawsOfAnyScaleAndRank() {
    Map<String, Samples> rows = new LinkedHashMap<>(HardRows.scaled());
    rows.putAll(HardRows.degenerate());
    return names(Sampler.class)
        .map(
            sampler ->
                over(sampler, rows, each -> draw(fitted("gaussian()", sampler + "()", each))));
  }

  @Tag("long")
  @TestFactory
  Stream<DynamicTest> everyGuidanceDrawsNumbersFromLawsOfAnyScaleAndRank() {
    Map<String, Samples> rows = new LinkedHashMap<>(HardRows.scaled());
    rows.putAll(HardRows.degenerate());
    return names(Guidance.class)
        .filter(guidance -> !guidance.equals("classifierfree")) // asks for labels
        .map(
            guidance ->
                over(
                    guidance,
                    rows,
                    each -> {
                      Guidance made = WORDS.parse(Guidance.class, guidance + "()");
                      draw(
                          fitted("gaussian()", "heun(steps=8)", each)
                              .given(new Observation.Columns(Map.of(0, each.get(0, 0))), made));
                    }));
  }

  @Tag("long")
  @TestFactory
  Stream<DynamicTest> tablesOfAnyNumbersAreLearnedAndDrawnInNumbersOrRefused() {
    return Stream.of("gaussian()", "gmm(components=1..2)")
        .map(estimator -> over(estimator, HardRows.all(), rows -> learnTable(estimator, rows)));
  }

  private void learnTable(String estimator, Samples rows) {
    Path file = Command.write(folder.resolve("rows.csv"), Structured.csv(rows).replace("NaN", ""));
    Table table = Csv.read(file);
    Pipeline pipeline = Pipeline.parse("pipeline(" + estimator + ", seed=2)", CATALOGUE);
    Table drawn;
    try {
      drawn = TableModel.fit(table, pipeline).draw(20);
    } catch (InvalidDataException refusal) {
      assertTrue(
          refusal.getMessage().contains("2 rows") || refusal.getMessage().contains("varies"),
          refusal.getMessage());
      return;
    }
    for (Column column : drawn.columns()) {
      boolean gaps = table.column(column.name()).missing() > 0;
      for (int i = 0; i < drawn.count(); i++) {
        String cell = column.text(i);
        assertTrue(cell == null ? gaps : !cell.matches(".*(NaN|Infinity).*"), column.name());
      }
    }
  }

  /** Asks everything, at noise from next to none to nothing but noise. */
  private static void ask(Score score, Samples rows) {
    Samples some = rows.rows(0, Math.min(5, rows.count()));
    double spread = spread(rows);
    List<NoiseLevel> levels = new ArrayList<>();
    for (double b : new double[] {1e-12, 1e-3, 0.5, 1 - 1e-9}) {
      levels.add(NoiseLevel.preserving(b));
    }
    levels.add(NoiseLevel.exploding(1));
    levels.add(new NoiseLevel(0, 1));
    if (spread * spread > LEAST_NOISE) {
      levels.add(NoiseLevel.exploding(spread));
    }
    levels.removeIf(level -> !score.range().contains(level));
    levels.forEach(level -> askAt(score, level, noisy(some, level)));
    if (score.range().contains(NoiseLevel.CLEAN)) {
      askClean(score, noisy(some, NoiseLevel.CLEAN));
    }
    score
        .ability(Strata.class)
        .ifPresent(
            strata -> {
              for (int k = 0; k < strata.categories().size(); k++) {
                assertFinite("a weight", strata.weights().get(k));
                ask(strata.stratum(k), rows);
              }
            });
    score.ability(Conditionable.class).ifPresent(able -> condition(able, levels, some, spread));
  }

  private static void condition(
      Conditionable able, List<NoiseLevel> levels, Samples some, double spread) {
    double first = noisy(some, NoiseLevel.CLEAN)[0];
    for (Observation observation :
        List.of(
            new Observation.Columns(Map.of(0, first)),
            Observation.range(0, first - spread, first + spread))) {
      able.logEvidence(observation)
          .ifPresent(value -> assertFalse(Double.isNaN(value), "evidence of " + observation));
      Optional<Score> given;
      try {
        given = able.given(observation);
      } catch (IllegalArgumentException impossible) {
        String reason = impossible.getMessage();
        assertTrue(reason.contains("probability zero") || reason.contains("possible"), reason);
        continue;
      }
      given.ifPresent(law -> levels.forEach(each -> askAt(law, each, noisy(some, each))));
    }
  }

  private static void askClean(Score score, double[] x) {
    double[] out = new double[x.length];
    score.posteriorMean(NoiseLevel.CLEAN, x, out);
    assertFinite("the clean posterior mean", out);
    score
        .ability(Density.class)
        .ifPresent(
            density -> {
              double[] logs = new double[x.length / score.columns()];
              try {
                density.logDensity(NoiseLevel.CLEAN, x, logs);
              } catch (IllegalArgumentException flat) {
                assertTrue(flat.getMessage().startsWith("need b > 0"), flat.getMessage());
              }
              assertFinite("the clean density", logs);
            });
  }

  private static void askAt(Score score, NoiseLevel level, double[] x) {
    double[] out = new double[x.length];
    score.posteriorMean(level, x, out);
    assertFinite("the posterior mean at " + level, out);
    score.score(level, x, out);
    assertFinite("the score at " + level, out);
    score
        .ability(Density.class)
        .ifPresent(
            density -> {
              double[] logs = new double[x.length / score.columns()];
              density.logDensity(level, x, logs);
              assertFinite("the density at " + level, logs);
            });
    double[] v = new double[x.length];
    Arrays.fill(v, 1);
    score
        .ability(Curvature.class)
        .ifPresent(
            curvature -> {
              curvature.jacobianTimes(level, x, v, out);
              assertFinite("the Jacobian at " + level, out);
              curvature.transposedJacobianTimes(level, x, v, out);
              assertFinite("the transposed Jacobian at " + level, out);
              curvature.hessianTimes(level, x, v, out);
              assertFinite("the Hessian at " + level, out);
            });
  }

  /** Half of the way from the least value to the greatest. */
  private static double spread(Samples rows) {
    double[] known = Arrays.stream(rows.toArray()).filter(Double::isFinite).sorted().toArray();
    return known.length == 0 ? 0 : known[known.length - 1] / 2 - known[0] / 2;
  }

  private static double[] noisy(Samples rows, NoiseLevel level) {
    RandomGenerator random = new Streams(8).stream("noisy", 0);
    double[] x = rows.toArray();
    for (int i = 0; i < x.length; i++) {
      double value = Double.isNaN(x[i]) ? 0 : x[i];
      x[i] = level.a() * value + Math.sqrt(level.b()) * random.nextGaussian();
    }
    return x;
  }

  private static void assertFinite(String what, double... values) {
    for (double value : values) {
      assertTrue(Double.isFinite(value), () -> "need numbers for " + what + ", got " + value);
    }
  }
}
