package dev.espalier.cli;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.ScoreLoss;
import dev.espalier.api.Streams;
import dev.espalier.evaluation.Fields;
import dev.espalier.plots.Axis;
import dev.espalier.plots.Bars;
import dev.espalier.plots.Group;
import dev.espalier.plots.Line;
import dev.espalier.plots.LinePlot;
import dev.espalier.report.Section;
import dev.espalier.report.TableReport;
import dev.espalier.runtime.Expressions;
import dev.espalier.runtime.Pipeline;
import dev.espalier.tables.EncoderOptions;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a pipeline is worth on a table: fitted to four fifths of the rows, its draws held against
 * the fifth that it did not see.
 *
 * @param report on those draws
 * @param model that was fitted to four fifths
 * @param test the rows that it did not see
 */
record Judging(TableReport report, TableModel model, Table test) {

  private static final Pattern GRID = Pattern.compile("([1-9][0-9]{0,3})[xX]([1-9][0-9]{0,3})");
  private static final double[] LOG_SNR = {-2, 0, 2, 4, 6, 8, 10};
  private static final int LOSS_ROWS = 500;

  /** What to judge with. */
  record Setting(
      Expressions expressions,
      EncoderOptions encoding,
      int looked,
      List<Fields> fields,
      long seed,
      CommonOptions common,
      Progress progress) {}

  /** The grid that an option describes. */
  static Fields fields(String grid) {
    Matcher sides = GRID.matcher(grid);
    if (!sides.matches()) {
      throw new IllegalArgumentException("need a grid such as 8x8, got '" + grid + "'");
    }
    return new Fields(Integer.parseInt(sides.group(1)), Integer.parseInt(sides.group(2)));
  }

  static Judging of(Table table, Pipeline pipeline, Setting setting) {
    Split split = Split.random(table, setting.seed);
    Table test = atMost(split.test(), setting.looked, setting.seed);
    TableModel model =
        TableModel.fit(
            split.train(),
            pipeline,
            setting.encoding,
            setting.common.tasks(),
            setting.progress.part(0, 0.2));
    int rows = Math.min(split.train().count(), setting.looked);
    Table drawn =
        model.draw(
            DrawRequest.Rows.range(0, rows),
            setting.seed,
            setting.common.tasks(),
            setting.progress.part(0.2, 0.25));
    List<String> notes = new ArrayList<>();
    List<TableReport.Reference> references =
        References.draw(
            split.train(),
            rows,
            new References.Setting(
                setting.expressions,
                setting.encoding,
                setting.seed,
                setting.common.tasks(),
                setting.progress.part(0.25, 0.4)),
            notes);
    setting.common.notes(notes);
    TableReport report =
        TableReport.of(
            new TableReport.Input(
                split.train(),
                test,
                drawn,
                references,
                setting.fields,
                TableReport.judges(setting.expressions.catalogue())),
            setting.seed,
            setting.common.tasks(),
            setting.progress.part(0.4, 1));
    return new Judging(report, model, test);
  }

  private static Table atMost(Table table, int most, long seed) {
    if (table.count() <= most) {
      return table;
    }
    int[] order = Split.order(table.count(), new Streams(seed), "looked at");
    return table.rows(Arrays.copyOf(order, most));
  }

