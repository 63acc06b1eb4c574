package dev.espalier.report;

import dev.espalier.api.Progress;
import dev.espalier.api.Provider;
import dev.espalier.api.Samples;
import dev.espalier.api.Tasks;
import dev.espalier.evaluation.Cells;
import dev.espalier.evaluation.Entrant;
import dev.espalier.evaluation.Evaluation;
import dev.espalier.evaluation.Fields;
import dev.espalier.evaluation.Judge;
import dev.espalier.evaluation.Learner;
import dev.espalier.evaluation.Metric;
import dev.espalier.evaluation.Metrics;
import dev.espalier.evaluation.Quality;
import dev.espalier.evaluation.Ranking;
import dev.espalier.evaluation.Sets;
import dev.espalier.evaluation.TextTable;
import dev.espalier.evaluation.Value;
import dev.espalier.plots.Plot;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.Expressions;
import dev.espalier.tables.ComparisonSpace;
import dev.espalier.tables.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Drawn rows of a table held against real ones, beside references: the numbers, the verdict and the
 * page.
 *
 * @param input what was compared
 * @param ranking the numbers; the first model is the one in question
 * @param verdict in two sentences
 */
public record TableReport(Input input, Ranking ranking, Verdict verdict) {

  private static final int TARGETS = 1;

  /**
   * What is compared.
   *
   * @param train the rows that the model was fitted to
   * @param test real rows that it has not seen
   * @param drawn rows drawn from it, of the same columns
   * @param references rows of other models fitted to the same rows
   * @param fields if the columns are the cells of a grid, one; else none
   * @param judges the classifiers that try to tell drawn rows from real ones
   */
  public record Input(
      Table train,
      Table test,
      Table drawn,
      List<Reference> references,
      List<Fields> fields,
      List<Judge> judges) {

    /** Copies. */
    public Input {
      references = List.copyOf(references);
      fields = List.copyOf(fields);
      judges = List.copyOf(judges);
    }

    /** With the classifiers of the evaluation module. */
    public Input(
        Table train, Table test, Table drawn, List<Reference> references, List<Fields> fields) {
      this(train, test, drawn, references, fields, Judge.own());
    }
  }

  /** The classifiers of a catalogue, with their usual settings, by name. */
  public static List<Judge> judges(Catalogue catalogue) {
    Expressions expressions = new Expressions(catalogue);
    return catalogue.providers().stream()
        .filter(provider -> provider.role() == Learner.class)
        .map(Provider::name)
        .map(name -> new Judge(name, expressions.parse(Learner.class, name + "()")))
        .toList();
  }

  /**
   * Rows of a model to compare with.
   *
   * @param name of the model
   * @param drawn its rows
   */
  public record Reference(String name, Table drawn) {}

  /**
   * Compares, in the {@link ComparisonSpace} of the training rows.
   *
   * @param seed of whatever is random
   * @throws dev.espalier.api.InvalidDataException if no column varies or a table has fewer than 5
   *     rows
   * @throws dev.espalier.api.CancelledException if {@code progress} was cancelled
   */
  public static TableReport of(Input input, long seed, Tasks tasks, Progress progress) {
    ComparisonSpace space = ComparisonSpace.fit(input.train);
    Sets sets =
        new Sets(
            space.samples(input.train),
            space.samples(input.test),
            space.samples(input.drawn),
            List.of(
                TableCells.of(input.train, input.train),
                TableCells.of(input.test, input.train),
                TableCells.of(input.drawn, input.train)));
    List<Entrant> references = new ArrayList<>();
    for (Reference each : input.references) {
      references.add(
          new Entrant(
              each.name, space.samples(each.drawn), TableCells.of(each.drawn, input.train)));
    }
    Ranking ranking =
        new Evaluation(metrics(input, sets), seed).rank(sets, "drawn", references, tasks, progress);
    return new TableReport(input, ranking, Verdict.of(ranking));
  }

