package dev.espalier.cli;

import dev.espalier.api.Provider;
import dev.espalier.api.Sampler;
import dev.espalier.evaluation.Certificate;
import dev.espalier.evaluation.SamplerCertificate;
import dev.espalier.evaluation.TextTable;
import dev.espalier.plots.Axis;
import dev.espalier.plots.Line;
import dev.espalier.plots.LinePlot;
import dev.espalier.plots.Plot;
import dev.espalier.runtime.Expressions;
import dev.espalier.runtime.OutputFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Measures samplers: their order, bias and invariances. */
@Command(
    name = "certify",
    description = {
      "Measure a sampler on laws of which everything is known.",
      "Its order of convergence, its bias, invariances, determinism, and error against evaluations.",
      "Without an argument all samplers that can be found. Exit code 4 if a promised order is not",
      "kept."
    })
final class CertifyCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(arity = "0..1", paramLabel = "SAMPLER", description = "The sampler, an expression.")
  private @Nullable String sampler;

  @Option(names = "--quick", description = "Fewer rows: seconds, not minutes.")
  private boolean quick;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "Also draw the errors over the evaluations, as SVG.")
  private @Nullable Path plot;

  @Override
  public Integer call() {
    if (plot != null) {
      Outputs.check(List.of(), List.of(plot));
    }
    Expressions expressions = new Expressions(common.catalogue());
    List<String> wanted = new ArrayList<>();
    if (sampler == null) {
      for (Provider<?> provider : expressions.catalogue().providers()) {
        if (provider.role() == Sampler.class) {
          wanted.add(provider.name() + "()");
        }
      }
    } else {
      wanted.add(sampler);
    }
    List<Certificate> certificates = new ArrayList<>();
    try (Meter meter = common.meter()) {
      for (int i = 0; i < wanted.size(); i++) {
        Sampler made = expressions.parse(Sampler.class, wanted.get(i));
        certificates.add(
            SamplerCertificate.of(expressions.brief(made), made)
                .with(quick ? SamplerCertificate.Effort.QUICK : SamplerCertificate.Effort.FULL)
                .measure(
                    common.tasks(),
                    meter.part(i / (double) wanted.size(), (i + 1.0) / wanted.size())));
      }
    }
    if (plot != null) {
      String svg = drawn(certificates).file();
      OutputFile.write(plot, out -> out.write(svg.getBytes(StandardCharsets.UTF_8)));
    }
    ObjectNode json = CommonOptions.JSON.createObjectNode();
    var entries = json.putArray("certificates");
    StringBuilder text = new StringBuilder();
    boolean passed = true;
    for (Certificate each : certificates) {
      entries.add(CommonOptions.JSON.<ObjectNode>valueToTree(each.asMap()));
      text.append(each.text()).append('\n');
      passed &= each.passed();
    }
    common.print((certificates.size() > 1 ? table(certificates) + "\n" : "") + text, json);
    return passed ? 0 : Failures.NOT_CONVERGED;
  }

  /** A line for every sampler whose error was measured by the number of steps. */
  private static Plot drawn(List<Certificate> certificates) {
    List<Line> lines = new ArrayList<>();
    for (Certificate each : certificates) {
      List<Certificate.Point> curve = each.curve();
      if (!curve.isEmpty()) {
        lines.add(
            Line.of(
                each.sampler(),
                curve.stream().mapToDouble(Certificate.Point::evaluations).toArray(),
                curve.stream()
                    .mapToDouble(point -> each.random() ? point.weak() : point.strong())
                    .toArray()));
      }
    }
    if (lines.isEmpty()) {
      throw new IllegalArgumentException(
          "need a sampler with a number of steps to plot its error, got "
              + certificates.get(0).sampler());
    }
    return new LinePlot(
        "Error of samplers on a mixture of two normal laws",
        Axis.log("evaluations of the score a row"),
        Axis.log("error of rows, or of moments where noise is used"),
        lines);
  }

  private static TextTable table(List<Certificate> certificates) {
    TextTable table =
        new TextTable(
            List.of(
                "sampler", "promised", "measured", "along a path", "evaluations", "W1", "exact"));
    for (Certificate each : certificates) {
      table.row(
          List.of(
              each.sampler(),
              each.promised() == 0 ? "" : String.valueOf(each.promised()),
              order(each.measured()),
              each.random() ? order(each.strong()) : "",
              TextTable.number(each.bias().evaluations()),
              TextTable.number(each.bias().wasserstein()),
              TextTable.number(each.bias().floor())));
    }
    return table;
  }

  private static String order(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.2f", value);
  }
}
