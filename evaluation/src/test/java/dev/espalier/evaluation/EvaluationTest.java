package dev.espalier.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Tasks;
import dev.espalier.testkit.Golden;
import dev.espalier.testkit.Law;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {

  private static final Samples TRAIN = Law.threeInThePlane().rows(120, 1);
  private static final Samples TEST = Law.threeInThePlane().rows(40, 2);
  private static final Samples GOOD = Law.threeInThePlane().rows(120, 3);
  private static final Samples POOR =
      Law.gaussian(new double[2], new double[][] {{1, 0.9}, {0.9, 1}}).rows(120, 4);

  private static Value drawn(Report report, String metric) {
    return report.result(metric).orElseThrow().drawn();
  }

  private static Value oracle(Report report, String metric) {
    return report.result(metric).orElseThrow().oracle();
  }

  @Test
  void theReportPutsEveryMetricBesideTheOracle() {
    Report report = Evaluation.standard().compare(TRAIN, TEST, GOOD);
    Golden.matches("report.txt", report.text());
    assertEquals(report, Evaluation.standard().compare(TRAIN, TEST, GOOD));
    assertEquals(0, oracle(report, "W1 to train").value());
    assertEquals(1, oracle(report, "coverage of train").value());
    assertEquals(0, oracle(report, "copy protection").value());
    assertEquals(0, oracle(report, "new rows").value());
    assertEquals(Wasserstein.exact(TEST, TRAIN), oracle(report, "W1 to test").value());
    assertEquals(Wasserstein.exact(TEST, GOOD), drawn(report, "W1 to test").value());
    assertNotNull(drawn(report, "energy to test").p());
    assertTrue(report.result("nothing").isEmpty());
  }

  @Test
  void aPoorModelIsWorseByEveryDistance() {
    Report good = Evaluation.standard().compare(TRAIN, TEST, GOOD);
    Report poor = Evaluation.standard().compare(TRAIN, TEST, POOR);
    for (Result each : good.results()) {
      if (each.goal() == Goal.SMALLER && !each.metric().endsWith("copies")) {
        double worse = drawn(poor, each.metric()).value();
        assertTrue(each.drawn().value() < worse, () -> each + " against " + worse);
      }
    }
    assertTrue(drawn(poor, "energy to test").p() < 0.02);
    assertTrue(drawn(good, "energy to test").p() > 0.02);
  }

  @Test
  void threadsChangeNoBit() {
    Sets sets = new Sets(TRAIN, TEST, POOR);
    Report here = Evaluation.standard().compare(sets, Tasks.here(), Progress.silent());
    assertEquals(here, Evaluation.standard().compare(sets, Tasks.threads(3), Progress.silent()));
  }

  @Test
  void largeSetsAreLookedAtInPartAndTheReportSaysSo() {
    Samples many = Law.threeInThePlane().rows(6000, 5);
    Evaluation evaluation = new Evaluation(List.of(Metrics.coverageOfTest(), Metrics.newRows()), 1);
    Report report = evaluation.compare(TRAIN, TEST, many);
    assertEquals(5000, drawn(report, "coverage of test").rows());
    assertTrue(report.text().contains("5000 of 6000"), report::text);
    Report copies =
        new Evaluation(List.of(Metrics.coverageOfTrain(), Metrics.protection()), 1)
            .compare(many, TEST, GOOD);
    assertEquals(1, oracle(copies, "coverage of train").value());
    assertEquals(0, oracle(copies, "copy protection").value());
  }

  @Test
  void setsThatCannotBeComparedAreRefused() {
    assertThrows(InvalidDataException.class, () -> new Sets(TRAIN, TEST.rows(0, 4), GOOD));
    assertThrows(
        IllegalArgumentException.class, () -> new Sets(TRAIN, TEST, GOOD.columns(new int[] {0})));
    double[] gap = GOOD.toArray();
    gap[3] = Double.NaN;
    assertThrows(InvalidDataException.class, () -> new Sets(TRAIN, TEST, Samples.of(2, gap)));
    assertThrows(IllegalArgumentException.class, () -> new Evaluation(List.of(), 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Evaluation(List.of(Metrics.mmd(), Metrics.mmd()), 0));
  }
}
