package dev.espalier.cli;

import dev.espalier.api.Cost;
import dev.espalier.api.Evidence;
import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Samples;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Streams;
import dev.espalier.api.Structure;
import dev.espalier.evaluation.TextTable;
import dev.espalier.runtime.Discovery;
import dev.espalier.runtime.Expressions;
import dev.espalier.runtime.Findings;
import dev.espalier.tables.Encoder;
import dev.espalier.tables.EncoderOptions;
import dev.espalier.tables.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What fits into a budget of time, by estimates of the work alone: the same table and budget give
 * the same plan on every machine, however fast.
 *
 * <p>Reading, comparing and the references come first, then what is cheapest: plain laws, finders
 * of structure, learned scores. What a finder found is added while there is time left.
 */
final class Plan {

  private static final int MOST_LOOKED = 2_000;
  private static final int LEAST_LOOKED = 200;

  /** The budget is of this many cores. */
  static final double CORES = 2;

  /** The finder of laws without structure. */
  private static final String BASELINE = "none";

  /** The share of the budget that is kept for structures that may be found. */
  private static final double RESERVE = 0.1;

  /**
   * Rows of no more numbers than this have no parts that are much smaller, so what learns them part
   * by part takes part only if that is not dearer than learning them whole, by this factor.
   */
  private static final int NARROW = 8;

  private static final double DEARER = 2;

  /** Starting, and reading, encoding and writing a cell, in seconds. */
  private static final double START = 2;

  private static final double CELL = 4e-6;

  /** Metrics whose time grows with the square of the rows look at no more than about so many. */
  private static final double SQUARED = 1_000;

  /** Classifiers look at half as many rows of more columns than this. */
  private static final int WIDE = 24;

  /** Comparing two rows of one number by energy distance, in seconds. */
  private static final double PAIR = 1.2e-9;

  /** Drawing one number of a row in steps of a sampler, in seconds. */
  private static final double STEPPED = 5e-6;

  private final Work work;
  private final Table train;
  private final Map<Set<String>, Samples> encoded = new HashMap<>();
  private final List<ScoreEstimator> plain = new ArrayList<>();
  private final List<ScoreEstimator> others = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Set<ScoreEstimator> laws;
  private final boolean alone;
  private final int looked;
  private Optional<Discovery> discovery = Optional.empty();
  private double spent;
  private double finding;
  private double least = Double.POSITIVE_INFINITY;
  private double dearest;

  /**
   * What the plan is about.
   *
   * @param table all rows
   * @param judged whether a part of them is held out to judge by
   * @param encoding of the rows
   * @param expressions names estimators
   * @param judges how many classifiers tell drawn rows from real ones
   * @param budget in seconds
   */
  record Work(
      Table table,
      boolean judged,
      EncoderOptions encoding,
      Expressions expressions,
      int judges,
      double budget) {}

  private Plan(Work work, Table train, Candidates candidates) {
    this.work = work;
    this.train = train;
    this.laws = Set.copyOf(candidates.plain());
    this.alone = laws.size() == 1 && candidates.learned().isEmpty() && !candidates.discovered();
    int columns = rows(Set.of()).columns();
    this.spent = START + CELL * work.table.count() * columns;
    this.looked = looked(columns);
    if (work.judged) {
      spent += compared(columns, looked) + references();
    }
  }

  /**
   * Decides.
   *
   * @param finders of structure, if they take part
   */
  static Plan of(Work work, Table train, Candidates candidates, Discovery finders) {
    Plan plan = new Plan(work, train, candidates);
    List<ScoreEstimator> dear = new ArrayList<>();
    for (ScoreEstimator each : candidates.plain()) {
      boolean cheap = plan.more(each) < 0.05 * work.budget;
      if (plan.plain.isEmpty() || cheap && plan.fits(each, 0)) {
        plan.plain.add(each);
        plan.take(each);
      } else {
        dear.add(each);
      }
    }
    if (candidates.discovered()) {
      plan.discover(finders);
    }
    plan.rest(dear, candidates);
    return plan;
  }

  /** The finders that take no more than half of what is left, the cheapest first. */
  private void discover(Discovery finders) {
    Samples rows = rows(Set.of());
    if (train.count() < Choice.FEWEST_ROWS) {
      return;
    }
    Map<String, Cost> costs = finders.costs(FitRequest.of(rows));
    List<String> cheapest =
        costs.keySet().stream()
            .sorted(Comparator.comparingDouble(name -> costs.get(name).seconds()))
            .toList();
    Discovery chosen = finders;
    double sum = 0;
    double most = 0;
    double half = (work.budget - spent) / 2;
    int taken = 0;
    for (String name : cheapest) {
      double seconds = costs.get(name).seconds();
      if (elapsed(sum + seconds, Math.max(most, seconds)) <= half) {
        sum += seconds;
        most = Math.max(most, seconds);
        taken++;
      } else {
        chosen = chosen.without(name, "it would take the work beyond the budget");
      }
    }
    if (taken > 0) {
      finding = elapsed(sum, most);
      spent += finding;
      discovery = Optional.of(chosen);
    }
  }

