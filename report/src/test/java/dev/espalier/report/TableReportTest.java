package dev.espalier.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.espalier.api.Plugin;
import dev.espalier.api.Progress;
import dev.espalier.api.Provider;
import dev.espalier.api.Samples;
import dev.espalier.api.Tasks;
import dev.espalier.evaluation.EvaluationPlugin;
import dev.espalier.evaluation.Fields;
import dev.espalier.evaluation.Judge;
import dev.espalier.evaluation.Learner;
import dev.espalier.runtime.Catalogue;
import dev.espalier.tables.Column;
import dev.espalier.tables.Field;
import dev.espalier.tables.Kind;
import dev.espalier.tables.Table;
import dev.espalier.testkit.Law;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verdicts on rows whose worth is known, and the page in a browser where there is one. */
class TableReportTest {

  private static final Table TRAIN = table(Law.threeInThePlane().rows(240, 1));
  private static final Table TEST = table(Law.threeInThePlane().rows(240, 2));
  private static final Table FRESH = table(Law.threeInThePlane().rows(240, 3));

  /** Two numbers, and a word that follows from the first. */
  private static Table table(Samples rows) {
    int[] codes = new int[rows.count()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = rows.get(i, 0) < 0 ? 0 : 1;
    }
    return Table.of(
        List.of(
            Column.numbers(Field.number("x", Kind.CONTINUOUS, "any"), rows.column(0)),
            Column.numbers(Field.number("y", Kind.CONTINUOUS, "any"), rows.column(1)),
            Column.codes(
                Field.words("side", Kind.CATEGORICAL, List.of("left <b>", "right")), codes)));
  }

  /** Each column of another table's rows, moved by a different number of rows. */
  private static Table shuffled(Table table) {
    int n = table.count();
    return Table.of(
        Stream.of(0, 1, 2)
            .map(
                j -> {
                  int[] order = new int[n];
                  for (int i = 0; i < n; i++) {
                    order[i] = (i + j * 77) % n;
                  }
                  return table.columns().get(j).rows(order);
                })
            .toList());
  }

  private static TableReport report(Table drawn) {
    return TableReport.of(
        new TableReport.Input(
            TRAIN,
            TEST,
            drawn,
            List.of(new TableReport.Reference("shuffled", shuffled(FRESH))),
            List.of()),
        1,
        Tasks.threads(2),
        Progress.silent());
  }

  @Test
  void copiesOfTheTrainingRowsAreCalledMemorised() {
    Verdict verdict = report(TRAIN).verdict();
    assertEquals(Verdict.Kind.MEMORISED, verdict.kind(), verdict::text);
    assertTrue(verdict.privacy().contains("do not share"), verdict::text);
  }

  @Test
  void shuffledColumnsAreCalledBrokenPairs() {
    Verdict verdict = report(shuffled(FRESH)).verdict();
    assertEquals(Verdict.Kind.BROKEN_PAIRS, verdict.kind(), verdict::text);
  }

  @Test
  void freshRowsAreCalledIndistinguishable() {
    TableReport report = report(FRESH);
    Verdict verdict = report.verdict();
    assertEquals(Verdict.Kind.INDISTINGUISHABLE, verdict.kind(), verdict::text);
    assertTrue(verdict.privacy().contains("no sign of copying"), verdict::text);
    assertTrue(verdict.likeness().contains("closer than those of shuffled"), verdict::text);
    assertTrue(report.text().contains("TSTR side logistic"), report::text);
  }

  @Test
  void theLearnerOfAnotherPluginIsAJudge() {
    Plugin other =
        () -> List.of(Provider.of(Learner.class, "sided", Sided.class, "sides of the origin"));
    List<Judge> judges = TableReport.judges(Catalogue.of(List.of(new EvaluationPlugin(), other)));
    assertEquals(List.of("logistic", "mlp", "sided"), judges.stream().map(Judge::name).toList());
    TableReport report =
        TableReport.of(
            new TableReport.Input(TRAIN, TEST, FRESH, List.of(), List.of(), judges.subList(2, 3)),
            1,
            Tasks.here(),
            Progress.silent());
    assertTrue(report.ranking().line("C2ST sided").isPresent());
    assertTrue(report.ranking().line("TSTR side sided").isPresent());
    assertTrue(report.ranking().line("C2ST mlp").isEmpty());
    assertTrue(report.verdict().likeness().contains("and one classifier cannot"), report::text);
  }

