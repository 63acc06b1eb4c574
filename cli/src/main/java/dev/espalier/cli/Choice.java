package dev.espalier.cli;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NotConvergedException;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.evaluation.EnergyComparison;
import dev.espalier.evaluation.Estimate;
import dev.espalier.evaluation.TextTable;
import dev.espalier.runtime.Expressions;
import dev.espalier.runtime.Pipeline;
import dev.espalier.tables.ComparisonSpace;
import dev.espalier.tables.EncoderOptions;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableModel;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which estimator draws rows closest to rows that it was not fitted to.
 *
 * <p>Every candidate is fitted to a part of the rows; what it draws is held against the rest by
 * energy distance, in one space for all, on the same held-out rows. Likelihoods would not compare:
 * labels, one-hot columns and numbers have different base measures. Candidates stand in order of
 * complexity, plain laws in closed form before all others. Of either kind the first that is within
 * one standard error of its closest is taken; a law in closed form gives way to another candidate
 * only where that one is closer beyond doubt.
 *
 * @param candidates in order of complexity, without those that could not be fitted
 * @param plain how many of them, the first ones, are plain laws in closed form
 * @param distances of each candidate, in the same order; empty where there were too few rows
 * @param chosen the index of the choice
 * @param folds how many times rows were held out
 * @param rows how many rows took part
 * @param reason why, in one sentence; empty where nothing was compared
 * @param notes what a reader should know, a sentence each
 */