  /** Plain laws that are dear and learned scores, from the cheapest on. */
  private void rest(List<ScoreEstimator> dear, Candidates candidates) {
    List<List<ScoreEstimator>> groups = new ArrayList<>();
    dear.forEach(each -> groups.add(List.of(each)));
    groups.addAll(candidates.learned());
    groups.sort(Comparator.comparingDouble(group -> more(group.get(group.size() - 1))));
    double reserve = discovery.isPresent() ? RESERVE * work.budget : 0;
    for (List<ScoreEstimator> group : groups) {
      Optional<ScoreEstimator> fitting =
          group.stream().filter(each -> fits(each, reserve)).findFirst();
      fitting.ifPresentOrElse(
          each -> {
            take(each);
            (dear.contains(each) ? plain : others).add(each);
          },
          () -> leftOut(group.get(group.size() - 1)));
    }
    plain.sort(Comparator.comparingInt(candidates.plain()::indexOf));
  }

  private void leftOut(ScoreEstimator estimator) {
    notes.add(
        "left out "
            + Names.of(estimator, work.expressions)
            + ", which would take the work beyond the budget of "
            + TextTable.number(work.budget)
            + " s; give more with --budget");
  }

  /**
   * What was found and what is learned within it, as far as there is time left.
   *
   * @return all that take part, and notes on what was left out
   */
  Found found(Findings findings) {
    List<ScoreEstimator> wanted = new ArrayList<>();
    for (Findings.Finalist each : findings.finalists()) {
      if (!each.structure().equals(BASELINE)) {
        wanted.add(each.candidate().estimator());
      }
    }
    boolean narrow = rows(Set.of()).columns() <= NARROW;
    for (Evidence evidence : findings.evidence()) {
      for (Structure structure : evidence.structures()) {
        for (ScoreEstimator inner : others) {
          ScoreEstimator within = structure.around(inner);
          if (!narrow || choosing(within) <= DEARER * choosing(inner)) {
            wanted.add(within);
          }
        }
      }
    }
    List<ScoreEstimator> laws = new ArrayList<>(plain);
    List<ScoreEstimator> found = new ArrayList<>();
    Set<ScoreEstimator> seen = new LinkedHashSet<>(plain);
    int left = 0;
    for (ScoreEstimator each : wanted) {
      if (seen.add(each)) {
        if (fits(each, 0)) {
          take(each);
          (isPlain(each) ? laws : found).add(each);
        } else {
          left++;
        }
      }
    }
    found.addAll(others);
    return new Found(
        List.copyOf(laws),
        List.copyOf(found),
        left == 0
            ? List.of()
            : List.of(
                "left out "
                    + left
                    + (left == 1 ? " candidate" : " candidates")
                    + " of the structures that were found, beyond the budget of "
                    + TextTable.number(work.budget)
                    + " s"));
  }

  /** Whether it is of the kind of a reference, such as a mixture of a size that was found. */
  private boolean isPlain(ScoreEstimator estimator) {
    String text = work.expressions.print(estimator);
    return References.NAMES.stream().anyMatch(name -> text.startsWith(name + "("));
  }

  /**
   * Who takes part once it is known what was found.
   *
   * @param plain laws in closed form, in order of complexity
   * @param others structures that were found, and learned scores
   * @param notes what was left out
   */
  record Found(List<ScoreEstimator> plain, List<ScoreEstimator> others, List<String> notes) {}

  /** Plain laws, in order of complexity. */
  List<ScoreEstimator> plain() {
    return List.copyOf(plain);
  }

  /** Learned scores. */
  List<ScoreEstimator> others() {
    return List.copyOf(others);
  }

  /** Who looks for structure. */
  Optional<Discovery> discovery() {
    return discovery;
  }

  /** At most so many test and so many drawn rows are compared. */
  int looked() {
    return looked;
  }

  /** What was left out. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /** What all of it is expected to take on two cores if the cheapest candidate is chosen. */
  double least() {
    return spent + (least == Double.POSITIVE_INFINITY ? 0 : least);
  }

  /** What all of it is expected to take on two cores if the dearest candidate is chosen. */
  double most() {
    return spent + dearest;
  }

  /** What to say before the work begins. */
  String estimate() {
    return estimate(
        plain.size() + others.size(),
        discovery.isPresent() ? ", and the structures that are found" : "");
  }

  /** What to say once it is known what was found. */
  String estimate(Found found) {
    return estimate(
        found.plain.size() + found.others.size(), " with the structures that were found");
  }

