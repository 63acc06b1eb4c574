package dev.espalier.cli;

import dev.espalier.api.Guidance;
import dev.espalier.api.Sampler;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.evaluation.TextTable;
import dev.espalier.runtime.Expressions;
import dev.espalier.runtime.Pipeline;
import dev.espalier.tables.Arranged;
import dev.espalier.tables.Column;
import dev.espalier.tables.Completion;
import dev.espalier.tables.EncoderOptions;
import dev.espalier.tables.Fill;
import dev.espalier.tables.Layout;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableFiles;
import dev.espalier.tables.TableFit;
import dev.espalier.tables.TableModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Fills the blanks of a file. */
@Command(
    name = "complete",
    description = {
      "Fill the blanks of a file: every row is drawn given the cells that it has.",
      "Cells that are there stay as they are, from CSV to CSV byte for byte. Without a model one is",
      "chosen and fitted to the file itself, and kept beside the rows (.esp).",
      "With several draws every row is written once a draw, after a first column that counts them."
    })
final class CompleteCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
  @Mixin private TableOptions tables;
  @Mixin private GeometryOptions geometry;

  @Parameters(
      paramLabel = "FILE",
      description = "The file with blanks, of any format, packed or not.")
  private Path file;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "A model file (.esp); one is fitted to FILE unless given.")
  private @Nullable Path model;

  @Option(
      names = "--estimator",
      paramLabel = "EXPR",
      description = "Fit this instead of choosing; without --model.")
  private @Nullable String estimator;

  @Option(
      names = "--draws",
      paramLabel = "N",
      defaultValue = "1",
      description = "How often to fill every row; ${DEFAULT-VALUE} unless given.")
  private int draws;

  @Option(
      names = "--sampler",
      paramLabel = "EXPR",
      description = "How rows are drawn; as the model says unless given.")
  private @Nullable String sampler;

  @Option(
      names = "--guidance",
      paramLabel = "EXPR",
      description = "Condition by this, such as 'repaint()', in place of exact answers.")
  private @Nullable String guidance;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "The seed of everything random; ${DEFAULT-VALUE} unless given.")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write, in the format of its ending; NAME-complete.csv unless given.")
  private @Nullable Path out;

  @Override
  public Integer call() {
    Expressions expressions = new Expressions(common.catalogue());
    if (model != null && estimator != null) {
      throw new IllegalArgumentException("need --model or --estimator, got both");
    }
    if (model != null && !geometry.text().isEmpty()) {
      throw new IllegalArgumentException(
          "need " + geometry.text() + " without --model: the model knows what its rows are");
    }
    Fill fill =
        new Fill(
            draws,
            seed,
            Optional.ofNullable(guidance).map(text -> expressions.parse(Guidance.class, text)));
    Sampler how = sampler == null ? null : expressions.parse(Sampler.class, sampler);
    ScoreEstimator given =
        estimator == null ? null : expressions.parse(ScoreEstimator.class, estimator);
    Path target = out == null ? Names.beside(file, "-complete.csv") : out;
    Path modelFile = model == null ? Names.replaced(target, ".esp") : model;
    Layout layout = TableFiles.layout(target, tables.format());
    List<Path> read = new ArrayList<>(geometry.read());
    read.add(file);
    if (model != null) {
      read.add(model);
    }
    Outputs.check(read, model == null ? List.of(target, modelFile) : List.of(target));
    try (Meter meter = common.meter()) {
      TableModel law =
          model == null
              ? learned(expressions, given, modelFile, meter)
              : TableModel.load(model, expressions.catalogue());
      if (how != null) {
        law = law.with(law.fitted().with(how));
      }
      common.notes(law.notes());
      Completing completing = Completing.of(law, file, layout, fill, expressions);
      Table table = completing.read();
      List<String> placed = new ArrayList<>(law.arrangement().rows(table).notes());
      placed.removeAll(table.notes());
      common.notes(placed);
      Completion completion = completing.complete(table, common.tasks(), meter.part(0.6, 1));
      completing.write(target, table, completion, modelFile, expressions);
      present(table, completion, target);
    }
    return 0;
  }

  /** A model of the file itself, without blanks, kept in a file. */
  private TableModel learned(
      Expressions expressions, @Nullable ScoreEstimator given, Path modelFile, Meter meter) {
    Arranged arranged = geometry.read(tables, file);
    Table table = TableOptions.enough(file, arranged.rows());
    common.notes(table.notes());
    EncoderOptions encoding = EncoderOptions.STANDARD.withBlanks(EncoderOptions.Blanks.FILLED);
    Choice choice =
        Choice.among(
            given == null
                ? Choice.standard(table, expressions)
                : List.of(geometry.informed(given, arranged, encoding, expressions)),
            table,
            new Choice.Setting(expressions, encoding, seed, common.tasks(), meter.part(0, 0.4)));
    common.notes(choice.notes());
    Pipeline pipeline =
        Pipeline.builder()
            .estimator(choice.estimator())
            .seed(seed)
            .catalogue(expressions.catalogue())
            .build();
    TableModel law =
        TableFit.of(table, pipeline, encoding)
            .withArrangement(arranged.arrangement())
            .withTasks(common.tasks())
            .withProgress(meter.part(0.4, 0.6))
            .run();
    law.save(modelFile);
    common.notes(List.of("fitted " + expressions.brief(choice.estimator()) + " to the file"));
    return law;
  }

  private void present(Table table, Completion completion, Path target) {
    TextTable text = new TextTable(List.of("column", "blanks filled"));
    ObjectNode json = CommonOptions.JSON.createObjectNode();
    json.put("out", target.toString()).put("rows", table.count()).put("draws", draws);
    json.put("seed", seed);
    ObjectNode blanks = json.putObject("blanks");
    int all = 0;
    for (Column column : completion.rows().columns()) {
      int missing = table.column(column.name()).missing() - column.missing() / draws;
      if (missing > 0) {
        text.row(List.of(column.name(), Integer.toString(missing)));
        blanks.put(column.name(), missing);
        all += missing;
      }
    }
    StringBuilder how = new StringBuilder();
    ObjectNode answers = json.putObject("answers");
    completion
        .answers()
        .forEach(
            (answer, rows) -> {
              how.append(rows == 1 ? "1 row" : rows + " rows");
              how.append(" conditioned ").append(answer).append('\n');
              answers.put(answer, rows);
            });
    json.put("filled", all);
    common.print(
        (all == 0 ? "No cell is blank.\n" : text + "\n" + how)
            + "Wrote "
            + target
            + " ("
            + (long) table.count() * draws
            + " rows) and the recipe beside it.",
        json);
  }
}
