package dev.espalier.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Report REPORT =
      new Report(
          "Heights",
          List.of(
              new Report.Table(
                  "Of two peaks",
                  List.of("peak", "season", "metres"),
                  List.of(
                      new Report.Row(
                          List.of("Ben Nevis", "all"), 1345.2, Accepted.within(1345, 0.01)),
                      new Report.Row(
                          List.of("Snowdon", "winter"), 1200, Accepted.between(1000, 1100)),
                      new Report.Row(List.of("Slieve", "all"), 0.5, Accepted.below(1)),
                      new Report.Row(List.of("Nowhere", "all"), Double.NaN, Accepted.any())))));

  @Test
  void printsAligned() {
    assertEquals(
        """
        Heights

        Of two peaks
          peak       season  metres  reference  accepted
          Ben Nevis  all       1345       1345  1332 to 1358  ok
          Snowdon    winter    1200             1000 to 1100  OFF
          Slieve     all     0.5000             <= 1.000      ok
          Nowhere    all                                      OFF

        2 of 4 values as expected
        """,
        REPORT.text());
  }

  @Test
  void passesWhenEveryValueDoes() {
    assertFalse(REPORT.passed());
    Report.Row good = new Report.Row(List.of(), 1, Accepted.within(1, 0));
    assertTrue(new Report("", List.of(new Report.Table("", List.of("x"), List.of(good)))).passed());
  }

  @Test
  void mapsHaveFiniteNumbersOnly() {
    Map<String, Object> map = REPORT.asMap();
    assertEquals("Heights", map.get("title"));
    assertEquals(false, map.get("passed"));
    assertEquals(
        "[{title=Of two peaks, columns=[peak, season, metres], rows=["
            + "{labels=[Ben Nevis, all], measured=1345.2, reference=1345.0, low=1331.55,"
            + " high=1358.45, passed=true}, "
            + "{labels=[Snowdon, winter], measured=1200.0, low=1000.0, high=1100.0, passed=false}, "
            + "{labels=[Slieve, all], measured=0.5, high=1.0, passed=true}, "
            + "{labels=[Nowhere, all], passed=false}]}]",
        map.get("tables").toString());
  }

  @Test
  void rowsFitTheColumns() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Report.Table(
                "", List.of("x"), List.of(new Report.Row(List.of("a"), 1, Accepted.any()))));
  }

  @Test
  void namesAreDistinctAndFound() {
    List<String> names = Experiments.all().stream().map(Experiment::name).toList();
    assertEquals(names.stream().distinct().toList(), names);
    for (String name : names) {
      assertTrue(name.matches("[a-z][a-z-]*"), name);
      assertEquals(name, Experiments.named(name).orElseThrow().name());
    }
    assertTrue(Experiments.named("mixture").isEmpty());
  }
}
