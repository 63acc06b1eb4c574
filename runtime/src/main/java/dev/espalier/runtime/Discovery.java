package dev.espalier.runtime;

import dev.espalier.api.Cost;
import dev.espalier.api.Evidence;
import dev.espalier.api.FitRequest;
import dev.espalier.api.HeldOut;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.LossCurve;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.NotConvergedException;
import dev.espalier.api.Progress;
import dev.espalier.api.Provider;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.StructureFinder;
import dev.espalier.api.Tasks;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which structure rows have: every finder of a catalogue looks for its own, and what they find is
 * held against each other.
 *
 * <p>Rows are split once: finders see one part, of which they hold out some to choose a size; the
 * other part then compares their choices, and the laws without structure, on rows that nobody has
 * seen. The choice is the candidate of fewest parameters that is as good as the best ({@link
 * LossCurve#simplest}).
 */
public final class Discovery {

  private static final String BASELINE = "none";

  private final Map<String, StructureFinder> finders;
  private final Map<String, String> unused;
  private final Catalogue catalogue;

  private Discovery(
      Map<String, StructureFinder> finders, Map<String, String> unused, Catalogue catalogue) {
    this.finders = finders;
    this.unused = unused;
    this.catalogue = catalogue;
  }

  /**
   * All finders of a catalogue with their default settings; one that needs a setting takes no part
   * until {@link #with} names it.
   */
  public static Discovery of(Catalogue catalogue) {
    Map<String, StructureFinder> finders = new TreeMap<>();
    Map<String, String> unused = new TreeMap<>();
    Expressions expressions = new Expressions(catalogue);
    for (Provider<?> provider : catalogue.providers()) {
      if (provider.role() == StructureFinder.class) {
        String name = provider.name();
        List<String> needed =
            catalogue.keys(name).stream()
                .filter(key -> key.initial().isEmpty())
                .map(SettingKey::name)
                .toList();
        if (needed.isEmpty()) {
          finders.put(name, expressions.parse(StructureFinder.class, name + "()"));
        } else {
          unused.put(name, name + " was not looked for: it needs " + String.join(", ", needed));
        }
      }
    }
    return new Discovery(finders, unused, catalogue);
  }

  /**
   * This with a finder in place of the one of the same name.
   *
   * @param finder an expression, such as {@code rank(rank=1..5)}
   * @throws ExpressionException if the text has an error, with its place
   */
  public Discovery with(String finder) {
    return with(new Expressions(catalogue).parse(StructureFinder.class, finder));
  }

  /**
   * This with a finder in place of the one of the same name.
   *
   * @param finder made by a provider of the catalogue
   * @throws IllegalArgumentException if it is from no provider of the catalogue
   */
  public Discovery with(StructureFinder finder) {
    Map<String, StructureFinder> changed = new TreeMap<>(finders);
    Map<String, String> rest = new TreeMap<>(unused);
    boolean known = false;
    for (Provider<?> provider : catalogue.providers()) {
      if (provider.role() == StructureFinder.class && provider.settingsOf(finder).isPresent()) {
        changed.put(provider.name(), finder);
        rest.remove(provider.name());
        known = true;
      }
    }
    if (!known) {
      throw new IllegalArgumentException(
          "need a finder from a provider of the catalogue, got " + finder);
    }
    return new Discovery(changed, rest, catalogue);
  }

  /** This without the finder of a name, if there is one; a note says why. */
  public Discovery without(String name, String reason) {
    Map<String, StructureFinder> changed = new TreeMap<>(finders);
    Map<String, String> rest = new TreeMap<>(unused);
    if (changed.remove(name) != null) {
      rest.put(name, name + " was not looked for: " + reason);
    }
    return new Discovery(changed, rest, catalogue);
  }

  /** What each finder is expected to take for the rows that it would see, by name. */
  public Map<String, Cost> costs(FitRequest request) {
    Map<String, Cost> costs = new TreeMap<>();
    finders.forEach((name, finder) -> costs.put(name, finder.cost(request)));
    return costs;
  }

  /**
   * Looks for all structures.
   *
   * @throws InvalidDataException if there are too few rows to hold some out, or nothing could be
   *     looked for
   * @throws dev.espalier.api.CancelledException if the request's progress was cancelled
   */
  public Findings run(FitRequest request) {
    return run(request, HeldOut.of(request), (found, evidence) -> Rivals.NONE);
  }

  /** Proposes what else to hold against what was found. */
  @FunctionalInterface
  interface Challenge {
    /** The rivals of what was found, of which the evidence is given. */
    Rivals of(List<Findings.Finalist> found, List<Evidence> evidence);
  }

  /**
   * Estimators that no finder proposed.
   *
   * @param all the estimators
   * @param notes what a reader should know, a sentence each
   */
  record Rivals(List<Rival> all, List<String> notes) {
    static final Rivals NONE = new Rivals(List.of(), List.of());
  }

  /** An estimator that no finder proposed, with the name of its structure and its size. */
  record Rival(String structure, String size, ScoreEstimator estimator) implements Serializable {}

  /** Looks for all structures, and holds rivals against what was found. */
  Findings run(FitRequest request, HeldOut held, Challenge challenge) {
    Work work = Work.of(held);
    List<StructureFinder> all = List.copyOf(finders.values());
    List<String> names = List.copyOf(finders.keySet());
    Progress progress = request.progress();
    Tasks tasks = request.tasks();
    List<Seen> seen =
        tasks.map(
            all.size(),
            (index, inner) -> Seen.by(all.get(index), work.request(inner)),
            progress.part(0, 0.5));
    List<Evidence> evidence = new ArrayList<>();
    List<String> notes = new ArrayList<>(unused.values());
    List<Findings.Finalist> found = new ArrayList<>();
    for (int k = 0; k < seen.size(); k++) {
      Evidence each = seen.get(k).evidence();
      if (each == null) {
        notes.add(names.get(k) + " was not looked for: " + seen.get(k).problem());
      } else {
        evidence.add(each);
        enter(each, found);
      }
    }
    Rivals rivals = challenge.of(found, evidence);
    notes.addAll(rivals.notes());
    if (found.isEmpty() && rivals.all().isEmpty()) {
      throw new InvalidDataException(
          "need at least one finder that can look at these rows, got none: "
              + String.join("; ", notes));
    }
    List<ScoreEstimator> entered = new ArrayList<>();
    found.forEach(each -> entered.add(each.candidate().estimator()));
    rivals.all().forEach(each -> entered.add(each.estimator()));
    List<Learned> learned =
        tasks.map(
            entered.size(),
            (index, inner) -> Learned.by(entered.get(index), work.request(inner)),
            progress.part(0.5, 1));
    List<Findings.Finalist> finalists = new ArrayList<>();
    for (int k = 0; k < learned.size(); k++) {
      Score score = learned.get(k).score();
      if (score == null) {
        notes.add(name(k, found, rivals) + " was left out: " + learned.get(k).problem());
      } else if (k < found.size()) {
        finalists.add(found.get(k).with(held.loss(score), request));
      } else {
        Rival rival = rivals.all().get(k - found.size());
        finalists.add(finalist(rival, held.loss(score), score, request));
      }
    }
    if (finalists.isEmpty()) {
      throw new InvalidDataException(
          "need at least one candidate that can be fitted, got none: " + String.join("; ", notes));
    }
    finalists.sort(Comparator.comparingDouble(each -> each.candidate().parameters()));
    int chosen =
        LossCurve.simplest(finalists.stream().map(each -> each.candidate().loss()).toList());
    return new Findings(finalists, chosen, evidence, held.rows().count(), notes);
  }

  private static String name(int k, List<Findings.Finalist> found, Rivals rivals) {
    return k < found.size()
        ? found.get(k).structure() + ", " + found.get(k).candidate().size()
        : rivals.all().get(k - found.size()).size();
  }

  private static Findings.Finalist finalist(
      Rival rival, LossCurve loss, Score score, FitRequest request) {
    double numbers = StoredNumbers.of(score);
    return new Findings.Finalist(
        rival.structure(),
        new Evidence.Candidate(
            rival.size(),
            rival.estimator(),
            numbers > 0 ? numbers : (double) request.rows().count() * request.rows().columns(),
            loss,
            rival.estimator().cost(request)));
  }

  /** The choice of a structure that was found; all of the laws without one. */
  private static void enter(Evidence found, List<Findings.Finalist> entered) {
    if (found.structure().equals(BASELINE)) {
      found.candidates().forEach(each -> entered.add(new Findings.Finalist(BASELINE, each)));
    } else if (found.found()) {
      entered.add(new Findings.Finalist(found.structure(), found.choice()));
    }
  }

  /** What a finder saw, or why it could not look. */
  private record Seen(@Nullable Evidence evidence, String problem) implements Serializable {

    static Seen by(StructureFinder finder, FitRequest request) {
      try {
        return new Seen(finder.find(request), "");
      } catch (InvalidDataException e) {
        return new Seen(null, String.valueOf(e.getMessage()));
      }
    }
  }

  /** What a candidate learned, or why it could not. */
  private record Learned(@Nullable Score score, String problem) implements Serializable {

    static Learned by(ScoreEstimator estimator, FitRequest request) {
      try {
        return new Learned(estimator.fit(request), "");
      } catch (InvalidDataException | NotConvergedException e) {
        return new Learned(null, String.valueOf(e.getMessage()));
      }
    }
  }

  /** A request that travels. */
  private static final class Work implements Serializable {
    private static final long serialVersionUID = 1;

    private final Samples rows;
    private final double[] weights;
    private final NoiseRange range;
    private final long seed;

    private Work(Samples rows, double[] weights, NoiseRange range, long seed) {
      this.rows = rows;
      this.weights = weights;
      this.range = range;
      this.seed = seed;
    }

    /** The rows to fit, at the levels of the request and at those that will be compared at. */
    static Work of(HeldOut held) {
      FitRequest request = held.training();
      double[] weights = new double[request.rows().count()];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = request.weight(i);
      }
      NoiseRange compared = held.range();
      NoiseRange range =
          new NoiseRange(
              Math.min(request.range().noisiest(), compared.noisiest()),
              Math.max(request.range().cleanest(), compared.cleanest()));
      long seed = request.streams().seed("discovery", 0);
      return new Work(request.rows(), weights, range, seed);
    }

    FitRequest request(Progress progress) {
      return FitRequest.of(rows)
          .withWeights(weights)
          .withRange(range)
          .withSeed(seed)
          .withProgress(progress);
    }
  }
}
