package dev.espalier.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Labels;
import dev.espalier.api.Samples;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The estimator that chooses. */
class AutoTest {
  private static final Catalogue CATALOGUE = Catalogue.discover();
  private static final Expressions EXPRESSIONS = new Expressions(CATALOGUE);

  @TempDir Path folder;

  /** Two groups, far apart, in three columns. */
  private static Samples groups(int count, long seed) {
    double[] values = new double[3 * count];
    int[] codes = new int[count];
    for (int i = 0; i < count; i++) {
      RandomGenerator random = new Streams(seed).stream("AutoTest", i);
      codes[i] = i % 2;
      for (int j = 0; j < 3; j++) {
        values[3 * i + j] = 6 * codes[i] + random.nextGaussian();
      }
    }
    return Samples.of(3, values)
        .withLabels(List.of(Labels.of("half", List.of("low", "high"), codes)));
  }

  /** A path of 12 columns. */
  private static Samples paths(int count) {
    double[] values = new double[12 * count];
    for (int i = 0; i < count; i++) {
      RandomGenerator random = new Streams(2).stream("AutoTest", i);
      double x = random.nextGaussian();
      for (int j = 0; j < 12; j++) {
        values[12 * i + j] = x;
        x = 0.9 * x + Math.sqrt(1 - 0.81) * random.nextGaussian();
      }
    }
    return Samples.of(12, values);
  }

  private static Auto auto(String text) {
    return (Auto) EXPRESSIONS.parse(ScoreEstimator.class, text);
  }

  @Test
  void choosesWhatTheRowsAskFor() {
    Auto.Choice groups = auto("auto").choose(FitRequest.of(groups(400, 1)));
    assertTrue(
        EXPRESSIONS.brief(groups.estimator()).startsWith("gmm(components=2"),
        groups.notes()::toString);
    Auto.Choice path =
        auto("auto(finders=[locality(graph=chain()), mixture(1..2)], estimators=[gmm(1..2)])")
            .choose(FitRequest.of(paths(300)));
    assertEquals(
        "markovfield()", EXPRESSIONS.brief(path.estimator()), () -> path.notes().toString());
    assertTrue(
        path.findings().orElseThrow().finalists().stream()
            .anyMatch(
                each ->
                    EXPRESSIONS
                        .brief(each.candidate().estimator())
                        .startsWith("localized(radius=1, inner=gmm(")),
        path.notes()::toString);
  }

  @Test
  void aPipelineKeepsTheChoiceAndRepeatsWithoutChoosing() {
    Samples rows = groups(300, 2);
    Pipeline pipeline = Pipeline.parse("pipeline(auto(budget=30), seed=5)", CATALOGUE);
    assertEquals(pipeline, Pipeline.parse(pipeline.expression(), CATALOGUE));
    Fitted fitted = pipeline.fit(rows);
    String text = fitted.provenance().expression();
    assertTrue(text.startsWith("pipeline(estimator=gmm(components=2,"), text);
    assertTrue(
        fitted.notes().get(0).startsWith("auto chose gmm(components=2"), fitted.notes()::toString);
    Fitted again = Pipeline.parse(text, CATALOGUE).fit(rows);
    assertEquals(fitted.draw(50), again.draw(50));
    Path file = folder.resolve("chosen.esp");
    ModelFile.write(file, fitted);
    Fitted loaded = ModelFile.read(file, CATALOGUE).fitted();
    assertEquals(fitted.notes(), loaded.notes());
    assertEquals(fitted.draw(50), loaded.draw(50));
  }

  @Test
  void insideOthersItChoosesForEachAndNotesTellIt() {
    Pipeline pipeline =
        Pipeline.parse(
            "pipeline(stratified(half, auto(30)), sampler=heun(steps=8), seed=5)", CATALOGUE);
    Fitted fitted = pipeline.fit(groups(300, 3));
    assertEquals(pipeline, fitted.pipeline());
    assertTrue(
        fitted.notes().stream().anyMatch(note -> note.contains("auto chose isotropic()")),
        fitted.notes()::toString);
    Path file = folder.resolve("nested.esp");
    ModelFile.write(file, fitted);
    assertEquals(fitted.draw(20), ModelFile.read(file, CATALOGUE).fitted().draw(20));
  }

