package dev.espalier.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Streams;
import dev.espalier.evaluation.Estimate;
import dev.espalier.evaluation.Metric;
import dev.espalier.evaluation.Metrics;
import dev.espalier.evaluation.Ranking;
import dev.espalier.evaluation.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What the sentences say, for rankings made by hand. */
class VerdictTest {

  /** All metrics at values that nothing can be said against, but for one line. */
  private static Ranking ranking(String metric, List<Value> values, Value oracle) {
    List<Ranking.Line> lines = new ArrayList<>();
    for (Metric each : Metrics.standard()) {
      double good =
          switch (each.goal()) {
            case SMALLER -> 0;
            case LARGER, ONE -> 1;
            case HALF -> 0.5;
          };
      Value usual = Value.of(new Estimate(good, 0.1), 100).withP(0.5);
      boolean asked = each.name().equals(metric);
      lines.add(
          new Ranking.Line(
              each.name(),
              each.summary(),
              each.goal(),
              asked ? values : List.of(usual, usual, usual),
              asked ? oracle : usual));
    }
    return new Ranking(
        100, 100, List.of(100, 100, 100), 2, 1, List.of("drawn", "gaussian", "gmm"), lines);
  }

  private static Value value(double value, double error) {
    return Value.of(new Estimate(value, error), 100);
  }

  @Test
  void oneIsCalledCloserOnlyWhereIntervalsAreApart() {
    RandomGenerator random = new Streams(7).stream("values", 0);
    int closer = 0;
    int tied = 0;
    for (int k = 0; k < 300; k++) {
      List<Value> values = new ArrayList<>();
      for (int model = 0; model < 3; model++) {
        double error = 0.02 + 0.1 * random.nextDouble();
        values.add(value(random.nextDouble(), error).withP(0.5));
      }
      Verdict verdict = Verdict.of(ranking("energy to test", values, value(0, 0.05)));
      String text = verdict.likeness();
      Value drawn = values.get(0);
      for (int model = 1; model < 3; model++) {
        String name = model == 1 ? "gaussian" : "gmm";
        Value other = values.get(model);
        boolean better = drawn.value() + drawn.margin() < other.value() - other.margin();
        boolean worse = other.value() + other.margin() < drawn.value() - drawn.margin();
        String claim = text.matches(".*closer than those of [^,;]*\\b" + name + "\\b.*") ? "+" : "";
        claim +=
            text.matches(".*[^n] those of [^,;]*\\b" + name + "\\b[^,;]* are closer.*") ? "-" : "";
        claim += text.matches(".*no worse than [^,;]*\\b" + name + "\\b.*") ? "=" : "";
        assertEquals(better ? "+" : worse ? "-" : "=", claim, text);
        closer += better ? 1 : 0;
        tied += better || worse ? 0 : 1;
      }
    }
    assertTrue(closer > 50 && tied > 50, closer + " closer, " + tied + " tied");
  }

  @Test
  void everyKindIsReachedAndTheWorstIsSaidFirst() {
    Value good = value(1, 0.1);
    assertEquals(
        Verdict.Kind.INDISTINGUISHABLE, Verdict.of(ranking("none", List.of(), good)).kind());
    assertEquals(
        Verdict.Kind.MEMORISED,
        Verdict.of(ranking("copy protection", List.of(value(0, 0.1), good, good), value(0, 0.1)))
            .kind());
    assertEquals(
        Verdict.Kind.BROKEN_PAIRS,
        Verdict.of(ranking("pair trend", List.of(value(0.5, 0.01), good, good), value(0.9, 0.01)))
            .kind());
    Value half = value(0.5, 0.02);
    Verdict told = Verdict.of(ranking("C2ST mlp", List.of(value(0.6, 0.02), half, half), half));
    assertEquals(Verdict.Kind.DISTINGUISHABLE, told.kind());
    assertTrue(told.likeness().contains("60 % of the time"), told::text);
    assertEquals(
        Verdict.Kind.INDISTINGUISHABLE,
        Verdict.of(ranking("C2ST mlp", List.of(value(0.55, 0.02), half, half), half)).kind());
  }
}
