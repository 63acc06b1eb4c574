package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is expected before the work begins is kept within a factor, and the budget with it. */
@Tag("long")
class BudgetTest {

  private static final Pattern EXPECTED =
      Pattern.compile("about (?:([0-9]+) to )?([0-9]+) s on two cores");

  /** How many times the expectation the work may take of two cores of a slow machine. */
  private static final double SLOWER = 5;

  private static final double FASTER = 8;

  private static double processorSeconds() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e9;
  }

  @ParameterizedTest
  @CsvSource("penguins, 60")
  void theWorkTakesAboutWhatWasExpected(String table, int budget, @TempDir Path folder) {
    Path page = folder.resolve("out.html");
    double before = processorSeconds();
    Command run =
        Command.run(
            "synthesize",
            "../examples/data/" + table + ".csv",
            "--budget",
            budget,
            "--out",
            folder.resolve("out.csv"),
            "--report",
            page);
    double took = (processorSeconds() - before) / Plan.CORES;
    assertEquals(0, run.code(), run.err());
    assertTrue(Files.exists(page));
    assertTrue(run.out().contains("Verdict: "), run.out());
    Matcher expected = EXPECTED.matcher(run.err());
    double least = Double.NaN;
    double most = Double.NaN;
    while (expected.find()) { // what is said last knows what was found
      most = Double.parseDouble(expected.group(2));
      least = expected.group(1) == null ? most : Double.parseDouble(expected.group(1));
    }
    assertTrue(most <= budget, run.err());
    assertTrue(
        took >= least / FASTER && took <= SLOWER * most,
        "expected " + least + " to " + most + " s, took " + took);
  }
}
