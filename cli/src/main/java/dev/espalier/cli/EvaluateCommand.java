package dev.espalier.cli;

import dev.espalier.api.InvalidDataException;
import dev.espalier.report.TableReport;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.Expressions;
import dev.espalier.runtime.OutputFile;
import dev.espalier.tables.Arranged;
import dev.espalier.tables.EncoderOptions;
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

/** Holds drawn rows against real ones. */
@Command(
    name = "evaluate",
    description = {
      "Hold drawn rows against real ones, beside a Gaussian law, a mixture, and real rows.",
      "Without --train the real rows are split in two halves, one in place of the training rows.",
      "'evaluate DRAWN --test REAL' says the same as 'evaluate REAL DRAWN'."
    })
final class EvaluateCommand implements Callable<Integer> {

  private static final int MOST = 2_000;

  @Mixin private CommonOptions common;
  @Mixin private TableOptions tables;
  @Mixin private GeometryOptions geometry;

  @Parameters(
      arity = "1..2",
      paramLabel = "FILE",
      description = "REAL rows that were not fitted, and DRAWN rows; DRAWN alone with --test.")
  private List<Path> files = List.of();

  @Option(names = "--train", paramLabel = "FILE", description = "The rows that were fitted.")
  private @Nullable Path train;

  @Option(names = "--test", paramLabel = "FILE", description = "Real rows that were not fitted.")
  private @Nullable Path test;

  @Option(names = "--report", paramLabel = "FILE", description = "Write the report, an HTML page.")
  private @Nullable Path page;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "The seed of everything random; ${DEFAULT-VALUE} unless given.")
  private long seed;

  @Override
  public Integer call() {
    if (files.size() + (test == null ? 0 : 1) != 2) {
      throw new IllegalArgumentException(
          "need REAL and DRAWN, or DRAWN and --test, got "
              + files
              + (test == null ? "" : " and --test " + test));
    }
    Path real = test == null ? files.get(0) : test;
    Path drawn = files.get(files.size() - 1);
    List<Path> all = new ArrayList<>(List.of(real, drawn));
    if (train != null) {
      all.add(train);
    }
    if (page != null) {
      List<Path> reads = new ArrayList<>(geometry.read());
      reads.addAll(all);
      Outputs.check(reads, List.of(page));
    }
    geometry.check();
    List<Table> read = tables.readAlike(all, geometry.placing(), geometry.stacks());
    Arranged base = geometry.arranged(read.get(train == null ? 0 : 2));
    Table realRows = train == null ? base.rows() : geometry.alike(read.get(0), base, false);
    Table drawnRows = geometry.alike(read.get(1), base, true);
    if (realRows.count() < 10) {
      throw new InvalidDataException(
          "need at least 10 rows in '" + real + "' to compare with, got " + realRows.count());
    }
    Split split = train == null ? Split.half(realRows, seed) : new Split(base.rows(), realRows);
    Catalogue catalogue = common.catalogue();
    List<String> notes = new ArrayList<>();
    TableReport report;
    try (Meter meter = common.meter()) {
      List<TableReport.Reference> references =
          References.draw(
              split.train(),
              Math.min(drawnRows.count(), MOST),
              new References.Setting(
                  new Expressions(catalogue),
                  EncoderOptions.STANDARD,
                  seed,
                  common.tasks(),
                  meter.part(0, 0.2)),
              Optional.empty(),
              notes);
      report =
          TableReport.of(
              new TableReport.Input(
                  split.train(),
                  split.test(),
                  drawnRows,
                  references,
                  GeometryOptions.fields(base),
                  TableReport.judges(catalogue)),
              seed,
              common.tasks(),
              meter.part(0.2, 1));
    }
    common.notes(notes);
    ColumnSummary columns = ColumnSummary.of(base.arrangement(), realRows, drawnRows);
    ObjectNode json = CommonOptions.JSON.createObjectNode();
    columns.json(json.putArray("columns"));
    ReportText.json(report, json);
    String text = columns.text() + "\n" + report.text();
    if (page != null) {
      List<List<String>> provenance =
          List.of(
              List.of("drawn rows", drawn + ", " + drawnRows.count() + " rows"),
              List.of("test rows", real + ", " + split.test().count() + " rows"),
              List.of(
                  "training rows",
                  (train == null ? "the other half of " + real : train.toString())
                      + ", "
                      + split.train().count()
                      + " rows"),
              List.of("seed", String.valueOf(seed)),
              List.of("version", "espalier " + Main.VERSION));
      String html =
          report
              .page(drawn.getFileName().toString(), List.of(), provenance, common.command())
              .html();
      OutputFile.write(page, out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
      json.put("report", page.toString());
      text += "Wrote " + page + "\n";
    }
    common.print(text, json);
    return 0;
  }
}
