package dev.espalier.cli;

import dev.espalier.api.Provider;
import dev.espalier.api.Sampler;
import dev.espalier.evaluation.Certificate;
import dev.espalier.evaluation.SamplerCertificate;
import dev.espalier.runtime.Expressions;
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
      "Measure a sampler on laws of which everything is known: its order of convergence, its bias,",
      "invariances, determinism, and error against evaluations. Without an argument all samplers",
      "that can be found. Exit code 4 if a promised order is not kept."
    })
final class CertifyCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(arity = "0..1", paramLabel = "SAMPLER", description = "The sampler, an expression.")
  private @Nullable String sampler;

  @Option(names = "--quick", description = "Fewer rows: seconds, not minutes.")
  private boolean quick;

  @Override
  public Integer call() {
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
