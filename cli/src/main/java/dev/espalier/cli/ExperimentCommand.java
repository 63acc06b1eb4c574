package dev.espalier.cli;

import dev.espalier.evaluation.TextTable;
import dev.espalier.experiments.Experiment;
import dev.espalier.experiments.Experiments;
import dev.espalier.experiments.Report;
import dev.espalier.runtime.OutputFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Runs an experiment of the papers and prints it beside the reference values. */
@Command(
    name = "experiment",
    description = "Run an experiment of the papers, beside its reference values; or list them.")
final class ExperimentCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The experiment to run.")
  private @Nullable String name;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "Also draw the curves into this SVG file.")
  private @Nullable Path plot;

  @Override
  public Integer call() {
    if (name == null) {
      list();
      return 0;
    }
    String wanted = name;
    Experiment experiment =
        Experiments.named(wanted)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no experiment is named '"
                            + wanted
                            + "'; there are "
                            + Experiments.all().stream()
                                .map(Experiment::name)
                                .collect(Collectors.joining(", "))));
    if (plot != null) {
      OutputFile.check(plot);
    }
    Report report;
    try (Meter meter = common.meter()) {
      report = experiment.run(common.tasks(), meter);
    }
    common.print(report.text(), CommonOptions.JSON.valueToTree(report.asMap()));
    if (plot != null && !draw(report, plot)) {
      common.notes(List.of("the experiment '" + name + "' has no curves, so none were drawn"));
    }
    return report.passed() ? 0 : Failures.NOT_CONVERGED;
  }

  /** Draws the curves of the report if there are any, and tells whether there are. */
  static boolean draw(Report report, Path file) {
    if (report.plot().isEmpty()) {
      return false;
    }
    byte[] drawn = report.plot().get().file().getBytes(StandardCharsets.UTF_8);
    OutputFile.write(file, out -> out.write(drawn));
    return true;
  }

  private void list() {
    TextTable text = new TextTable(List.of("name", "what it measures"));
    ObjectNode json = CommonOptions.JSON.createObjectNode();
    var entries = json.putArray("experiments");
    for (Experiment each : Experiments.all()) {
      text.row(List.of(each.name(), each.summary()));
      entries.addObject().put("name", each.name()).put("summary", each.summary());
    }
    common.print(text.toString(), json);
  }
}