  private static List<Metric> metrics(Input input, Sets sets) {
    List<Metric> metrics = new ArrayList<>(Metrics.standard(input.judges));
    List<String> known = sets.cells().get(0).names();
    if (known.size() > 1) {
      TableCells.targets(input.train).stream()
          .filter(known::contains)
          .limit(TARGETS)
          .forEach(
              target -> input.judges.forEach(judge -> metrics.add(Metrics.utility(target, judge))));
    }
    for (Fields each : input.fields) {
      if (each.rows() * each.columns() == sets.train().columns()) {
        metrics.add(Metrics.spectrum(each));
        metrics.add(Metrics.variogram(each));
      }
    }
    return metrics;
  }

  /**
   * The page.
   *
   * @param title of the page
   * @param more sections of whoever knows the model, such as its structure and its training; they
   *     stand before privacy
   * @param provenance where everything came from: names and values
   * @param command what makes the page again
   */
  public Page page(
      String title, List<Section> more, List<List<String>> provenance, String command) {
    List<Section> sections = new ArrayList<>();
    sections.add(references());
    sections.add(columns());
    sections.add(pairs());
    sections.add(rows());
    sections.addAll(more);
    sections.add(privacy());
    sections.add(
        Section.of("Provenance")
            .withGrids(
                List.of(
                    new Section.Grid(
                        "Where this came from", List.of("what", "value"), provenance))));
    sections.add(words());
    return new Page(title, verdict, tiles(), sections, command);
  }

  private List<Page.Tile> tiles() {
    List<Page.Tile> tiles = new ArrayList<>();
    tile(tiles, "quality", "Quality");
    // the classifier that tells most, as in the verdict
    ranking.lines().stream()
        .filter(line -> line.metric().startsWith(Metrics.CLASSIFIER))
        .max(Comparator.comparingDouble(line -> line.values().get(0).value()))
        .ifPresent(line -> tile(tiles, line.metric(), "Told apart"));
    tile(tiles, "copy protection", "Copy protection");
    ranking.lines().stream()
        .filter(line -> line.metric().startsWith(Metrics.UTILITY))
        .findFirst()
        .ifPresent(line -> tile(tiles, line.metric(), "Learned from drawn rows (F1)"));
    return tiles;
  }

  private void tile(List<Page.Tile> tiles, String metric, String name) {
    ranking
        .line(metric)
        .ifPresent(
            line ->
                tiles.add(
                    new Page.Tile(
                        name,
                        Verdict.percent(line.values().get(0).value()),
                        (metric.equals("copy protection")
                            ? "100 % is best, copies have 0 %"
                            : "real rows: " + Verdict.percent(line.oracle().value())))));
  }

  /** The kinds of metrics, each with the names of its own; what has no other kind is likeness. */
  private enum Part {
    LIKENESS("How like real rows they are"),
    PLACES("Whether they lie where real rows lie, and everywhere there"),
    TOLD("Whether they are told from real rows, and learned from as well"),
    COPIES("Signs of copying");

    private static final Set<String> PLACED =
        Set.of(
            "coverage of train",
            "coverage of test",
            "precision",
            "recall",
            "density",
            "coverage of balls",
            "α-precision",
            "β-recall");
    private static final Set<String> COPIED =
        Set.of(
            "copy protection",
            "nearest-record ratio",
            "new rows",
            "exact copies",
            "near copies",
            "membership attack");

    private final String caption;

    Part(String caption) {
      this.caption = caption;
    }

    static Part of(String metric) {
      if (metric.startsWith(Metrics.CLASSIFIER) || metric.startsWith(Metrics.UTILITY)) {
        return TOLD;
      }
      return PLACED.contains(metric) ? PLACES : COPIED.contains(metric) ? COPIES : LIKENESS;
    }
  }

