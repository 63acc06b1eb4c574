package dev.espalier.cli;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.Progress;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.evaluation.Evaluation;
import dev.espalier.evaluation.Report;
import dev.espalier.evaluation.Sets;
import dev.espalier.runtime.Digest;
import dev.espalier.runtime.Expressions;
import dev.espalier.runtime.Pipeline;
import dev.espalier.tables.ComparisonSpace;
import dev.espalier.tables.EncoderOptions;
import dev.espalier.tables.Layout;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableFiles;
import dev.espalier.tables.TableModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** The main job: a table in, typed synthetic rows out, with what they are worth. */
@Command(
    name = "synthesize",
    description = {
      "Read a table, choose and fit a model, write synthetic rows and what they are worth.",
      "Beside the rows stand the model (.esp) and the recipe that regenerates them."
    })
final class SynthesizeCommand implements Callable<Integer> {

  /** Rows that the table of columns is made from. */
  private static final int SHOWN = 10_000;

  @Mixin private CommonOptions common;
  @Mixin private TableOptions tables;
  @Mixin private ModelOptions models;
  @Mixin private DrawOptions draws;

  @Parameters(
      paramLabel = "FILE",
      description = "The table: CSV with a header, .npy or .parquet; - for standard input.")
  private Path file;

  @Option(names = "--estimator", paramLabel = "EXPR", description = "Fit this instead of choosing.")
  private @Nullable String estimator;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write; NAME-synthetic.csv unless given.")
  private @Nullable Path out;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "How many rows to write; as many as were read unless given.")
  private @Nullable Integer rows;

  @Override
  public Integer call() {
    Expressions expressions = new Expressions(common.catalogue());
    Sampler sampler = expressions.parse(Sampler.class, models.sampler());
    ScoreEstimator given =
        estimator == null ? null : expressions.parse(ScoreEstimator.class, estimator);
    Path target = out == null ? Names.beside(file, "-synthetic.csv") : out;
    Path modelFile = Names.replaced(target, ".esp");
    int count = rows == null ? -1 : draws.checked(rows);

    Layout layout = TableFiles.layout(target, tables.format());
    Outputs.check(List.of(file), List.of(target, modelFile));
    Table table = tables.readToLearn(file);
    common.notes(table.notes());
    count = count < 0 ? table.count() : count;
    try (Meter meter = common.meter()) {
      List<ScoreEstimator> candidates =
          given == null ? Choice.standard(table, expressions) : List.of(given);
      Choice choice =
          Choice.among(
              candidates,
              table,
              new Choice.Setting(
                  expressions,
                  models.encoding(),
                  draws.seed(),
                  common.tasks(),
                  meter.part(0, 0.5)));
      common.notes(choice.notes());
      Pipeline pipeline =
          Pipeline.builder()
              .estimator(choice.estimator())
              .sampler(sampler)
              .seed(draws.seed())
              .catalogue(expressions.catalogue())
              .build();
      EncoderOptions encoding = models.encoding();
      common.notes(Forecast.of(choice.estimator(), table, encoding, draws.seed()));
      TableModel model =
          TableModel.fit(table, pipeline, encoding, common.tasks(), meter.part(0.5, 0.7));
      common.notes(model.notes());
      Pipeline fitted = model.fitted().pipeline();
      Report report = evaluated(table, fitted, encoding, meter.part(0.7, 0.9));
      Digest digest = model.save(modelFile);
      new Drawing(model, draws.seed(), 0, count, layout)
          .write(
              target,
              modelFile,
              digest,
              expressions,
              new Drawing.Work(draws.block(), common.tasks(), meter.part(0.9, 1)));
      DrawRequest.Rows shown = DrawRequest.Rows.range(0, Math.min(count, SHOWN));
      Table sample = model.draw(shown, draws.seed(), common.tasks(), Progress.silent());
      present(
          expressions, table, sample, choice, fitted.estimator(), report, target, modelFile, count);
    }
    return 0;
  }

  /**
   * What the chosen model is worth: fitted to four fifths of the rows, its draws held against the
   * fifth that it did not see. Null where there are too few rows to hold any out.
   */
  private @Nullable Report evaluated(
      Table table, Pipeline pipeline, EncoderOptions encoding, Progress progress) {
    if (table.count() < Choice.FEWEST_ROWS) {
      return null;
    }
    Split split = Split.random(table, draws.seed());
    ComparisonSpace space = ComparisonSpace.fit(split.train());
    TableModel model =
        TableModel.fit(split.train(), pipeline, encoding, common.tasks(), progress.part(0, 0.3));
    DrawRequest.Rows asMany = DrawRequest.Rows.range(0, split.train().count());
    Samples drawn =
        space.samples(model.draw(asMany, draws.seed(), common.tasks(), progress.part(0.3, 0.4)));
    return Evaluation.standard()
        .compare(
            new Sets(space.samples(split.train()), space.samples(split.test()), drawn),
            common.tasks(),
            progress.part(0.4, 1));
  }

  private void present(
      Expressions expressions,
      Table table,
      Table sample,
      Choice choice,
      ScoreEstimator fitted,
      @Nullable Report report,
      Path target,
      Path modelFile,
      int count) {
    ColumnSummary columns = ColumnSummary.of(table, sample);
    List<String> text = new ArrayList<>();
    text.add(choice.text(expressions));
    text.add("Model: " + expressions.brief(fitted) + "\n");
    text.add(columns.text());
    if (report != null) {
      text.add(
          "Drawn rows of a model of four fifths of the rows, against the fifth it did not see;\n"
              + "the oracle is real rows in place of drawn ones\n"
              + report.text());
    }
    text.add(
        "Wrote " + target + " (" + count + " rows), " + modelFile + " and the recipe beside them.");
    ObjectNode json = CommonOptions.JSON.createObjectNode();
    json.put("out", target.toString()).put("model", modelFile.toString()).put("rows", count);
    json.put("seed", draws.seed()).put("estimator", expressions.print(fitted));
    choice.json(expressions, json.putObject("choice"));
    columns.json(json.putArray("columns"));
    if (report != null) {
      EvaluateCommand.json(report, json.putObject("evaluation"));
    }
    text.removeIf(String::isEmpty);
    common.print(String.join("\n", text), json);
  }
}