  @Test
  void threadsDecideNothing() {
    FitRequest request = FitRequest.of(paths(200));
    Auto auto = auto("auto(budget=5, finders=[mixture(1..2)])");
    assertEquals(
        auto.choose(request.withTasks(Tasks.here())).notes(),
        auto.choose(request.withTasks(Tasks.threads(2))).notes());
  }

  @Test
  void theBudgetDecidesByCostsWhatTakesPart() {
    FitRequest request = FitRequest.of(paths(200));
    Auto.Choice rich = auto("auto(budget=1000, estimators=[gmm(1..2)])").choose(request);
    Auto.Choice poor = auto("auto(budget=0.05, estimators=[gmm(1..2)])").choose(request);
    assertTrue(tried(rich) > tried(poor), () -> tried(rich) + " and " + tried(poor));
    assertTrue(
        poor.notes().stream()
            .anyMatch(note -> note.startsWith("mixture was not looked for: it is expected to")),
        poor.notes()::toString);
    Auto.Choice some =
        auto("auto(budget=3, estimators=[gmm(1..2), gmm(1..40)], finders=[mixture(1..2)])")
            .choose(request);
    List<String> leftOut =
        some.notes().stream().filter(note -> note.startsWith("auto left out ")).toList();
    assertFalse(leftOut.isEmpty(), some.notes()::toString);
    assertTrue(
        leftOut.stream().allMatch(note -> note.contains("inner=gmm(components=1..40)")),
        some.notes()::toString);
    String forecast = auto("auto(budget=7)").forecast(request);
    assertTrue(forecast.contains("expected to take "), forecast);
    assertEquals(7, auto("auto(budget=7)").cost(request).seconds());
  }

  private static int tried(Auto.Choice choice) {
    return choice.findings().orElseThrow().finalists().size();
  }

  @Test
  void fewRowsGetOneNormalLaw() {
    Auto.Choice choice = auto("auto").choose(FitRequest.of(groups(9, 1)));
    assertEquals("gaussian()", EXPRESSIONS.brief(choice.estimator()));
    assertTrue(choice.notes().get(0).contains("need at least 20 rows"), choice.notes()::toString);
    double[] constant = new double[90];
    Arrays.fill(constant, 2);
    Fitted fitted = Pipeline.parse("pipeline(auto)", CATALOGUE).fit(Samples.of(3, constant));
    assertEquals(2, fitted.draw(1).get(0, 0));
  }

  @Test
  void missingCellsLeaveWhatCanFitThem() {
    Samples whole = groups(400, 4);
    double[] values = whole.toArray();
    for (int i = 0; i < 400; i += 5) {
      values[3 * i + i % 3] = Double.NaN;
    }
    Auto.Choice choice =
        auto("auto(estimators=[kernel()])").choose(FitRequest.of(Samples.of(3, values)));
    assertTrue(
        EXPRESSIONS.brief(choice.estimator()).startsWith("gmm(components=2"),
        choice.notes()::toString);
    assertTrue(
        choice.notes().stream().anyMatch(note -> note.startsWith("kernel() was left out: ")),
        choice.notes()::toString);
  }

  @Test
  void whatIsWrongIsRefused() {
    for (String text :
        List.of("auto(budget=0)", "auto(budget=-1)", "auto(finders=[gmm()])", "auto(until=3)")) {
      assertThrows(
          ExpressionException.class, () -> EXPRESSIONS.parse(ScoreEstimator.class, text), text);
    }
    List<String> errors = new ArrayList<>();
    Auto foreign = Auto.of(new Auto.Settings(1, List.of(), List.of(request -> null)));
    errors.add(
        assertThrows(
                IllegalArgumentException.class, () -> foreign.choose(FitRequest.of(groups(40, 1))))
            .getMessage());
    assertTrue(errors.get(0).startsWith("need a finder from a provider"), errors::toString);
    assertFalse(Auto.within(3).equals(Auto.within(4)));
    assertEquals(auto("auto(3)"), Auto.within(3));
    assertEquals("auto(budget=3, estimators=[], finders=[])", Auto.within(3).toString());
  }
}