  private static String page() {
    TableReport report = report(FRESH);
    return report
        .page(
            "Rows & <columns>",
            List.of(Section.of("Structure", "none")),
            List.of(List.of("seed", "1")),
            "./espalier evaluate a b")
        .html();
  }

  @Test
  void thePageIsWholeAndLoadsNothing() {
    String html = page();
    assertTrue(html.contains("Two permutation tests and two classifiers"), html);
    for (String heading : List.of("Beside references", "Columns", "Privacy", "Provenance")) {
      assertTrue(html.contains(">" + heading + "</h2>"), heading);
    }
    assertFalse(html.contains("<script"), html);
    assertFalse(html.contains("<b>\"") || html.contains("<columns>"), html);
    assertFalse(html.replace("http://www.w3.org/2000/svg", "").contains("http://"), html);
    assertFalse(html.contains("NaN"), html);
    assertEquals(
        html.split("<svg ", -1).length, html.split("<svg [^>]*aria-label=\"[^\"]", -1).length);
    assertEquals(html, page());
  }

  /**
   * Narrow and wide: no message on the console, and nothing sticks out of the page. Needs Chromium
   * on the PATH; fails without it where {@code ESPALIER_BROWSER=required}.
   */
  @Test
  void aBrowserShowsThePage(@TempDir Path folder) throws IOException, InterruptedException {
    String browser =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(directory -> Path.of(directory, "chromium"))
            .filter(Files::isExecutable)
            .map(Path::toString)
            .findFirst()
            .orElse("");
    if (browser.isEmpty()) {
      assertFalse(
          "required".equals(System.getenv("ESPALIER_BROWSER")), "need chromium on the PATH");
      System.out.println("skipped: no chromium on the PATH to show the report in");
    }
    assumeTrue(!browser.isEmpty());
    // measuring needs a script, which the page's own policy forbids
    String measured =
        page()
            .replaceFirst("<meta http-equiv=[^>]*>\n", "")
            .replace(
                "</body>",
                "<script>const r=document.documentElement;const out=[...document.querySelectorAll("
                    + "'svg,p,h1,h2,li')].filter(e=>e.getBoundingClientRect().right>"
                    + "r.clientWidth+1).length;"
                    + "document.title='wide '+(r.scrollWidth-r.clientWidth)+' out '+out"
                    + "</script></body>");
    Path file = folder.resolve("page.html");
    Files.writeString(file, measured);
    for (String size : List.of("500,900", "1280,900")) {
      Path log = folder.resolve("log");
      Process process =
          new ProcessBuilder(
                  browser,
                  "--headless",
                  "--no-sandbox",
                  "--disable-gpu",
                  "--enable-logging=stderr",
                  "--user-data-dir=" + folder.resolve("profile"),
                  "--window-size=" + size,
                  "--dump-dom",
                  file.toUri().toString())
              .redirectError(log.toFile())
              .redirectOutput(folder.resolve("dom").toFile())
              .start();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the browser took too long");
      String dom = Files.readString(folder.resolve("dom"), StandardCharsets.UTF_8);
      assertTrue(dom.contains("<title>wide 0 out 0</title>"), () -> size + ": " + title(dom));
      assertTrue(dom.contains("no sign of copying"), size);
      assertFalse(Files.readString(log, StandardCharsets.ISO_8859_1).contains("CONSOLE"), size);
    }
  }

  private static String title(String dom) {
    int at = dom.indexOf("<title>");
    return at < 0 ? "no title" : dom.substring(at, Math.min(dom.length(), at + 60));
  }

  @Test
  void fieldsHaveSpectraAndVariograms() {
    Samples rows = Law.standardNormal(4).rows(60, 1);
    Table real = grid(rows);
    TableReport report =
        TableReport.of(
            new TableReport.Input(
                real,
                grid(Law.standardNormal(4).rows(60, 2)),
                grid(Law.standardNormal(4).rows(60, 3)),
                List.of(),
                List.of(new Fields(2, 2))),
            1,
            Tasks.here(),
            Progress.silent());
    assertTrue(report.ranking().line("spectrum error").isPresent());
    assertTrue(report.page("t", List.of(), List.of(), "").html().contains("Variogram"));
  }

  private static Table grid(Samples rows) {
    return Table.of(
        Stream.of(0, 1, 2, 3)
            .map(j -> Column.numbers(Field.number("c" + j, Kind.CONTINUOUS, "any"), rows.column(j)))
            .toList());
  }
}
