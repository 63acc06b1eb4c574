package dev.espalier.cli;

import dev.espalier.api.DirectSampler;
import dev.espalier.api.Progress;
import dev.espalier.api.Sampler;
import dev.espalier.api.Score;
import dev.espalier.api.Strata;
import dev.espalier.api.Tasks;
import dev.espalier.evaluation.Certificate;
import dev.espalier.evaluation.SamplerCertificate;
import dev.espalier.plots.Axis;
import dev.espalier.plots.Line;
import dev.espalier.plots.LinePlot;
import dev.espalier.report.Section;
import dev.espalier.runtime.Expressions;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the rows of a model are drawn.
 *
 * @param sampler its expression
 * @param exact whether the model's law draws rows itself, in no steps
 * @param certificate of the sampler, where rows are drawn in steps
 */
record SamplerUsed(String sampler, boolean exact, Optional<Certificate> certificate) {

  private static final String DIRECT = "direct(otherwise=";

  /** What is used, certified by a quick measurement where rows are drawn in steps. */
  static SamplerUsed of(
      Score score, Sampler sampler, Expressions expressions, Tasks tasks, Progress progress) {
    String text = expressions.print(sampler);
    if (text.startsWith(DIRECT)) {
      if (drawsItself(score)) {
        return new SamplerUsed(text, true, Optional.empty());
      }
      String inner = text.substring(DIRECT.length(), text.length() - 1);
      return of(score, expressions.parse(Sampler.class, inner), expressions, tasks, progress);
    }
    Certificate certificate =
        SamplerCertificate.of(expressions.brief(sampler), sampler)
            .with(SamplerCertificate.Effort.QUICK)
            .measure(tasks, progress);
    return new SamplerUsed(text, false, Optional.of(certificate));
  }

  private static boolean drawsItself(Score score) {
    Optional<Strata> strata = score.ability(Strata.class);
    if (strata.isEmpty()) {
      return score.ability(DirectSampler.class).isPresent();
    }
    for (int k = 0; k < strata.get().categories().size(); k++) {
      if (!drawsItself(strata.get().stratum(k))) {
        return false;
      }
    }
    return true;
  }

  Section section() {
    String heading = "Sampler";
    if (exact) {
      return Section.of(
          heading,
          "The model is a law in closed form, and its rows are drawn from that law itself: there are"
              + " no steps, and no error of steps to certify. The expression is "
              + sampler
              + ".");
    }
    Section section =
        Section.of(
            heading,
            "Rows are drawn in steps by " + sampler + ".",
            "Its certificate was measured quickly, to about a hundredth; ./espalier certify \""
                + sampler
                + "\" takes more rows.");
    return certificate
        .map(
            each ->
                section
                    .withGrids(List.of(ModelSections.grid(each)))
                    .withPlots(each.curve().isEmpty() ? List.of() : List.of(curve(each))))
        .orElse(section);
  }

  private static LinePlot curve(Certificate certificate) {
    return new LinePlot(
        "Error against work",
        Axis.log("evaluations of the score a row"),
        Axis.log(certificate.random() ? "error of moments" : "error of rows"),
        List.of(
            Line.of(
                "certificate",
                certificate.curve().stream().mapToDouble(Certificate.Point::evaluations).toArray(),
                certificate.curve().stream()
                    .mapToDouble(point -> certificate.random() ? point.weak() : point.strong())
                    .toArray())));
  }

  void json(ObjectNode into) {
    into.put("sampler", sampler).put("exact", exact);
    certificate.ifPresent(
        each -> into.set("certificate", CommonOptions.JSON.valueToTree(each.asMap())));
  }
}