record Choice(
    List<ScoreEstimator> candidates,
    int plain,
    List<Estimate> distances,
    int chosen,
    int folds,
    int rows,
    String reason,
    List<String> notes) {

  /** Rows beyond these do not take part in the choice. */
  static final int MOST_ROWS = 5_000;

  /** Below these, one hold-out is too little to say. */
  static final int FEWEST_ROWS = 20;

  static final int FOLDS = 3;
  static final int LEAST_DRAWN = 1_000;

  /** What every candidate is fitted with. */
  record Setting(
      Expressions expressions,
      EncoderOptions encoding,
      long seed,
      Tasks tasks,
      Progress progress) {}

  /** Gaussian laws and mixtures, plain and by each suitable category, in order of complexity. */
  static List<ScoreEstimator> standard(Table table, Expressions expressions) {
    List<String> texts = new ArrayList<>();
    texts.add("gaussian()");
    table.strata().forEach(by -> texts.add("stratified(by=" + quoted(by) + ", inner=gaussian())"));
    texts.add("gmm()");
    table.strata().forEach(by -> texts.add("stratified(by=" + quoted(by) + ", inner=gmm())"));
    return texts.stream().map(text -> expressions.parse(ScoreEstimator.class, text)).toList();
  }

  private static String quoted(String word) {
    return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** How many times rows of a table of so many are held out. */
  static int folds(int count) {
    return count <= MOST_ROWS ? FOLDS : 1;
  }

  /** Compares plain laws. */
  static Choice among(List<ScoreEstimator> candidates, Table table, Setting setting) {
    return among(candidates, candidates.size(), table, setting);
  }

  /**
   * Compares.
   *
   * @param plain how many of the candidates, the first ones, are plain laws in closed form
   */
  static Choice among(List<ScoreEstimator> candidates, int plain, Table table, Setting setting) {
    if (table.count() < FEWEST_ROWS || candidates.size() == 1) {
      List<String> notes = new ArrayList<>();
      if (candidates.size() > 1) {
        notes.add(
            table.count()
                + " rows are too few to hold candidates against one another (need "
                + FEWEST_ROWS
                + "), so the simplest was taken");
      }
      return new Choice(candidates, plain, List.of(), 0, 0, table.count(), "", notes);
    }
    Table rows = shuffled(table, setting.seed());
    int folds = folds(table.count());
    List<Fold> parts = new ArrayList<>();
    for (int k = 0; k < folds; k++) {
      parts.add(Fold.of(rows, k));
    }
    List<Drawn> drawn =
        setting
            .tasks()
            .map(
                folds * candidates.size(),
                (index, progress) ->
                    parts
                        .get(index / candidates.size())
                        .draw(candidates.get(index % candidates.size()), setting, progress),
                setting.progress());
    return judged(candidates, plain, parts, drawn, setting.expressions(), rows.count());
  }

  private static Choice judged(
      List<ScoreEstimator> candidates,
      int plain,
      List<Fold> folds,
      List<Drawn> drawn,
      Expressions expressions,
      int rows) {
    List<String> notes = new ArrayList<>();
    List<ScoreEstimator> fitted = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int c = 0; c < candidates.size(); c++) {
      String problem = null;
      for (int k = 0; k < folds.size(); k++) {
        String found = drawn.get(k * candidates.size() + c).problem();
        problem = problem == null ? found : problem;
      }
      if (problem == null) {
        fitted.add(candidates.get(c));
        places.add(c);
      } else {
        notes.add("left out " + Names.of(candidates.get(c), expressions) + ": " + problem);
      }
    }
    if (fitted.isEmpty()) {
      throw new InvalidDataException("no candidate could be fitted: " + String.join("; ", notes));
    }
    List<EnergyComparison> comparisons = new ArrayList<>();
    for (int k = 0; k < folds.size(); k++) {
      List<Samples> rowsOfFold = new ArrayList<>();
      for (int place : places) {
        rowsOfFold.add(drawn.get(k * candidates.size() + place).rows());
      }
      comparisons.add(EnergyComparison.of(folds.get(k).heldOut(), rowsOfFold));
    }
    EnergyComparison mean = EnergyComparison.mean(comparisons);
    int closed = (int) places.stream().filter(place -> place < plain).count();
    int chosen = chosen(mean, closed);
    String reason = reason(mean, closed, chosen, k -> Names.of(fitted.get(k), expressions));
    return new Choice(fitted, closed, mean.distances(), chosen, folds.size(), rows, reason, notes);
  }

  /**
   * The first as close as the closest of the plain laws, unless the first as close as the closest
   * of the others beats it beyond doubt.
   */
  static int chosen(EnergyComparison comparison, int plain) {
    int count = comparison.count();
    if (plain == 0 || plain == count) {
      return comparison.firstAsClose();
    }
    int simple = comparison.firstAsClose(0, plain);
    int other = comparison.firstAsClose(plain, count);
    return comparison.beats(other, simple) ? other : simple;
  }

  /** Says that another candidate is closer than a plain law only where it is so beyond doubt. */
  static String reason(
      EnergyComparison comparison, int plain, int chosen, IntFunction<String> name) {
    int count = comparison.count();
    if (plain == 0 || plain == count) {
      return name.apply(chosen) + " is the first within one standard error of the closest.";
    }
    int simple = comparison.firstAsClose(0, plain);
    int other = comparison.firstAsClose(plain, count);
    Estimate gap = comparison.difference(other, simple);
    String difference =
        "the difference is "
            + TextTable.number(gap.value())
            + " ± "
            + TextTable.number(1.96 * gap.error())
            + " (95 %)";
    return chosen == other
        ? name.apply(other)
            + " is closer beyond doubt than the best plain law, "
            + name.apply(simple)
            + ": "
            + difference
            + "."
        : name.apply(simple)
            + " was taken, the simplest of the plain laws that do as well: of structures and"
            + " learned scores "
            + name.apply(other)
            + " is best, and not closer beyond doubt; "
            + difference
            + ".";
  }

  /** The rows in random order, at most as many as take part. */
  private static Table shuffled(Table table, long seed) {
    int[] order = Split.order(table.count(), new Streams(seed), "choice");
    return table.rows(Arrays.copyOf(order, Math.min(order.length, MOST_ROWS)));
  }

  /** What one candidate drew, in the common space; or why it could not. */
  private record Drawn(@Nullable Samples samples, @Nullable String problem)
      implements Serializable {
    Samples rows() {
      if (samples == null) {
        throw new IllegalStateException("nothing was drawn: " + problem);
      }
      return samples;
    }
  }

  /** One third of the rows held out, and the space in which to compare. */
  private record Fold(Table train, Samples heldOut, ComparisonSpace space) {

    static Fold of(Table rows, int fold) {
      Split split = Split.fold(rows, fold, FOLDS);
      ComparisonSpace space = ComparisonSpace.fit(split.train());
      return new Fold(split.train(), space.samples(split.test()), space);
    }

    Drawn draw(ScoreEstimator candidate, Setting setting, Progress progress) {
      try {
        TableModel model =
            TableModel.fit(
                train,
                Pipeline.builder()
                    .estimator(candidate)
                    .seed(setting.seed())
                    .catalogue(setting.expressions().catalogue())
                    .build(),
                setting.encoding(),
                Tasks.here(),
                progress);
        DrawRequest.Rows rows = DrawRequest.Rows.range(0, Math.max(LEAST_DRAWN, heldOut.count()));
        return new Drawn(
            space.samples(model.draw(rows, setting.seed(), Tasks.here(), progress)), null);
      } catch (InvalidDataException | NotConvergedException e) {
        return new Drawn(null, e.getMessage());
      }
    }
  }

  ScoreEstimator estimator() {
    return candidates.get(chosen);
  }

  String text(Expressions expressions) {
    if (distances.isEmpty()) {
      return "";
    }
    TextTable text = new TextTable(List.of("", "candidate", "energy", "± s.e."));
    for (int k = 0; k < candidates.size(); k++) {
      text.row(
          List.of(
              k == chosen ? "*" : "",
              Names.of(candidates.get(k), expressions),
              TextTable.number(distances.get(k).value()),
              TextTable.number(distances.get(k).error())));
    }
    return "Energy distance of drawn rows to held-out rows ("
        + rows
        + " rows, "
        + (folds == 1 ? "one third held out" : folds + " folds")
        + ")\n"
        + text
        + "* "
        + reason
        + "\n";
  }

  void json(Expressions expressions, ObjectNode into) {
    into.put("chosen", expressions.print(estimator())).put("folds", folds).put("rows", rows);
    into.put("reason", reason);
    var entries = into.putArray("candidates");
    for (int k = 0; k < distances.size(); k++) {
      entries
          .addObject()
          .put("estimator", expressions.print(candidates.get(k)))
          .put("energy", distances.get(k).value())
          .put("error", distances.get(k).error());
    }
  }
}
