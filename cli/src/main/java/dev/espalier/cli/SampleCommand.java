package dev.espalier.cli;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.Progress;
import dev.espalier.api.Sampler;
import dev.espalier.api.Tasks;
import dev.espalier.runtime.Digest;
import dev.espalier.runtime.Expressions;
import dev.espalier.tables.Cluster;
import dev.espalier.tables.CsvFormat;
import dev.espalier.tables.Layout;
import dev.espalier.tables.PartitionedDraw;
import dev.espalier.tables.TableFiles;
import dev.espalier.tables.TableModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Draws rows from a model. */
@Command(
    name = "sample",
    description = {
      "Draw rows from a model into a file, with the recipe that regenerates it.",
      "Row i depends on the model, the sampler, the seed and i alone."
    })
final class SampleCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
  @Mixin private DrawOptions draws;
  @Mixin private ClusterOptions clusters;

  @Parameters(paramLabel = "MODEL", description = "A model file (.esp).")
  private Path file;

  @Option(
      names = "--rows",
      required = true,
      paramLabel = "N",
      description = "How many rows to draw; of a model of windows, how many windows.")
  private long rows;

  @Option(
      names = "--first",
      paramLabel = "I",
      defaultValue = "0",
      description = "The index of the first row; ${DEFAULT-VALUE} unless given.")
  private long first;

  @Option(
      names = "--sampler",
      paramLabel = "EXPR",
      description = "How rows are drawn; as the model says unless given.")
  private @Nullable String sampler;

  @Option(
      names = "--given",
      paramLabel = "TEXT",
      description = {
        "What is known of the rows: 'species=Adelie, year=2008', 'x>1.5', '2<=x<=5',",
        "'x + 2*y = 10'."
      })
  private @Nullable String given;

  @Option(
      names = "--guidance",
      paramLabel = "EXPR",
      description = "Condition by this, such as 'repaint()', in place of exact answers.")
  private @Nullable String guidance;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where to write: .csv, .npy or .parquet, maybe with .gz or .zst; - for output.")
  private Path out;

  @Option(
      names = "--path",
      paramLabel = "FILE",
      description = {
        "Also write where every row is after each step of its way from noise to data, a line a",
        "row and step, in the numbers that the model sees. All of it is kept in memory."
      })
  private @Nullable Path path;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = {
        "With --spark: let the cluster write a folder of so many Parquet files, which together",
        "hold the rows in order. It must see the folder under the same name."
      })
  private @Nullable Integer partitions;

  @Override
  public Integer call() {
    if (!(rows >= 0 && first >= 0)) {
      throw new IllegalArgumentException(
          "need --rows >= 0 and --first >= 0, got " + rows + " and " + first);
    }
    if (first > Long.MAX_VALUE - rows) {
      throw new IllegalArgumentException(
          "need --first + --rows <= " + Long.MAX_VALUE + ", got " + first + " and " + rows);
    }
    if (partitions != null && !(clusters.given() && out.toString().endsWith(".parquet"))) {
      throw new IllegalArgumentException(
          "need --spark and an --out that ends in .parquet for --partitions, got --out " + out);
    }
    if (path != null && clusters.given()) {
      throw new IllegalArgumentException("need --path without --spark, got both");
    }
    boolean toOutput = out.toString().equals("-");
    Layout layout = TableFiles.layout(out, CsvFormat.STANDARD);
    Outputs.check(
        List.of(file), Stream.of(toOutput ? null : out, path).filter(Objects::nonNull).toList());
    Expressions expressions = new Expressions(common.catalogue());
    TableModel model = TableModel.load(file, expressions.catalogue());
    Digest digest = Digest.of(file);
    if (sampler != null) {
      model = model.with(model.fitted().with(expressions.parse(Sampler.class, sampler)));
    }
    Given conditions = new Given(given == null ? "" : given, guidance == null ? "" : guidance);
    TableModel conditioned = conditions.on(model, expressions);
    if (given != null) {
      common.notes(conditioned.notes().subList(model.notes().size(), conditioned.notes().size()));
    }
    PathTable states = new PathTable();
    if (path != null) {
      conditioned = observed(conditioned, states, expressions);
    }
    Drawing drawing = new Drawing(conditioned, draws.seed(), first, rows, layout, conditions);
    try (ClusterOptions.Workplace place = clusters.open(common, expressions.catalogue());
        Meter meter = common.meter()) {
      Drawing.Work work = new Drawing.Work(draws.block(), place.tasks(), meter);
      Cluster cluster = place.cluster();
      if (partitions != null && cluster != null) {
        PartitionedDraw cut = new PartitionedDraw(first, rows, draws.seed(), partitions);
        cluster.draw(conditioned, cut, out, meter);
        wrote(expressions, model, " (" + rows + " rows in " + partitions + " partitions).");
        return 0;
      }
      if (toOutput) {
        drawing.stream(new StandardOutput(System.out), work);
      } else {
        drawing.write(out, file, digest, expressions, work);
      }
    }
    if (path != null) {
      TableFiles.write(states.table(model.encoder().names()), path);
    }
    if (toOutput) {
      return 0;
    }
    wrote(expressions, model, " (" + rows + " rows) and the recipe beside it.");
    return 0;
  }

  /** The model with its rows shown, after a look at whether the sampler shows any. */
  private TableModel observed(TableModel model, PathTable states, Expressions expressions) {
    TableModel observed = model.with(model.fitted().observed(states));
    int one = (int) Math.min(1, rows);
    observed.draw(
        DrawRequest.Rows.range(first, one), draws.seed(), Tasks.here(), Progress.silent());
    if (one > 0 && states.isEmpty()) {
      throw new IllegalArgumentException(
          "need a sampler that walks down a grid for --path, got "
              + expressions.brief(model.fitted().pipeline().sampler())
              + ", which shows no steps here; add one, such as --sampler \"unipc(steps=32)\"");
    }
    return observed;
  }

  private void wrote(Expressions expressions, TableModel model, String what) {
    ObjectNode json = CommonOptions.JSON.createObjectNode();
    json.put("out", out.toString()).put("rows", rows).put("first", first);
    json.put("seed", draws.seed());
    if (path != null) {
      json.put("path", path.toString());
    }
    json.put("sampler", expressions.print(model.fitted().pipeline().sampler()));
    common.print("Wrote " + out + what, json);
  }
}
