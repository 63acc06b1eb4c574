package dev.espalier.cli;

import dev.espalier.api.Density;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.evaluation.TextTable;
import dev.espalier.runtime.Expressions;
import dev.espalier.runtime.OutputFile;
import dev.espalier.samplers.OdeLikelihood;
import dev.espalier.tables.Arrangement;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Computes how likely rows are under a model. */
@Command(
    name = "density",
    description = {
      "Say how likely rows are under a model: their log density.",
      "Exactly where the model can, else along the probability-flow equation with an error estimate.",
      "It is the density of encoded rows (numbers standardised, whole numbers and categories spread",
      "out) with respect to Lebesgue measure, so values compare between rows and between models with",
      "the same encoding only."
    })
final class DensityCommand implements Callable<Integer> {

  enum Method {
    AUTO,
    EXACT,
    ODE
  }

  @Mixin private CommonOptions common;
  @Mixin private TableOptions tables;

  @Parameters(index = "0", paramLabel = "MODEL", description = "A model file (.esp).")
  private Path file;

  @Parameters(index = "1", paramLabel = "ROWS", description = "The rows, a file with a header.")
  private Path rows;

  @Option(
      names = "--method",
      paramLabel = "M",
      defaultValue = "auto",
      description = "auto, exact or ode; ${DEFAULT-VALUE} unless given.")
  private Method method;

  @Option(
      names = "--probes",
      paramLabel = "N",
      defaultValue = "0",
      description = "Random signs for the divergence of ode; 0, the exact one, unless given.")
  private int probes;

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      defaultValue = "1e-5",
      description = "Of the steps of ode; ${DEFAULT-VALUE} unless given.")
  private double tolerance;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "The seed of the spreading and of random signs; ${DEFAULT-VALUE} unless given.")
  private long seed;

  @Option(names = "--out", paramLabel = "FILE", description = "A CSV file for the values by row.")
  private @Nullable Path out;

  @Override
  public Integer call() {
    Expressions expressions = new Expressions(common.catalogue());
    TableModel model = TableModel.load(file, expressions.catalogue());
    Arrangement arrangement = model.arrangement();
    Table table = arrangement.rows(tables.readAll(rows, arrangement.schema(model.draw(0))));
    common.notes(table.notes());
    if (table.count() == 0) {
      throw new InvalidDataException("need at least one row in '" + rows + "', got none");
    }
    Samples encoded = model.encoder().encode(table, seed);
    if (encoded.hasMissing()) {
      throw new InvalidDataException(
          "need complete rows for a density, got missing cells in '" + rows + "'");
    }
    Score score = model.fitted().score();
    Density density = method == Method.ODE ? null : score.ability(Density.class).orElse(null);
    if (method == Method.EXACT && density == null) {
      throw new IllegalArgumentException("this model has no exact density; take --method ode");
    }
    double[] logs = new double[encoded.count()];
    double[] errors = new double[logs.length];
    if (density != null) {
      density.logDensity(NoiseLevel.CLEAN, encoded.toArray(), logs);
    } else {
      try (Meter meter = common.meter()) {
        OdeLikelihood.Result result =
            new OdeLikelihood(tolerance, probes, seed).of(score, encoded, common.tasks(), meter);
        logs = result.logDensities();
        errors = result.errors();
      }
    }
    Path target = out;
    if (target != null) {
      write(target, logs, errors);
    }
    show(density == null ? "ode" : "exact", encoded.columns(), logs, errors);
    return 0;
  }

  private static void write(Path target, double[] logs, double[] errors) {
    StringBuilder text = new StringBuilder("log_density,error\n");
    for (int i = 0; i < logs.length; i++) {
      text.append(logs[i]).append(',').append(errors[i]).append('\n');
    }
    OutputFile.write(target, to -> to.write(text.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private void show(String how, int columns, double[] logs, double[] errors) {
    double[] sorted = logs.clone();
    Arrays.sort(sorted);
    double mean = Arrays.stream(logs).sum() / logs.length;
    double error = Arrays.stream(errors).max().orElse(0);
    ObjectNode json = CommonOptions.JSON.createObjectNode();
    json.put("method", how).put("rows", logs.length).put("columns", columns);
    json.put("mean", mean).put("meanPerColumn", mean / columns).put("greatestError", error);
    json.put("least", sorted[0]).put("greatest", sorted[sorted.length - 1]);
    var values = json.putArray("logDensity");
    for (double each : logs) {
      values.add(each);
    }
    TextTable text = new TextTable(List.of("log density of encoded rows", "nats"));
    text.row(List.of("mean", TextTable.number(mean)));
    text.row(List.of("mean per column", TextTable.number(mean / columns)));
    text.row(List.of("least", TextTable.number(sorted[0])));
    text.row(List.of("median", TextTable.number(sorted[sorted.length / 2])));
    text.row(List.of("greatest", TextTable.number(sorted[sorted.length - 1])));
    text.row(List.of("greatest estimated error", TextTable.number(error)));
    common.print(
        logs.length + " rows, " + columns + " encoded columns, method " + how + "\n\n" + text,
        json);
  }
}
