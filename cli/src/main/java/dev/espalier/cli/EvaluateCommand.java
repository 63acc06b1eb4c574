package dev.espalier.cli;

import dev.espalier.api.InvalidDataException;
import dev.espalier.evaluation.Evaluation;
import dev.espalier.evaluation.Metrics;
import dev.espalier.evaluation.Report;
import dev.espalier.evaluation.Result;
import dev.espalier.evaluation.Sets;
import dev.espalier.evaluation.Value;
import dev.espalier.tables.ComparisonSpace;
import dev.espalier.tables.Table;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Holds drawn rows against real ones. */
@Command(
    name = "evaluate",
    description = {
      "Hold drawn rows against real ones, beside real rows against real ones.",
      "Without --train the real rows are split in two halves, one in place of the training rows."
    })
final class EvaluateCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
  @Mixin private TableOptions tables;

  @Parameters(index = "0", paramLabel = "REAL", description = "Real rows that were not fitted.")
  private Path real;

  @Parameters(index = "1", paramLabel = "DRAWN", description = "Drawn rows.")
  private Path drawn;

  @Option(names = "--train", paramLabel = "FILE", description = "The rows that were fitted.")
  private @Nullable Path train;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "The seed of everything random; ${DEFAULT-VALUE} unless given.")
  private long seed;

  @Override
  public Integer call() {
    Table realRows = tables.read(real);
    if (realRows.count() < 4) {
      throw new InvalidDataException(
          "need at least 4 rows in '" + real + "' to compare with, got " + realRows.count());
    }
    Split split =
        train == null
            ? Split.half(realRows, seed)
            : new Split(tables.readLike(train, realRows), realRows);
    Table drawnRows = tables.readLike(drawn, realRows);
    ComparisonSpace space = ComparisonSpace.fit(split.train());
    Report report;
    try (Meter meter = common.meter()) {
      report =
          new Evaluation(Metrics.standard(), seed)
              .compare(
                  new Sets(
                      space.samples(split.train()),
                      space.samples(split.test()),
                      space.samples(drawnRows)),
                  common.tasks(),
                  meter);
    }
    ColumnSummary columns = ColumnSummary.of(realRows, drawnRows);
    ObjectNode json = CommonOptions.JSON.createObjectNode();
    columns.json(json.putArray("columns"));
    json(report, json);
    common.print(columns.text() + "\n" + report.text(), json);
    return 0;
  }

  /** The numbers of a report. */
  static void json(Report report, ObjectNode into) {
    into.put("trainRows", report.trainRows()).put("testRows", report.testRows());
    into.put("drawnRows", report.drawnRows()).put("seed", report.seed());
    var metrics = into.putArray("metrics");
    for (Result result : report.results()) {
      ObjectNode entry = metrics.addObject();
      entry.put("metric", result.metric()).put("summary", result.summary());
      entry.put("better", result.goal().name().toLowerCase(Locale.ROOT));
      value(result.drawn(), entry.putObject("drawn"));
      value(result.oracle(), entry.putObject("oracle"));
    }
  }

  private static void value(Value value, ObjectNode into) {
    into.put("value", value.value()).put("rows", value.rows());
    if (value.error() != null) {
      into.put("error", value.error());
    }
    if (value.p() != null) {
      into.put("p", value.p());
    }
  }
}