  private Section references() {
    List<Section.Grid> grids = new ArrayList<>();
    for (Part part : Part.values()) {
      List<List<String>> rows = new ArrayList<>();
      for (Ranking.Line line : ranking.lines()) {
        if (Part.of(line.metric()) == part) {
          rows.add(row(line));
        }
      }
      List<String> headings = new ArrayList<>(List.of("metric"));
      headings.addAll(ranking.entrants());
      headings.addAll(List.of("oracle", "better"));
      grids.add(new Section.Grid(part.caption, headings, rows));
    }
    return Section.of(
            "Beside references",
            "Every number stands beside three references: gaussian and gmm are plain models fitted to"
                + " the same rows, and the oracle is the "
                + ranking.trainRows()
                + " training rows themselves in place of drawn ones, which no model can be expected"
                + " to beat in likeness, and which is the worst case for privacy.",
            "± is half a 95 % interval. A number with ▾ is beaten beyond doubt, its interval lying"
                + " clear of that of a better one; all others in a line are tied for the first place."
                + " The "
                + ranking.testRows()
                + " test rows were fitted by none.")
        .withGrids(grids);
  }

  private static List<String> row(Ranking.Line line) {
    Double p = line.values().get(0).p();
    String test = p == null ? "" : String.format(Locale.ROOT, " (p = %.3f)", p);
    List<String> row = new ArrayList<>(List.of(line.metric() + test));
    List<Integer> ranks = line.ranks();
    for (int k = 0; k < line.values().size(); k++) {
      row.add(number(line.values().get(k)) + (ranks.get(k) == 1 ? "" : Section.BEATEN));
    }
    row.add(number(line.oracle()));
    row.add(line.goal().words());
    return row;
  }

  private static String number(Value value) {
    String text = String.format(Locale.ROOT, "%.3f", value.value());
    return value.error() == null
        ? text
        : text + String.format(Locale.ROOT, " ± %.3f", value.margin());
  }

  private Cells real() {
    return TableCells.of(input.test, input.train);
  }

  private Cells made() {
    return TableCells.of(input.drawn, input.train);
  }

  private Section columns() {
    Cells real = real();
    double[] shapes = Quality.columnShapes(real, made());
    List<Integer> shown = Pictures.shown(shapes, !input.fields.isEmpty());
    List<Plot> plots = new ArrayList<>();
    for (int j : shown) {
      plots.add(Pictures.column(input.test, input.drawn, real.names().get(j)));
    }
    int least = 0;
    for (int j = 1; j < shapes.length; j++) {
      least = shapes[j] < shapes[least] ? j : least;
    }
    return Section.of(
            "Columns",
            "Test rows as areas, drawn rows as lines. Least alike is "
                + real.names().get(least)
                + ", with a likeness of "
                + Verdict.percent(shapes[least])
                + "."
                + (shown.size() < shapes.length
                    ? " Shown are the " + shown.size() + " least alike of " + shapes.length + "."
                    : ""))
        .withPlots(plots);
  }

  private Section pairs() {
    return Section.of(
            "Pairs of columns",
            "Correlations of numbers; for categories Cramér's V, which has no sign. Blue is together,"
                + " orange against each other, and in the difference what was drawn too strongly or too"
                + " weakly.")
        .withPlots(Pictures.pairs(real(), made()));
  }

  private Section rows() {
    ComparisonSpace space = ComparisonSpace.fit(input.train);
    Samples real = space.samples(input.test);
    Samples drawn = space.samples(input.drawn);
    List<Plot> plots = new ArrayList<>(List.of(Pictures.components(real, drawn)));
    for (Fields each : input.fields) {
      if (each.rows() * each.columns() == real.columns()) {
        plots.addAll(Pictures.fields(each, real, drawn));
      }
    }
    return Section.of(
            "Rows as a whole",
            "Where clouds of real and drawn rows differ, columns do not go together as they should.")
        .withPlots(plots);
  }

