package dev.espalier.runtime;

import dev.espalier.api.Cost;
import dev.espalier.api.Evidence;
import dev.espalier.api.FitRequest;
import dev.espalier.api.HeldOut;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.LossCurve;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Setting;
import dev.espalier.api.Structure;
import dev.espalier.api.StructureFinder;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The estimator that the rows ask for: the structure that {@link Discovery} finds, plain laws,
 * learned scores and combinations are held against each other by score loss on held-out rows.
 *
 * <p>What takes part is decided before anything is fitted, by what it is expected to cost: first
 * the finders, as long as they take no more than half of the budget; then, from the cheapest on,
 * the estimators by themselves and inside every structure that was found, as long as all that is
 * fitted, the choice for all rows included, is expected to take no more than the budget. Costs
 * follow from the numbers of rows and columns and from settings; no clock is asked, so equal
 * requests give equal choices on any machine, however long they take there.
 *
 * <p>The choice is the candidate of fewest numbers whose excess over the best is at most two
 * standard errors ({@link LossCurve#simplest}). It is fitted to all rows as if it had been asked
 * for: its own expression with the same seed gives the same bits. Where there are too few rows to
 * hold some out, the choice is one normal law. A pipeline that is fitted with this estimator keeps
 * the expression of the choice; inside another estimator, notes tell it.
 */
public final class Auto implements ScoreEstimator {
  private static final long serialVersionUID = 1;

  /** Laws and learned scores by name, tried where no others are given. */
  private static final List<String> USUAL = List.of("gaussian", "gmm", "network");

  private static final String FALLBACK = "gaussian";
  private static final double FINDERS_SHARE = 0.5;
  private static final int SHOWN = 160;

  private final Settings settings;
  private final transient @Nullable Catalogue catalogue;

  /**
   * What is tried, and how long it may take.
   *
   * @param budget seconds of one core of an ordinary machine
   * @param estimators tried by themselves and inside structures; empty for the usual ones
   * @param finders in place of those of the same names with their defaults
   */
  public record Settings(
      @Setting(
              value = "60",
              help = "what all fits together may be expected to take, seconds of one core")
          double budget,
      @Setting(
              value = "[]",
              help =
                  "tried by themselves and inside the structures found; [] is gaussian(), gmm() and"
                      + " network()")
          List<ScoreEstimator> estimators,
      @Setting(value = "[]", help = "finders with settings, such as locality(graph=grid(8, 8))")
          List<StructureFinder> finders)
      implements Serializable {

    /** Checks the range, and copies. */
    public Settings {
      if (!(budget > 0 && budget < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("need a finite budget > 0 seconds, got " + budget);
      }
      estimators = List.copyOf(estimators);
      finders = List.copyOf(finders);
    }
  }

  /**
   * What was chosen.
   *
   * @param estimator the choice
   * @param findings what was held against each other; empty if there were too few rows
   * @param notes how the choice came about, a sentence each
   * @param losses of every candidate at every level, a sentence each
   */
  public record Choice(
      ScoreEstimator estimator,
      Optional<Findings> findings,
      List<String> notes,
      List<String> losses) {
    /** Copies. */
    public Choice {
      notes = List.copyOf(notes);
      losses = List.copyOf(losses);
    }

    /** What is to be said of a fit of the choice: the notes, those of the fit, the losses. */
    List<String> around(List<String> fit) {
      List<String> all = new ArrayList<>(notes);
      all.addAll(fit);
      all.addAll(losses);
      return all;
    }
  }

  Auto(Settings settings, @Nullable Catalogue catalogue) {
    this.settings = settings;
    this.catalogue = catalogue;
  }

  /**
   * Chooses among what the plugins provide that are found when it fits.
   *
   * @param seconds the budget, of one core of an ordinary machine
   */
  public static Auto within(double seconds) {
    return of(new Settings(seconds, List.of(), List.of()));
  }

  /** Chooses among what the plugins provide that are found when it fits. */
  public static Auto of(Settings settings) {
    return new Auto(settings, null);
  }

  /** The settings. */
  public Settings settings() {
    return settings;
  }

  /** The same with other finders in place of those of the same names. */
  public Auto withFinders(List<StructureFinder> finders) {
    return new Auto(new Settings(settings.budget(), settings.estimators(), finders), catalogue);
  }

  /**
   * What will be done within the budget, told before it starts, in one sentence: what looking for
   * structure is expected to take, and what that leaves.
   */
  public String forecast(FitRequest request) {
    Plan plan = new Plan(request);
    return "auto looks for structure first, which is expected to take "
        + seconds(plan.finding())
        + "; what it then holds against each other may take "
        + seconds(Math.max(0, settings.budget() - plan.finding()))
        + " more, all of one core";
  }

  /**
   * Chooses.
   *
   * @throws InvalidDataException if nothing can be fitted to these rows
   * @throws dev.espalier.api.CancelledException if the request's progress was cancelled
   */
  public Choice choose(FitRequest request) {
    Plan plan = new Plan(request);
    HeldOut held;
    try {
      held = HeldOut.of(request);
    } catch (InvalidDataException e) {
      ScoreEstimator fallback = plan.expressions.parse(ScoreEstimator.class, FALLBACK);
      return new Choice(
          fallback,
          Optional.empty(),
          List.of("auto chose " + plan.text(fallback) + " without a comparison: " + e.getMessage()),
          List.of());
    }
    request.progress().report(forecast(request), 0);
    Findings findings =
        plan.discovery.run(request, held, (found, evidence) -> plan.rivals(found, evidence, held));
    return new Choice(
        findings.choice().candidate().estimator(),
        Optional.of(findings),
        plan.notes(findings),
        findings.finalists().stream().map(plan::losses).toList());
  }

  @Override
  public Score fit(FitRequest request) {
    Choice choice = choose(request.withProgress(request.progress().part(0, 0.75)));
    FitRequest rest = request.withProgress(request.progress().part(0.75, 1));
    Score score = choice.estimator().fit(rest);
    return new NotedScore(score, choice.around(score.notes()));
  }

  /** The budget, which is not always used. */
  @Override
  public Cost cost(FitRequest request) {
    long bytes = 0;
    for (Cost each : new Plan(request).costs.values()) {
      bytes = Math.max(bytes, each.bytes());
    }
    return new Cost(settings.budget(), bytes);
  }

  private Catalogue names() {
    return catalogue == null ? Catalogue.discover() : catalogue;
  }

  /** A duration for people. */
  private static String seconds(double seconds) {
    return seconds < 0.95
        ? "less than a second"
        : String.format(Locale.ROOT, seconds < 9.5 ? "%.1f s" : "%.0f s", seconds);
  }

  /** What takes part, decided by costs. */
  private final class Plan {
    private final FitRequest request;
    private final Expressions expressions;
    private final Map<String, Cost> costs;
    private final Discovery discovery;
    private double challenging;

    Plan(FitRequest request) {
      this.request = request;
      this.expressions = new Expressions(names());
      Discovery all = Discovery.of(expressions.catalogue());
      for (StructureFinder finder : settings.finders()) {
        all = all.with(finder);
      }
      this.costs = all.costs(request);
      List<Map.Entry<String, Cost>> cheapest =
          costs.entrySet().stream()
              .sorted(Comparator.comparingDouble(each -> each.getValue().seconds()))
              .toList();
      double sum = 0;
      for (Map.Entry<String, Cost> each : cheapest) {
        sum += each.getValue().seconds();
        if (sum > FINDERS_SHARE * settings.budget()) {
          all =
              all.without(
                  each.getKey(),
                  "it is expected to take "
                      + seconds(each.getValue().seconds())
                      + ", and the finders get half of the budget of "
                      + seconds(settings.budget()));
          sum -= each.getValue().seconds();
          costs.remove(each.getKey());
        }
      }
      this.discovery = all;
    }

    /** What the finders are expected to take. */
    double finding() {
      return costs.values().stream().mapToDouble(Cost::seconds).sum();
    }

    /** The cheapest estimators, alone and inside the structures, that the budget has room for. */
    Discovery.Rivals rivals(List<Findings.Finalist> found, List<Evidence> evidence, HeldOut held) {
      List<Discovery.Rival> wanted = wanted(found, evidence);
      double spent = finding();
      double last = 0;
      for (Findings.Finalist each : found) {
        ScoreEstimator estimator = each.candidate().estimator();
        spent += estimator.cost(held.training()).seconds();
        last = Math.max(last, estimator.cost(request).seconds());
      }
      List<Priced> priced = new ArrayList<>();
      for (Discovery.Rival each : wanted) {
        priced.add(
            new Priced(
                each,
                each.estimator().cost(held.training()).seconds(),
                each.estimator().cost(request).seconds()));
      }
      priced.sort(Comparator.comparingDouble(Priced::seconds));
      List<Discovery.Rival> chosen = new ArrayList<>();
      List<String> notes = new ArrayList<>();
      double before = spent;
      for (Priced each : priced) {
        double after = spent + each.part() + Math.max(last, each.whole());
        if (after <= settings.budget()) {
          spent += each.part();
          last = Math.max(last, each.whole());
          chosen.add(each.rival());
        } else {
          notes.add(
              "auto left out "
                  + each.rival().size()
                  + ": it is expected to take "
                  + seconds(each.seconds())
                  + ", and of the budget of "
                  + seconds(settings.budget())
                  + " there were "
                  + seconds(Math.max(0, settings.budget() - spent - last))
                  + " left");
        }
      }
      challenging = spent - before + last;
      request
          .progress()
          .report(
              "holding "
                  + (found.size() + chosen.size())
                  + " candidates against each other, about "
                  + seconds(challenging),
              0.5);
      return new Discovery.Rivals(chosen, notes);
    }

    /** All estimators alone and inside the structures, without what has been found already. */
    private List<Discovery.Rival> wanted(List<Findings.Finalist> found, List<Evidence> evidence) {
      List<ScoreEstimator> seen = new ArrayList<>();
      List<String> makers = new ArrayList<>();
      for (Findings.Finalist each : found) {
        seen.add(each.candidate().estimator());
        makers.add(maker(each.candidate().estimator()));
      }
      List<Discovery.Rival> wanted = new ArrayList<>();
      for (ScoreEstimator each : estimators()) {
        if (settings.estimators().isEmpty()
            ? !makers.contains(maker(each))
            : !seen.contains(each)) {
          wanted.add(new Discovery.Rival("none", text(each), each));
        }
      }
      for (Evidence each : evidence) {
        for (Structure structure : each.structures()) {
          for (ScoreEstimator inner : estimators()) {
            ScoreEstimator around = structure.around(inner);
            if (!seen.contains(around)) {
              wanted.add(new Discovery.Rival(each.structure(), text(around), around));
            }
          }
        }
      }
      return wanted;
    }

    /** The name of what made it, which stands first in its expression. */
    private String maker(ScoreEstimator estimator) {
      String text = expressions.print(estimator, true);
      int end = text.indexOf('(');
      return end < 0 ? text : text.substring(0, end);
    }

    private List<ScoreEstimator> estimators() {
      return settings.estimators().isEmpty()
          ? USUAL.stream()
              .filter(name -> expressions.catalogue().find(name).isPresent())
              .map(name -> expressions.parse(ScoreEstimator.class, name))
              .toList()
          : settings.estimators();
    }

    /** What a reader can take in at once; the whole expression is the pipeline's. */
    String text(ScoreEstimator estimator) {
      String text = expressions.brief(estimator);
      return text.length() <= SHOWN ? text : shortened(text);
    }

    /** Lists cut short, so that names of parts stay. */
    private static String shortened(String text) {
      return text.replaceAll("\\[([^\\[\\]]{24})[^\\[\\]]{24,}\\]", "[$1...]");
    }

    List<String> notes(Findings findings) {
      List<String> notes = new ArrayList<>();
      Findings.Finalist choice = findings.choice();
      StringBuilder text = new StringBuilder("auto chose ");
      text.append(text(choice.candidate().estimator()));
      text.append(" of ").append(findings.finalists().size()).append(" by score loss on ");
      text.append(findings.heldOut()).append(" held-out rows");
      if (findings.finalists().size() > 1) {
        Findings.Finalist next = findings.finalists().get(findings.nextBest());
        LossCurve excess = findings.excess(findings.nextBest());
        text.append("; the next best is ").append(text(next.candidate().estimator()));
        text.append(", ").append(number(Math.abs(excess.mean()))).append(" ± ");
        text.append(number(excess.error()));
        text.append(excess.mean() < 0 ? " lower, within two standard errors" : " higher");
      }
      notes.add(text.toString());
      notes.add(
          "auto expected to take "
              + seconds(finding())
              + " for finding structure and "
              + seconds(challenging)
              + " for the rest, of a budget of "
              + seconds(settings.budget()));
      notes.addAll(findings.notes());
      return notes;
    }

    String losses(Findings.Finalist each) {
      LossCurve loss = each.candidate().loss();
      List<NoiseLevel> levels = loss.levels();
      List<String> cells = new ArrayList<>();
      for (int k = 0; k < levels.size(); k++) {
        cells.add(number(loss.mean(k)) + " at noise " + number(levels.get(k).sigma()));
      }
      return "auto, "
          + text(each.candidate().estimator())
          + ": loss "
          + number(loss.mean())
          + " ± "
          + number(loss.error())
          + "; "
          + cells.stream().collect(Collectors.joining(", "));
    }

    private static String number(double value) {
      return String.format(Locale.ROOT, "%.4g", value);
    }
  }

  /** A rival and what it is expected to take, fitted to a part of the rows and to all. */
  private record Priced(Discovery.Rival rival, double part, double whole) {
    double seconds() {
      return part + whole;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Auto that && settings.equals(that.settings);
  }

  @Override
  public int hashCode() {
    return settings.hashCode();
  }

  /** The expression, where parts from no provider print as they please. */
  @Override
  public String toString() {
    return new Expressions(names()).print(this, true);
  }
}
