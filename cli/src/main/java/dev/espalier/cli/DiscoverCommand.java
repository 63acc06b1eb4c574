package dev.espalier.cli;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Graph;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.Discovery;
import dev.espalier.runtime.Expressions;
import dev.espalier.runtime.Findings;
import dev.espalier.runtime.OutputFile;
import dev.espalier.tables.Arranged;
import dev.espalier.tables.Encoder;
import dev.espalier.tables.Table;
import java.nio.charset.StandardCharsets;
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

/** Says which structure the rows of a table have. */
@Command(
    name = "discover",
    description = {
      "Say which structure the rows of a table have, with the evidence.",
      "Every finder looks for its own kind; their choices are compared by score loss on rows that"
          + " none has seen."
    })
final class DiscoverCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
  @Mixin private TableOptions tables;
  @Mixin private ModelOptions models;
  @Mixin private GeometryOptions geometry;
  @Mixin private ClusterOptions clusters;

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
      names = "--plot",
      paramLabel = "FILE",
      description = "Draw the curves into this file, .svg or .html.")
  private @Nullable Path plot;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "The seed of everything random; ${DEFAULT-VALUE} unless given.")
  private long seed;

  @Override
  public Integer call() {
    Catalogue catalogue = common.catalogue();
    Expressions expressions = new Expressions(catalogue);
    geometry.check();
    Discovery discovery = Discovery.of(catalogue);
    for (String finder : finders) {
      discovery = discovery.with(finder);
    }
    if (plot != null) {
      FindingsPlot.checkName(plot);
      List<Path> read = new ArrayList<>(geometry.read());
      read.add(file);
      Outputs.check(read, List.of(plot));
    }
    Arranged arranged = geometry.read(tables, file);
    Table table = arranged.rows();
    common.notes(table.notes());
    Encoder encoder = Encoder.fit(table, models.encoding());
    common.notes(encoder.notes());
    Optional<Graph> graph = geometry.graph(arranged, encoder);
    if (graph.isPresent()) {
      discovery = discovery.with("locality(graph=" + expressions.print(graph.get()) + ")");
    }
    Samples rows = encoder.encode(table, new Streams(seed).seed("table jitter", 0));
    Findings findings;
    try (ClusterOptions.Workplace place = clusters.open(common, catalogue);
        Meter meter = common.meter()) {
      findings =
          discovery.run(
              FitRequest.of(rows).withSeed(seed).withTasks(place.tasks()).withProgress(meter));
    }
    common.notes(findings.notes());
    FindingsText text = new FindingsText(findings, expressions);
    String title =
        rows.count()
            + " rows of "
            + rows.columns()
            + " columns as encoded, "
            + findings.heldOut()
            + " rows held out";
    String body = text.text(file, tables.dropped());
    ObjectNode json = CommonOptions.JSON.createObjectNode();
    json.put("file", file.toString()).put("rows", rows.count()).put("columns", rows.columns());
    text.json(json);
    if (plot != null) {
      String drawn = new FindingsPlot(findings, title, body).drawn(plot);
      OutputFile.write(plot, out -> out.write(drawn.getBytes(StandardCharsets.UTF_8)));
      json.put("plot", plot.toString());
      body = body + "\nDrew the curves into " + plot + "\n";
    }
    common.print(title + "\n\n" + body, json);
    return 0;
  }
}
