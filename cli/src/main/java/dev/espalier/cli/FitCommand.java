package dev.espalier.cli;

import dev.espalier.api.CancelledException;
import dev.espalier.api.Cost;
import dev.espalier.api.Sampler;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.Digest;
import dev.espalier.runtime.Expressions;
import dev.espalier.runtime.Pipeline;
import dev.espalier.tables.Arranged;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableFit;
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

/** Fits a model to a table and keeps it. */
@Command(
    name = "fit",
    description = {
      "Fit a model to a table and keep it in a file.",
      "A long fit keeps its state beside that file; Ctrl-C stops it, --resume goes on.",
      "With --spark it runs on a cluster, keeps no state, and makes the same model to the byte."
    })
final class FitCommand implements Callable<Integer> {

  /** The engine of networks that name none. */
  private static final String PLAIN = "plain";

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
      names = "--estimator",
      paramLabel = "EXPR",
      defaultValue = "auto()",
      description =
          "What learns the score, such as \"gmm(components=1..10)\"; ${DEFAULT-VALUE}, which looks"
              + " for structure, unless given.")
  private String estimator;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description =
          "What trains the networks of the estimator: plain, or native where it is added.")
  private @Nullable String engine;

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

  @Option(
      names = "--resume",
      description = "Go on from where this fit was stopped; the model is the same to the byte.")
  private boolean resume;

  @Option(
      names = "--settle",
      description = "Train no more: make the model of the best that a stopped fit had found.")
  private boolean settle;

  @Override
  public Integer call() {
    if (clusters.given() && (resume || settle)) {
      throw new IllegalArgumentException(
          "need --resume and --settle without --spark: a fit on a cluster keeps no state");
    }
    Expressions expressions = new Expressions(common.catalogue());
    ScoreEstimator learner =
        withEngine(expressions, expressions.parse(ScoreEstimator.class, estimator));
    Sampler sampler = expressions.parse(Sampler.class, models.sampler());
    Path target = out == null ? Names.beside(file, ".esp") : out;
    List<Path> read = new ArrayList<>(geometry.read());
    read.add(file);
    Outputs.check(read, List.of(target));
    Arranged rows = geometry.read(tables, file);
    Table table = TableOptions.enough(file, rows.rows());
    learner = geometry.informed(learner, rows, models.encoding(), expressions);
    common.notes(table.notes());
    Pipeline pipeline =
        Pipeline.builder()
            .estimator(learner)
            .sampler(sampler)
            .seed(seed)
            .catalogue(expressions.catalogue())
            .build();
    TableFit fit =
        TableFit.of(table, pipeline, models.encoding())
            .withArrangement(rows.arrangement())
            .withTasks(common.tasks());
    common.notes(estimate(fit.cost()));
    common.notes(Forecast.of(learner, table, models.encoding(), seed));
    TableModel model =
        clusters.given()
            ? onCluster(fit, target, expressions.catalogue())
            : fit(fit, target, pipeline.expression());
    common.notes(model, target);
    ObjectNode json = CommonOptions.JSON.createObjectNode();
    json.put("model", target.toString()).put("digest", Digest.of(target).text());
    ScoreEstimator fitted = model.fitted().pipeline().estimator();
    json.put("estimator", expressions.print(fitted)).put("rows", table.count());
    common.print(
        "Fitted " + expressions.brief(fitted) + " to " + table.count() + " rows.\nWrote " + target,
        json);
    return 0;
  }

  /** What the fit may take, where it is worth saying. */
  private static List<String> estimate(Cost cost) {
    if (cost.seconds() < 1 && cost.bytes() < 1L << 30) {
      return List.of();
    }
    long seconds = (long) Math.ceil(cost.seconds());
    String time = seconds < 120 ? seconds + " s" : Math.round(seconds / 60.0) + " min";
    long megabytes = (cost.bytes() >> 20) + 1;
    return List.of("may take up to " + time + " of one processor and " + megabytes + " MB");
  }

  /** Which rows are fitted; those of standard input cannot be told apart. */
  private String identity() {
    String read =
        file.toString().equals("-")
            ? "standard input"
            : file.getFileName() + " " + Digest.of(file).text();
    String kept = tables.dropped().isEmpty() ? read : read + " without " + tables.dropped();
    return (kept + " " + geometry.text()).strip();
  }

  /** Fits and writes the model, with the work done on the cluster. */
  private TableModel onCluster(TableFit fit, Path target, Catalogue catalogue) {
    try (ClusterOptions.Workplace place = clusters.open(common, catalogue);
        Meter meter = common.meter()) {
      TableModel model = fit.withTasks(place.tasks()).withProgress(meter).run();
      model.save(target);
      return model;
    }
  }

  /** Fits and writes the model, keeping the state of the fit beside it in the meantime. */
  private TableModel fit(TableFit fit, Path target, String pipeline) {
    try (FitState state = FitState.beside(target)) {
      state.begin(
          List.of("espalier " + Main.VERSION, pipeline, models.encoding().toString(), identity()),
          resume || settle);
      return fit(fit, target, state);
    }
  }

  private TableModel fit(TableFit fit, Path target, FitState state) {
    boolean done = false;
    try (Meter meter = common.meter()) {
      if (settle) {
        meter.settle();
      }
      TableModel model = fit.withProgress(meter).withCheckpoint(state.folder()).run();
      model.save(target);
      done = !settle;
      return model;
    } catch (CancelledException e) {
      throw state.kept()
          ? new CancelledException(
              "stopped; no model was written, what was learned so far is kept in '"
                  + state.folder()
                  + "': the same command with --resume goes on, with --settle it makes the model of"
                  + " the best so far")
          : e;
    } finally {
      if (done || !state.kept()) {
        state.remove();
      }
    }
  }

  /** The estimator with the engine that was asked for in every network that names none. */
  private ScoreEstimator withEngine(Expressions expressions, ScoreEstimator learner) {
    if (engine == null) {
      return learner;
    }
    Class<?> role = expressions.catalogue().require(PLAIN).role();
    if (expressions.catalogue().find(engine).filter(each -> each.role() == role).isEmpty()) {
      throw new IllegalArgumentException(
          "need an engine that is here for --engine, got '"
              + engine
              + "'; 'plain' always is, and docs/engines.md says how to add 'native'");
    }
    Object unnamed = expressions.parse(role, PLAIN);
    Object named = expressions.parse(role, engine);
    if (!expressions.parts(learner).contains(unnamed)) {
      throw new IllegalArgumentException(
          "need an estimator with a network for --engine, got " + expressions.brief(learner));
    }
    return expressions.changed(
        ScoreEstimator.class, learner, part -> part.equals(unnamed) ? named : part);
  }
}
