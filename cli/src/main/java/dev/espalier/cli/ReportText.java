package dev.espalier.cli;

import dev.espalier.evaluation.Ranking;
import dev.espalier.evaluation.Value;
import dev.espalier.report.TableReport;
import dev.espalier.report.Verdict;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** The numbers of a report as JSON. */
final class ReportText {
  private ReportText() {}

  static void json(TableReport report, ObjectNode into) {
    Ranking ranking = report.ranking();
    into.put("trainRows", ranking.trainRows()).put("testRows", ranking.testRows());
    into.put("drawnRows", ranking.drawnRows().get(0)).put("seed", ranking.seed());
    Verdict verdict = report.verdict();
    into.putObject("verdict")
        .put("kind", verdict.kind().words())
        .put("likeness", verdict.likeness())
        .put("privacy", verdict.privacy());
    var metrics = into.putArray("metrics");
    for (Ranking.Line line : ranking.lines()) {
      ObjectNode entry = metrics.addObject();
      entry.put("metric", line.metric()).put("summary", line.summary());
      entry.put("better", line.goal().name().toLowerCase(Locale.ROOT));
      for (int k = 0; k < line.values().size(); k++) {
        ObjectNode model = entry.putObject(ranking.entrants().get(k));
        value(line.values().get(k), model);
        model.put("rank", line.ranks().get(k));
      }
      value(line.oracle(), entry.putObject("oracle"));
    }
  }

  private static void value(Value value, ObjectNode into) {
    into.put("value", value.value()).put("rows", value.rows());
    if (value.error() != null) {
      into.put("error", value.error()).put("margin", value.margin());
    }
    if (value.p() != null) {
      into.put("p", value.p());
    }
  }
}
