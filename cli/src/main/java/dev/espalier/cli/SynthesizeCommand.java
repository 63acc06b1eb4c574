package dev.espalier.cli;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Progress;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Streams;
import dev.espalier.evaluation.Fields;
import dev.espalier.report.TableReport;
import dev.espalier.runtime.Digest;
import dev.espalier.runtime.Discovery;
import dev.espalier.runtime.Expressions;
import dev.espalier.runtime.Findings;
import dev.espalier.runtime.Fitted;
import dev.espalier.runtime.OutputFile;
import dev.espalier.runtime.Pipeline;
import dev.espalier.tables.Arranged;
import dev.espalier.tables.Encoder;
import dev.espalier.tables.EncoderOptions;
import dev.espalier.tables.Layout;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableFiles;
import dev.espalier.tables.TableFit;
import dev.espalier.tables.TableModel;
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

  /** Below these, a fifth is too few rows to judge by. */
  private static final int FEWEST_JUDGED = 30;

  @Mixin private CommonOptions common;
  @Mixin private TableOptions tables;
  @Mixin private ModelOptions models;
  @Mixin private DrawOptions draws;
  @Mixin private GeometryOptions geometry;

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
      names = "--report",
      paramLabel = "FILE",
      description = "Where to write the report; beside the rows as .html unless given.")
  private @Nullable Path page;

  @Option(
      names = "--budget",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "Leave out what is expected to take longer on two cores; ${DEFAULT-VALUE} unless given.")
  private int budget;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "How many rows to draw; as many as were read unless given.")
  private @Nullable Integer rows;

  @Override
  public Integer call() {
    Expressions expressions = new Expressions(common.catalogue());
    Sampler sampler = expressions.parse(Sampler.class, models.sampler());
    Path target = out == null ? Names.beside(file, "-synthetic.csv") : out;
    Path modelFile = Names.replaced(target, ".esp");
    int count = rows == null ? -1 : draws.checked(rows);

    Layout layout = TableFiles.layout(target, tables.format());
    Path pageFile = page == null ? Names.replaced(target, ".html") : page;
    geometry.check();
    if (budget < 1) {
      throw new IllegalArgumentException("need a --budget of at least 1 second, got " + budget);
    }
    List<Path> read = new ArrayList<>(geometry.read());
    read.add(file);
    Outputs.check(read, List.of(target, modelFile, pageFile));
    Arranged arranged = geometry.read(tables, file);
    Table table = TableOptions.enough(file, arranged.rows());
    List<Fields> fields = GeometryOptions.fields(arranged);
    common.notes(table.notes());
    count = count < 0 ? table.count() : count;
    boolean judged = table.count() >= FEWEST_JUDGED;
    if (!judged) {
      common.notes(List.of("too few rows to hold some out, so there is no report"));
    }
    // whatever is chosen, is chosen without the rows that it is judged by
    Split split = judged ? Split.random(table, draws.seed()) : new Split(table, table);
    Discovery finders = finders(expressions, split.train(), arranged);
    Plan plan =
        Plan.of(
            new Plan.Work(
                table,
                judged,
                models.encoding(),
                expressions,
                TableReport.judges(expressions.catalogue()).size(),
                budget),
            split.train(),
            candidates(arranged, expressions),
            finders);
    common.notes(plan.notes());
    common.notes(List.of(plan.estimate()));
    try (Meter meter = common.meter()) {
      Optional<Findings> findings = findings(plan, split.train(), meter.part(0, 0.15));
      Choice choice = choice(plan, findings, split.train(), expressions, meter.part(0.15, 0.4));
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
          TableFit.of(table, pipeline, encoding)
              .withArrangement(arranged.arrangement())
              .withTasks(common.tasks())
              .withProgress(meter.part(0.4, 0.6))
              .run();
      common.notes(model, modelFile);
      Pipeline fitted = model.fitted().pipeline();
      Judging judging = null;
      ModelSections sections = null;
      if (judged) {
        judging =
            Judging.of(
                split,
                fitted,
                new Judging.Setting(
                    expressions,
                    encoding,
                    plan.looked(),
                    fields,
                    draws.seed(),
                    common,
                    meter.part(0.6, 0.85)));
        sections = sections(judging, choice, findings, expressions, meter.part(0.85, 0.9));
      }
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
      if (judging != null && sections != null) {
        String html = page(judging, sections, expressions, target, modelFile, digest);
        OutputFile.write(pageFile, out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
      }
      TableReport report = judging == null ? null : judging.report();
      Files files = new Files(target, modelFile, pageFile, count);
      present(
          new Told(expressions, choice, fitted.estimator(), report, sections),
          ColumnSummary.of(model.arrangement(), table, sample),
          files);
    }
    return 0;
  }

  /** What is chosen among: what was asked for, or all that the budget has room for. */
  private Candidates candidates(Arranged rows, Expressions expressions) {
    if (estimator == null) {
      return Candidates.of(rows.rows(), expressions);
    }
    ScoreEstimator given = expressions.parse(ScoreEstimator.class, estimator);
    return Candidates.of(geometry.informed(given, rows, models.encoding(), expressions));
  }

  /** The finders, told where the columns are if that is known. */
  private Discovery finders(Expressions expressions, Table train, Arranged rows) {
    Discovery finders = Discovery.of(expressions.catalogue());
    return geometry
        .graph(rows, Encoder.fit(train, models.encoding()))
        .map(graph -> finders.with("locality(graph=" + expressions.print(graph) + ")"))
        .orElse(finders);
  }

  private Optional<Findings> findings(Plan plan, Table train, Progress progress) {
    if (plan.discovery().isEmpty()) {
      return Optional.empty();
    }
    Samples rows =
        Encoder.fit(train, models.encoding())
            .encode(train, new Streams(draws.seed()).seed("table jitter", 0));
    try {
      Findings findings =
          plan.discovery()
              .get()
              .run(
                  FitRequest.of(rows)
                      .withSeed(draws.seed())
                      .withTasks(common.tasks())
                      .withProgress(progress));
      return Optional.of(findings);
    } catch (InvalidDataException e) {
      common.notes(List.of("no structure was looked for: " + e.getMessage()));
      return Optional.empty();
    }
  }

  private Choice choice(
      Plan plan,
      Optional<Findings> findings,
      Table train,
      Expressions expressions,
      Progress progress) {
    Plan.Found found =
        findings
            .map(plan::found)
            .orElseGet(() -> new Plan.Found(plan.plain(), plan.others(), List.of()));
    common.notes(found.notes());
    if (findings.isPresent()) {
      common.notes(List.of(plan.estimate(found)));
    }
    List<ScoreEstimator> candidates = new ArrayList<>(found.plain());
    candidates.addAll(found.others());
    return Choice.among(
        candidates,
        found.plain().size(),
        train,
        new Choice.Setting(expressions, models.encoding(), draws.seed(), common.tasks(), progress));
  }

  private ModelSections sections(
      Judging judging,
      Choice choice,
      Optional<Findings> findings,
      Expressions expressions,
      Progress progress) {
    Fitted fitted = judging.model().fitted();
    return new ModelSections(
        choice,
        findings,
        judging.curves(),
        ScoreLosses.of(
            judging.model(), judging.split().train(), judging.split().test(), expressions),
        SamplerUsed.of(
            fitted.score(), fitted.pipeline().sampler(), expressions, common.tasks(), progress),
        expressions);
  }

  /** What was written. */
  private record Files(Path rows, Path model, Path page, int count) {}

  private String page(
      Judging judging,
      ModelSections sections,
      Expressions expressions,
      Path target,
      Path modelFile,
      Digest digest) {
    List<List<String>> provenance =
        List.of(
            List.of("table", file.toString()),
            List.of("rows", target.toString()),
            List.of("model", modelFile + ", " + digest.text()),
            List.of("pipeline", expressions.print(judging.model().fitted().pipeline())),
            List.of("seed", String.valueOf(draws.seed())),
            List.of("version", "espalier " + Main.VERSION),
            List.of(
                "what was judged",
                "a model of four fifths of the rows, against rows of the fifth it did not see; the"
                    + " model that was kept is fitted to all rows in the same way"));
    String command = common.command() + "\n# the same rows again: ./espalier regenerate " + target;
    return judging
        .report()
        .page(target.getFileName().toString(), sections.sections(), provenance, command)
        .html();
  }

  /** What is told on standard output beside the columns. */
  private record Told(
      Expressions expressions,
      Choice choice,
      ScoreEstimator fitted,
      @Nullable TableReport report,
      @Nullable ModelSections sections) {}

  private void present(Told told, ColumnSummary columns, Files files) {
    Expressions expressions = told.expressions;
    TableReport report = told.report;
    List<String> text = new ArrayList<>();
    text.add(told.choice.text(expressions));
    text.add("Model: " + Names.of(told.fitted, expressions) + "\n");
    text.add(columns.text());
    String written = files.rows + " (" + files.count + " rows), " + files.model;
    if (report == null) {
      text.add("Wrote " + written + " and the recipe beside them.");
    } else {
      text.add("Wrote " + written + ", " + files.page + " and the recipe beside them.\n");
      text.add(
          "Drawn rows of a model of four fifths of the rows, against the fifth it did not see\n"
              + report.text());
    }
    ObjectNode json = CommonOptions.JSON.createObjectNode();
    json.put("out", files.rows.toString()).put("model", files.model.toString());
    json.put("rows", files.count).put("seed", draws.seed());
    json.put("estimator", expressions.print(told.fitted));
    json.put("brief", Names.of(told.fitted, expressions));
    told.choice.json(expressions, json.putObject("choice"));
    columns.json(json.putArray("columns"));
    if (report != null) {
      json.put("report", files.page.toString());
      ReportText.json(report, json.putObject("evaluation"));
    }
    if (told.sections != null) {
      told.sections.json(json.putObject("evidence"));
    }
    text.removeIf(String::isEmpty);
    common.print(String.join("\n", text), json);
  }
}
