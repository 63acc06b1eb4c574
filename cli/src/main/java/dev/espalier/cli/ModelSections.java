package dev.espalier.cli;

import dev.espalier.api.Evidence;
import dev.espalier.evaluation.Certificate;
import dev.espalier.evaluation.Estimate;
import dev.espalier.evaluation.TextTable;
import dev.espalier.plots.Axis;
import dev.espalier.plots.Bars;
import dev.espalier.plots.Group;
import dev.espalier.plots.Line;
import dev.espalier.plots.LinePlot;
import dev.espalier.plots.Plot;
import dev.espalier.report.Section;
import dev.espalier.runtime.Expressions;
import dev.espalier.runtime.Findings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a page says of a model: how it was chosen, what structure the rows have, how it learned, how
 * good its score is, and how its rows are drawn.
 *
 * @param choice among candidates
 * @param findings of the finders of structure, if they looked
 * @param curves of the training, none for what is fitted at once
 * @param losses of the score by noise level
 * @param drawing of rows
 * @param expressions names estimators
 */
record ModelSections(
    Choice choice,
    Optional<Findings> findings,
    List<Recorder.Curve> curves,
    ScoreLosses losses,
    SamplerUsed drawing,
    Expressions expressions) {

  private static final int MOST_LINES = 4;

  List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    sections.add(choosing());
    findings.ifPresent(found -> sections.add(structure(found)));
    if (!curves.isEmpty()) {
      sections.add(training());
    }
    sections.add(losses.section());
    sections.add(drawing.section());
    return sections;
  }

  private Section choosing() {
    String model = "Model: " + Names.of(choice.estimator(), expressions);
    List<Estimate> distances = choice.distances();
    if (distances.isEmpty()) {
      return Section.of(
          "Choice",
          model,
          "It was given, or there were too few rows to choose by, and nothing else was tried.");
    }
    List<List<String>> rows = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<Double> lengths = new ArrayList<>();
    for (int k = 0; k < choice.candidates().size(); k++) {
      names.add(Names.of(choice.candidates().get(k), expressions));
      lengths.add(Math.max(0, distances.get(k).value()));
      rows.add(
          List.of(
              names.get(k) + (k == choice.chosen() ? " (chosen)" : ""),
              k < choice.plain() ? "plain law" : "structure or learned",
              TextTable.number(distances.get(k).value()),
              TextTable.number(distances.get(k).error())));
    }
    return Section.of(
            "Choice",
            model,
            "Candidates were fitted to parts of the rows that the test rows are no part of, and what"
                + " they drew was held against the rest by energy distance. "
                + choice.reason())
        .withGrids(
            List.of(
                new Section.Grid(
                    "Energy distance to held-out rows",
                    List.of("candidate", "kind", "energy", "± s.e."),
                    rows)))
        .withPlots(
            List.of(
                new Bars(
                    "Candidates",
                    "energy distance to held-out rows, smaller is better",
                    names,
                    List.of(new Group("energy", lengths)))));
  }

  private static Section structure(Findings found) {
    List<Section.Grid> grids = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (int k = 0; k < found.finalists().size(); k++) {
      Findings.Finalist each = found.finalists().get(k);
      Evidence.Candidate candidate = each.candidate();
      rows.add(
          List.of(
              each.structure() + ", " + candidate.size() + (k == found.chosen() ? " (best)" : ""),
              TextTable.number(candidate.parameters()),
              TextTable.number(candidate.loss().mean()),
              TextTable.number(candidate.loss().error()),
              TextTable.number(found.excess(k).mean()),
              TextTable.number(found.excess(k).error())));
    }
    grids.add(
        new Section.Grid(
            "Score loss on " + found.heldOut() + " held-out rows, 1 being that of a spherical law",
            List.of("structure", "numbers", "loss", "± s.e.", "excess", "± s.e."),
            rows));
    List<String> paragraphs = new ArrayList<>();
    paragraphs.add(
        "Finders looked for structure in the training rows: how many components a mixture needs,"
            + " near how small a subspace rows lie, how far columns depend on each other. A"
            + " structure that is there lowers the score loss on rows held out.");
    for (Evidence evidence : found.evidence()) {
      String notes = String.join("; ", evidence.notes());
      String verdict = evidence.verdict();
      paragraphs.add(
          capital(evidence.structure())
              + ": "
              + verdict
              + (notes.isEmpty() ? "." : verdict.endsWith(".") ? " " + notes + "." : "; " + notes)
              + (notes.isEmpty() || notes.endsWith(".") || verdict.endsWith(".") ? "" : "."));
    }
    paragraphs.addAll(found.notes());
    List<Plot> plots = new FindingsPlot(found, "", "").plots();
    return new Section("Structure", paragraphs, grids, plots);
  }

  private static String capital(String word) {
    return word.isEmpty()
        ? word
        : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  /** Noisy and clean levels apart, so that every line can be told. */
  private Section training() {
    List<Plot> plots = new ArrayList<>();
    int parts = (curves.size() + MOST_LINES - 1) / MOST_LINES;
    int size = (curves.size() + parts - 1) / parts;
    for (int from = 0; from < curves.size(); from += size) {
      List<Line> lines = new ArrayList<>();
      for (Recorder.Curve curve : curves.subList(from, Math.min(from + size, curves.size()))) {
        lines.add(
            new Line(
                curve.name(),
                curve.at(),
                curve.values(),
                Collections.emptyList(),
                Collections.emptyList()));
      }
      String half = from == 0 ? "the noisier levels" : "the cleaner levels";
      plots.add(
          new LinePlot(
              "Held-out loss in training, " + half,
              Axis.linear("steps"),
              Axis.linear("relative loss"),
              lines));
    }
    return Section.of(
            "Training",
            "The loss on rows held out from the training, by noise level; 1 is the linear guess that"
                + " training starts from. Where a line stays at 1 there was nothing to learn beyond"
                + " it, where it rises again the training was stopped at its best step.")
        .withPlots(plots);
  }

  /** The same numbers. */
  void json(ObjectNode into) {
    ArrayNode training = into.putArray("training");
    for (Recorder.Curve curve : curves) {
      ObjectNode entry = training.addObject().put("curve", curve.name());
      curve.at().forEach(entry.putArray("at")::add);
      curve.values().forEach(entry.putArray("value")::add);
    }
    findings.ifPresent(
        found -> new FindingsText(found, expressions).json(into.putObject("structure")));
    losses.json(into.putArray("levels"));
    drawing.json(into.putObject("sampler"));
  }

  /** The certificate of a sampler as a table. */
  static Section.Grid grid(Certificate certificate) {
    List<List<String>> rows = new ArrayList<>();
    Certificate.Bias bias = certificate.bias();
    rows.add(
        List.of(
            "order of convergence",
            certificate.promised() == 0
                ? "none promised"
                : number(certificate.measured()) + " (promised " + certificate.promised() + ")"));
    rows.add(List.of("evaluations of the score a row", number(bias.evaluations())));
    rows.add(List.of("error of the mean, in deviations", number(bias.mean())));
    rows.add(List.of("relative error of the deviation", number(bias.deviation())));
    rows.add(
        List.of(
            "W1 to the exact law, in deviations",
            number(bias.wasserstein()) + " (exact rows: " + number(bias.floor()) + ")"));
    rows.add(
        List.of(
            "threads, blocks and subsets of rows",
            certificate.deterministic() ? "change no bit" : "change rows"));
    return new Section.Grid(
        "Measured on laws of which everything is known", List.of("what", "found"), rows);
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "too small to see" : TextTable.number(value);
  }
}
