package dev.espalier.cli;

import dev.espalier.api.Evidence;
import dev.espalier.api.LossCurve;
import dev.espalier.api.NoiseLevel;
import dev.espalier.evaluation.TextTable;
import dev.espalier.runtime.Expressions;
import dev.espalier.runtime.Findings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Findings as tables of text, and as JSON. */
record FindingsText(Findings findings, Expressions expressions) {

  private static final int MOST_FIGURES = 12;

  String text(Path file, List<String> dropped) {
    StringBuilder text = new StringBuilder();
    text.append(
        "Score loss on held-out rows, 1 being that of a spherical law; by deviation of the noise\n");
    TextTable table = new TextTable(headings("structure", choice().loss().levels()));
    for (int k = 0; k < findings.finalists().size(); k++) {
      Findings.Finalist each = findings.finalists().get(k);
      table.row(
          cells(each.structure(), each.candidate(), findings.excess(k), k == findings.chosen()));
    }
    text.append(table).append('\n').append(verdict()).append('\n');
    String expression = expressions.print(choice().estimator());
    text.append("Fit it with\n  espalier fit ").append(file);
    if (!dropped.isEmpty()) {
      text.append(" --drop '").append(String.join(",", dropped)).append('\'');
    }
    text.append(" --estimator '").append(expression).append("'\n");
    for (Evidence evidence : findings.evidence()) {
      text.append('\n').append(section(evidence));
    }
    return text.toString();
  }

  private Evidence.Candidate choice() {
    return findings.choice().candidate();
  }

  private String verdict() {
    String chosen = "Choice: " + findings.choice().structure() + ", " + choice().size() + ".";
    if (findings.finalists().size() < 2) {
      return chosen;
    }
    int next = findings.nextBest();
    Findings.Finalist other = findings.finalists().get(next);
    LossCurve excess = findings.excess(next);
    return chosen
        + " If that is wrong, the next best is "
        + other.structure()
        + ", "
        + other.candidate().size()
        + ": its loss is "
        + TextTable.number(Math.abs(excess.mean()))
        + " ± "
        + TextTable.number(excess.error())
        + (excess.mean() < 0 ? " lower, within two standard errors" : " higher")
        + " ("
        + TextTable.number(100 * Math.abs(excess.mean()) / choice().loss().mean())
        + " %).";
  }

  private static List<String> headings(String first, List<NoiseLevel> levels) {
    List<String> headings =
        new ArrayList<>(
            List.of("", first, "size", "numbers", "loss", "± s.e.", "excess", "± s.e."));
    for (NoiseLevel level : levels) {
      headings.add("at " + TextTable.number(level.sigma()));
    }
    return headings;
  }

  private static List<String> cells(
      String first, Evidence.Candidate candidate, LossCurve excess, boolean chosen) {
    LossCurve loss = candidate.loss();
    List<String> cells = new ArrayList<>();
    cells.addAll(List.of(chosen ? "*" : "", first, candidate.size()));
    cells.add(TextTable.number(candidate.parameters()));
    cells.add(TextTable.number(loss.mean()));
    cells.add(TextTable.number(loss.error()));
    cells.add(TextTable.number(excess.mean()));
    cells.add(TextTable.number(excess.error()));
    for (int k = 0; k < loss.levels().size(); k++) {
      cells.add(TextTable.number(loss.mean(k)));
    }
    return cells;
  }

  private static String section(Evidence evidence) {
    StringBuilder text = new StringBuilder();
    text.append(evidence.structure()).append(": ").append(evidence.verdict()).append('\n');
    TextTable table = new TextTable(headings("", evidence.choice().loss().levels()));
    for (int k = 0; k < evidence.candidates().size(); k++) {
      Evidence.Candidate each = evidence.candidates().get(k);
      table.row(
          cells("", each, each.loss().minus(evidence.choice().loss()), k == evidence.chosen()));
    }
    text.append(table);
    if (!evidence.figures().isEmpty()) {
      TextTable figures = new TextTable(List.of("figure", "at", "value", "± s.e."));
      Map<String, Integer> shown = new LinkedHashMap<>();
      for (Evidence.Figure figure : evidence.figures()) {
        if (shown.merge(figure.name(), 1, Integer::sum) <= MOST_FIGURES) {
          figures.row(
              List.of(
                  figure.name(),
                  figure.at(),
                  TextTable.number(figure.value()),
                  figure.error() == 0 ? "" : TextTable.number(figure.error())));
        }
      }
      text.append(figures);
      shown.forEach(
          (name, count) -> {
            if (count > MOST_FIGURES) {
              text.append(count - MOST_FIGURES).append(" more of '").append(name);
              text.append("' in --json and --plot\n");
            }
          });
    }
    evidence.notes().forEach(note -> text.append(note).append('\n'));
    return text.toString();
  }

  void json(ObjectNode into) {
    into.put("heldOut", findings.heldOut());
    into.put("structure", findings.choice().structure()).put("size", choice().size());
    into.put("estimator", expressions.print(choice().estimator()));
    if (findings.finalists().size() > 1) {
      int next = findings.nextBest();
      ObjectNode wrong = into.putObject("nextBest");
      wrong.put("structure", findings.finalists().get(next).structure());
      wrong.put("size", findings.finalists().get(next).candidate().size());
      wrong.put("excess", findings.excess(next).mean());
      wrong.put("error", findings.excess(next).error());
    }
    ArrayNode finalists = into.putArray("finalists");
    for (int k = 0; k < findings.finalists().size(); k++) {
      Findings.Finalist each = findings.finalists().get(k);
      ObjectNode entry = finalists.addObject().put("structure", each.structure());
      candidate(each.candidate(), findings.excess(k), entry);
    }
    ArrayNode evidence = into.putArray("evidence");
    for (Evidence each : findings.evidence()) {
      ObjectNode entry = evidence.addObject().put("structure", each.structure());
      entry.put("found", each.found()).put("verdict", each.verdict()).put("chosen", each.chosen());
      ArrayNode candidates = entry.putArray("candidates");
      for (Evidence.Candidate candidate : each.candidates()) {
        candidate(candidate, candidate.loss().minus(each.choice().loss()), candidates.addObject());
      }
      ArrayNode figures = entry.putArray("figures");
      for (Evidence.Figure figure : each.figures()) {
        figures
            .addObject()
            .put("name", figure.name())
            .put("at", figure.at())
            .put("value", figure.value())
            .put("error", figure.error());
      }
      ArrayNode notes = entry.putArray("notes");
      each.notes().forEach(notes::add);
    }
  }

  private void candidate(Evidence.Candidate candidate, LossCurve excess, ObjectNode into) {
    LossCurve loss = candidate.loss();
    into.put("size", candidate.size());
    into.put("estimator", expressions.print(candidate.estimator()));
    into.put("parameters", candidate.parameters()).put("seconds", candidate.cost().seconds());
    into.put("loss", loss.mean()).put("error", loss.error());
    into.put("excess", excess.mean()).put("excessError", excess.error());
    ArrayNode levels = into.putArray("levels");
    for (int k = 0; k < loss.levels().size(); k++) {
      levels
          .addObject()
          .put("noise", loss.levels().get(k).sigma())
          .put("loss", loss.mean(k))
          .put("error", loss.error(k))
          .put("excess", excess.mean(k))
          .put("excessError", excess.error(k));
    }
  }
}