  private Section privacy() {
    List<List<String>> rows = new ArrayList<>();
    row(rows, "exact copies", "0, if rows never repeat");
    row(rows, "near copies", "0.05");
    row(rows, "copy protection", "near 1");
    row(rows, "nearest-record ratio", "near 1");
    row(rows, "membership attack", "0.5");
    return Section.of(
            "Privacy",
            verdict.privacy(),
            copies(),
            attack(),
            "What these show: whether this model copied these rows, as far as "
                + ranking.testRows()
                + " held-out rows can tell. What they do not show: that nobody can be recognised. A"
                + " rare combination may be drawn because it is plausible, and what holds for a small"
                + " group may be learned. There is no differential privacy here; no number on this"
                + " page is a guarantee.")
        .withGrids(
            List.of(
                new Section.Grid(
                    "Signs of copying, and what they would be",
                    List.of("measure", "drawn", "if rows were copied", "without copying"),
                    rows)));
  }

  private String copies() {
    Value exact = first("exact copies");
    Value near = first("near copies");
    return "Copies: "
        + (exact.value() == 0
            ? "none of the drawn rows equals a training row in every cell"
            : Verdict.percent(exact.value())
                + " of the drawn rows equal a training row in every cell, which is to be expected"
                + " only where real rows repeat")
        + "; "
        + Verdict.percent(near.value())
        + " come nearer to a training row than all but 5 % of the held-out rows do, and 5 % is what"
        + " fresh rows would do.";
  }

  private String attack() {
    Value attack = first("membership attack");
    return "Membership: an attacker who holds the drawn rows, and takes real rows that have one"
        + " nearby for training rows, is right "
        + Verdict.percent(attack.value())
        + " ± "
        + Verdict.percent(attack.margin())
        + " of the time, a coin 50 %. This attack looks at distances alone: one that knows the model,"
        + " or that looks for a single unusual row, may do better.";
  }

  private Value first(String metric) {
    return ranking.line(metric).orElseThrow().values().get(0);
  }

  private void row(List<List<String>> rows, String metric, String expected) {
    ranking
        .line(metric)
        .ifPresent(
            line ->
                rows.add(
                    List.of(
                        metric, number(line.values().get(0)), number(line.oracle()), expected)));
  }

  private Section words() {
    List<List<String>> rows = new ArrayList<>();
    for (Ranking.Line line : ranking.lines()) {
      rows.add(
          List.of(
              line.metric(),
              line.summary(),
              line.goal().words(),
              line.values().get(0).rows() + " of " + ranking.drawnRows().get(0)));
    }
    return Section.of(
            "What the words mean",
            "Distances are taken between rows whose numbers are in deviations of the training rows;"
                + " another category is a distance of 1.")
        .withGrids(
            List.of(
                new Section.Grid(
                    "Metrics",
                    List.of("metric", "what it measures", "better", "rows used"),
                    rows)));
  }

  /** The numbers as a table of text, below the verdict. */
  public String text() {
    List<String> headings = new ArrayList<>(List.of("metric"));
    for (String name : ranking.entrants()) {
      headings.addAll(List.of(name, "± 95 %", "rank"));
    }
    headings.addAll(List.of("oracle", "p", "better"));
    TextTable table = new TextTable(headings);
    for (Ranking.Line line : ranking.lines()) {
      List<String> row = new ArrayList<>(List.of(line.metric()));
      for (int k = 0; k < line.values().size(); k++) {
        Value value = line.values().get(k);
        row.add(String.format(Locale.ROOT, "%.4f", value.value()));
        row.add(value.error() == null ? "" : String.format(Locale.ROOT, "%.4f", value.margin()));
        row.add(String.valueOf(line.ranks().get(k)));
      }
      Double p = line.values().get(0).p();
      row.add(String.format(Locale.ROOT, "%.4f", line.oracle().value()));
      row.add(p == null ? "" : String.format(Locale.ROOT, "%.3f", p));
      row.add(line.goal().words());
      table.row(row);
    }
    return new StringBuilder(table.toString())
        .append("ranks tie where 95 % intervals overlap; oracle: the ")
        .append(ranking.trainRows())
        .append(" training rows in place of the drawn ones, against ")
        .append(ranking.testRows())
        .append(" test rows\n\nVerdict: ")
        .append(verdict.kind().words())
        .append(". ")
        .append(verdict.text())
        .append('\n')
        .toString();
  }
}
