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
import java.util.ArrayList;
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
   * Looks at the page in a frame: how far it is wider than its place, how many things stick out of
   * it, how many labels of pictures lie over each other or are too small, how many pictures and
   * tables have no name, and what it stands on.
   */
  private static final String MEASURING =
      """
      <!doctype html><title>not measured</title>
      <iframe src="page.html" width="WIDTH" height="2000" style="border:0"></iframe>
      <script>onload = () => {
      const page = document.querySelector('iframe').contentDocument, root = page.documentElement;
      const all = what => [...page.querySelectorAll(what)], box = e => e.getBoundingClientRect();
      const out = all('svg,p,h1,h2,li,pre,.scroll,.verdict')
        .filter(e => box(e).right > root.clientWidth + 1 || box(e).left < 0).length;
      let over = 0, small = 0;
      for (const svg of all('svg')) {
        const scale = box(svg).width / svg.viewBox.baseVal.width;
        const words = [...svg.querySelectorAll('text')];
        small += words.filter(e => scale * parseFloat(getComputedStyle(e).fontSize) < 8).length;
        const level = words.filter(e => !e.getAttribute('transform')).map(box);
        level.forEach((a, i) => level.slice(0, i).forEach(b => over +=
          Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
          && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4));
      }
      const unnamed = all('svg:not([aria-label])').length + all('table').filter(e => !e.caption).length
        + all('.scroll:not([aria-label])').length + all('.scroll:not([tabindex])').length;
      document.title = ['wide', root.scrollWidth - root.clientWidth, 'out', out, 'over', over,
        'small', small, 'unnamed', unnamed, 'on', getComputedStyle(page.body).backgroundColor].join(' ');
      }</script>
      """;

  /**
   * On a phone and on a desk, light and dark: no message on the console, nothing sticks out, labels
   * can be read and everything has a name; and it prints. Needs Chromium on the PATH; fails without
   * it where {@code ESPALIER_BROWSER=required}.
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
    Path page = folder.resolve("page.html");
    Files.writeString(page, page());
    Path frame = folder.resolve("frame.html");
    String good = "wide 0 out 0 over 0 small 0 unnamed 0 on ";
    Files.writeString(frame, MEASURING.replace("WIDTH", "390"));
    List<String> dump = List.of("--dump-dom", frame.toUri().toString());
    String dom = browse(browser, folder, dump);
    assertTrue(dom.contains("<title>" + good + "rgb(255, 255, 255)<"), () -> title(dom));
    Files.writeString(frame, MEASURING.replace("WIDTH", "1280"));
    List<String> dark = new ArrayList<>(dump);
    dark.add(0, "--force-dark-mode");
    String wide = browse(browser, folder, dark);
    assertTrue(wide.contains("<title>" + good + "rgb(22, 27, 24)<"), () -> title(wide));
    Path printed = folder.resolve("page.pdf");
    browse(browser, folder, List.of("--print-to-pdf=" + printed, page.toUri().toString()));
    String pdf = Files.readString(printed, StandardCharsets.ISO_8859_1);
    assertTrue(pdf.startsWith("%PDF") && pdf.contains("/Type /Page"), "it prints");
  }

  /** Starts the browser without a window; what it wrote. */
  private static String browse(String browser, Path folder, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--allow-file-access-from-files",
                "--enable-logging=stderr",
                "--window-size=1300,900",
                "--user-data-dir=" + folder.resolve("profile")));
    command.addAll(arguments);
    Path log = folder.resolve("log");
    Path dom = folder.resolve("dom");
    Process process =
        new ProcessBuilder(command)
            .redirectError(log.toFile())
            .redirectOutput(dom.toFile())
            .start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the browser took too long");
    String said = Files.readString(log, StandardCharsets.ISO_8859_1);
    assertFalse(said.contains("CONSOLE"), said);
    return Files.readString(dom, StandardCharsets.UTF_8);
  }

  private static String title(String dom) {
    int at = dom.indexOf("<title>");
    return at < 0 ? "no title" : dom.substring(at, Math.min(dom.length(), at + 120));
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
