package dev.espalier.cli;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.Discovery;
import dev.espalier.runtime.Expressions;
import dev.espalier.runtime.Findings;
import dev.espalier.tables.Encoder;
import dev.espalier.tables.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Says which structure the rows of a table have. */
@Command(
    name = "discover",
    description = {
      "Say which structure the rows of a table have, with the evidence.",
      "Every finder looks for its own kind; their choices are compared by score loss on rows that"
          + " none has seen."
    })
final class DiscoverCommand implements Callable<Integer> {

  private static final Pattern GRID = Pattern.compile("([1-9][0-9]{0,5})[xX]([1-9][0-9]{0,5})");

  @Mixin private CommonOptions common;
  @Mixin private TableOptions tables;
  @Mixin private ModelOptions models;

  @Parameters(
      paramLabel = "FILE",
      description = "The table: CSV with a header, .npy or .parquet; - for standard input.")
  private Path file;

  @Option(
      names = "--finder",
      paramLabel = "EXPR",
      description = "A finder with settings, such as \"mixture(components=1..20)\"; may repeat.")
  private List<String> finders = List.of();

  @Option(
      names = "--grid",
      paramLabel = "RxC",
      description = "The columns are the cells of R rows of C, row by row.")
  private @Nullable String grid;

  @Option(names = "--series", description = "The columns are in order, each beside the next.")
  private boolean series;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "The seed of everything random; ${DEFAULT-VALUE} unless given.")
  private long seed;

  @Override
  public Integer call() {
    Catalogue catalogue = common.catalogue();
    Discovery discovery = Discovery.of(catalogue);
    for (String finder : finders) {
      discovery = discovery.with(finder);
    }
    String graph = graph();
    if (graph != null) {
      discovery = discovery.with("locality(graph=" + graph + ")");
    }
    Table table = tables.read(file);
    common.notes(table.notes());
    Samples rows =
        Encoder.fit(table, models.encoding())
            .encode(table, new Streams(seed).seed("table jitter", 0));
    Findings findings;
    try (Meter meter = common.meter()) {
      findings =
          discovery.run(
              FitRequest.of(rows).withSeed(seed).withTasks(common.tasks()).withProgress(meter));
    }
    common.notes(findings.notes());
    FindingsText text = new FindingsText(findings, new Expressions(catalogue));
    ObjectNode json = CommonOptions.JSON.createObjectNode();
    json.put("file", file.toString()).put("rows", rows.count()).put("columns", rows.columns());
    text.json(json);
    common.print(
        rows.count()
            + " rows of "
            + rows.columns()
            + " columns as encoded, "
            + findings.heldOut()
            + " rows held out\n\n"
            + text.text(file),
        json);
    return 0;
  }

  /** The graph that the options describe, as an expression. */
  private @Nullable String graph() {
    if (grid == null) {
      return series ? "chain()" : null;
    }
    Matcher sides = GRID.matcher(grid);
    if (series || !sides.matches()) {
      throw new IllegalArgumentException(
          series
              ? "need either --grid or --series, got both"
              : "need a grid such as 8x8, got '" + grid + "'");
    }
    return "grid(rows=" + sides.group(1) + ", columns=" + sides.group(2) + ")";
  }
}