  private String estimate(int count, String and) {
    String low = String.valueOf(Math.round(least()));
    String high = String.valueOf(Math.round(most()));
    return count
        + (count == 1 ? " candidate" : " candidates")
        + and
        + "; about "
        + (low.equals(high) ? low : low + " to " + high)
        + " s on two cores";
  }

  private static double elapsed(double sum, double most) {
    return Math.max(sum / CORES, most);
  }

  private boolean fits(ScoreEstimator estimator, double reserve) {
    return spent + choosing(estimator) + Math.max(dearest, after(estimator)) + reserve
        <= work.budget;
  }

  private void take(ScoreEstimator estimator) {
    spent += choosing(estimator);
    least = Math.min(least, after(estimator));
    dearest = Math.max(dearest, after(estimator));
  }

  private double more(ScoreEstimator estimator) {
    return choosing(estimator) + Math.max(0, after(estimator) - dearest);
  }

  /** Fitting and drawing in every fold, on all cores. */
  private double choosing(ScoreEstimator estimator) {
    if (alone || train.count() < Choice.FEWEST_ROWS) {
      return 0;
    }
    int part = Math.min(Choice.MOST_ROWS, train.count());
    double held = part / (double) Choice.FOLDS;
    double drawn = Math.max(Choice.LEAST_DRAWN, held);
    int columns = rows(Set.of()).columns();
    double compared = PAIR * columns * (2 * held * drawn + drawn * drawn + held * held);
    double fold =
        seconds(estimator, 2 * part / Choice.FOLDS) + drawing(estimator, drawn) + compared;
    return Choice.folds(train.count()) * fold / CORES;
  }

  /** The fits of four fifths and of all rows; each draws as many rows to set thresholds. */
  private double after(ScoreEstimator estimator) {
    int count = work.table.count();
    double fits = seconds(estimator, count) + drawing(estimator, 2.0 * count);
    if (work.judged) {
      fits += seconds(estimator, train.count()) + drawing(estimator, train.count() + looked);
    }
    return fits;
  }

  /** Rows of laws in closed form cost next to nothing; others are drawn in steps. */
  private double drawing(ScoreEstimator estimator, double count) {
    int columns = rows(Set.of()).columns();
    return columns * count * (laws.contains(estimator) ? CELL / 4 : STEPPED / CORES);
  }

  /** The gaussian and the mixture beside which all stand, side by side. */
  private double references() {
    double sum = 0;
    double most = 0;
    for (String name : References.NAMES) {
      double seconds =
          seconds(work.expressions.parse(ScoreEstimator.class, name + "()"), train.count());
      sum += seconds;
      most = Math.max(most, seconds);
    }
    return elapsed(sum, most);
  }

  /** The fit of so many rows as the estimator needs them; nothing if it will refuse them anyway. */
  private double seconds(ScoreEstimator estimator, int count) {
    Set<String> labels = new LinkedHashSet<>(work.encoding.labels());
    labels.addAll(estimator.labels());
    if (!work.table.names().containsAll(labels)) {
      return 0;
    }
    try {
      Samples rows = rows(labels);
      double share = count / (double) rows.count();
      Samples some = rows.rows(0, Math.min(count, rows.count()));
      return Math.max(1, share) * estimator.cost(FitRequest.of(some)).seconds();
    } catch (InvalidDataException | IllegalArgumentException e) {
      return 0; // the fit tells what is wrong, in its own words
    }
  }

  private Samples rows(Set<String> labels) {
    return encoded.computeIfAbsent(
        labels,
        each -> {
          EncoderOptions options = work.encoding.withLabels(List.copyOf(each));
          return Encoder.fit(train, options).encode(train, new Streams(0).seed("plan", 0));
        });
  }

  /** As many rows as can be compared in half of the budget. */
  private int looked(int columns) {
    int most = MOST_LOOKED;
    while (work.judged && most > LEAST_LOOKED && compared(columns, most) > 0.5 * work.budget) {
      most /= 2;
    }
    return most;
  }

  /** All metrics of a model, two references and the oracle, for so many rows at most. */
  private double compared(int columns, int most) {
    double drawn = Math.min(train.count(), most);
    double test = Math.min(work.table.count() - train.count(), most);
    double near = Math.min(drawn, SQUARED);
    double squares = near * Math.min(test, SQUARED) + near * near;
    double judged = Math.min(test, columns > WIDE ? SQUARED / 2 : SQUARED);
    double judging = work.judges * judged * (2e-4 + 2e-5 * columns);
    double metrics = columns * (6e-3 + 2.9e-4 * columns + 3.5e-8 * squares);
    double all = 1 + 4 * (judging + metrics);
    return all / CORES;
  }
}
