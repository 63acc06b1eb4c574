package dev.espalier.cli;

import dev.espalier.api.Sampler;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.runtime.Digest;
import dev.espalier.runtime.Expressions;
import dev.espalier.runtime.Pipeline;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableModel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Fits a model to a table and keeps it. */
@Command(name = "fit", description = "Fit a model to a table and keep it in a file.")
final class FitCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
  @Mixin private TableOptions tables;
  @Mixin private ModelOptions models;

  @Parameters(paramLabel = "FILE", description = "The table, a CSV file with a header.")
  private Path file;

  @Option(
      names = "--estimator",
      required = true,
      paramLabel = "EXPR",
      description = "What learns the score, such as \"gmm(components=1..10)\".")
  private String estimator;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "The seed of everything random in the fit; ${DEFAULT-VALUE} unless given.")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to keep the model; NAME.esp unless given.")
  private @Nullable Path out;

  @Override
  public Integer call() {
    Expressions expressions = new Expressions(common.catalogue());
    ScoreEstimator learner = expressions.parse(ScoreEstimator.class, estimator);
    Sampler sampler = expressions.parse(Sampler.class, models.sampler());
    Path target = out == null ? Names.beside(file, ".esp") : out;
    Outputs.check(List.of(file), List.of(target));
    Table table = tables.readToLearn(file);
    common.notes(table.notes());
    TableModel model;
    try (Meter meter = common.meter()) {
      model =
          TableModel.fit(
              table,
              Pipeline.builder()
                  .estimator(learner)
                  .sampler(sampler)
                  .seed(seed)
                  .catalogue(expressions.catalogue())
                  .build(),
              models.encoding(),
              common.tasks(),
              meter);
    }
    common.notes(model.notes());
    Digest digest = model.save(target);
    ObjectNode json = CommonOptions.JSON.createObjectNode();
    json.put("model", target.toString()).put("digest", digest.text());
    json.put("estimator", expressions.print(learner)).put("rows", table.count());
    common.print(
        "Fitted " + expressions.brief(learner) + " to " + table.count() + " rows.\nWrote " + target,
        json);
    return 0;
  }
}