  /** Sections on the model: the choice, its score by noise level, and how rows are drawn. */
  List<Section> sections(Choice choice, Expressions expressions) {
    List<Section> sections = new ArrayList<>();
    Section chosen =
        Section.of(
            "Structure",
            "Model: " + expressions.print(choice.estimator()),
            choice.distances().isEmpty()
                ? "It was given, or there were too few rows to choose."
                : "Candidates were fitted to parts of the rows and held against the rest by energy"
                    + " distance; the simplest within one standard error of the closest was taken.");
    if (!choice.distances().isEmpty()) {
      List<List<String>> rows = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (int k = 0; k < choice.candidates().size(); k++) {
        names.add(expressions.brief(choice.candidates().get(k)));
        rows.add(
            List.of(
                names.get(k) + (k == choice.chosen() ? " (chosen)" : ""),
                TextTable.number(choice.distances().get(k).value()),
                TextTable.number(choice.distances().get(k).error())));
      }
      List<Double> lengths =
          choice.distances().stream().map(each -> Math.max(0, each.value())).toList();
      chosen =
          chosen
              .withGrids(
                  List.of(
                      new Section.Grid(
                          "Energy distance to held-out rows",
                          List.of("candidate", "energy", "± s.e."),
                          rows)))
              .withPlots(
                  List.of(
                      new Bars(
                          "Candidates",
                          "energy distance to held-out rows, smaller is better",
                          names,
                          List.of(new Group("energy", lengths)))));
    }
    sections.add(chosen);
    sections.add(levels());
    String sampler = expressions.print(model.fitted().pipeline().sampler());
    sections.add(
        Section.of(
            "Sampler",
            "Rows are drawn by "
                + sampler
                + (sampler.startsWith("direct(")
                    ? ": exactly where the model allows it, as closed forms do; otherwise by the inner"
                        + " sampler."
                    : "."),
            "Its order, bias and determinism are measured by: ./espalier certify \""
                + sampler
                + "\""));
    return sections;
  }

  /** The score loss of the model on rows that it has not seen, level by level. */
  private Section levels() {
    String heading = "Score by noise level";
    Samples rows = model.encoder().encode(test, new Streams(0).seed("report", 0));
    List<Integer> complete = new ArrayList<>();
    for (int i = 0; i < rows.count() && complete.size() < LOSS_ROWS; i++) {
      if (Arrays.stream(rows.row(i)).noneMatch(Double::isNaN)) {
        complete.add(i);
      }
    }
    if (complete.size() < 2) {
      return Section.of(heading, "Too few complete rows to measure the score on.");
    }
    Samples used = rows.rows(complete.stream().mapToInt(Integer::intValue).toArray());
    double variance = variance(used);
    List<Double> x = new ArrayList<>();
    double[] y = new double[LOG_SNR.length];
    double[] low = new double[LOG_SNR.length];
    double[] high = new double[LOG_SNR.length];
    for (int k = 0; k < LOG_SNR.length; k++) {
      NoiseLevel level = new NoiseLevel(1, variance * StrictMath.exp(-LOG_SNR[k]));
      double[] losses = ScoreLoss.perRow(model.fitted().score(), level, used, 0);
      double unit = variance * level.b() / (variance + level.b());
      double mean = Arrays.stream(losses).sum() / losses.length;
      double squares = Arrays.stream(losses).map(each -> (each - mean) * (each - mean)).sum();
      double error = Math.sqrt(squares / losses.length / (losses.length - 1.0));
      x.add(level.sigma());
      y[k] = mean / unit;
      low[k] = (mean - 1.96 * error) / unit;
      high[k] = (mean + 1.96 * error) / unit;
    }
    double[] sigmas = x.stream().mapToDouble(Double::doubleValue).toArray();
    double[] ones = new double[sigmas.length];
    Arrays.fill(ones, 1);
    return Section.of(
            heading,
            "How far the model's guess of the clean row is off, on "
                + used.count()
                + " test rows that were noised; 1 is a law that is the same in every direction. The"
                + " less, the more of the structure is known; the truth itself is not 0, and not known"
                + " here.")
        .withPlots(
            List.of(
                new LinePlot(
                    "Held-out score loss",
                    Axis.log("deviation of the noise"),
                    Axis.linear("relative loss"),
                    List.of(
                        Line.of("this model", sigmas, y).withBand(low, high),
                        Line.of("no structure", sigmas, ones)))));
  }

  private static double variance(Samples rows) {
    double sum = 0;
    for (int j = 0; j < rows.columns(); j++) {
      double[] column = rows.column(j);
      double mean = Arrays.stream(column).sum() / column.length;
      sum += Arrays.stream(column).map(each -> (each - mean) * (each - mean)).sum() / column.length;
    }
    return Math.max(sum / rows.columns(), 1e-12);
  }
}
