package dev.espalier.runtime;

import dev.espalier.api.Evidence;
import dev.espalier.api.FitRequest;
import dev.espalier.api.HeldOut;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.LossCurve;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Progress;
import dev.espalier.api.Provider;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
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
    StructureFinder made = new Expressions(catalogue).parse(StructureFinder.class, finder);
    Map<String, StructureFinder> changed = new TreeMap<>(finders);
    Map<String, String> rest = new TreeMap<>(unused);
    for (Provider<?> provider : catalogue.providers()) {
      if (provider.role() == StructureFinder.class && provider.settingsOf(made).isPresent()) {
        changed.put(provider.name(), made);
        rest.remove(provider.name());
      }
    }
    return new Discovery(changed, rest, catalogue);
  }

  /**
   * Looks for all structures.
   *
   * @throws InvalidDataException if there are too few rows to hold some out, or nothing could be
   *     looked for
   * @throws dev.espalier.api.CancelledException if the request's progress was cancelled
   */
  public Findings run(FitRequest request) {
    HeldOut held = HeldOut.of(request);
    Work work = Work.of(held.training());
    List<StructureFinder> all = List.copyOf(finders.values());
    List<String> names = List.copyOf(finders.keySet());
    Progress progress = request.progress();
    Tasks tasks = request.tasks();
    List<Seen> seen =
        tasks.map(
            all.size(),
            (index, inner) -> Seen.by(all.get(index), work.request(inner)),
            progress.part(0, 0.8));
    List<Evidence> evidence = new ArrayList<>();
    List<String> notes = new ArrayList<>(unused.values());
    List<Findings.Finalist> entered = new ArrayList<>();
    for (int k = 0; k < seen.size(); k++) {
      Evidence found = seen.get(k).evidence();
      if (found == null) {
        notes.add(names.get(k) + " was not looked for: " + seen.get(k).problem());
      } else {
        evidence.add(found);
        enter(found, entered);
      }
    }
    if (entered.isEmpty()) {
      throw new InvalidDataException(
          "need at least one finder that can look at these rows, got none: "
              + String.join("; ", notes));
    }
    entered.sort(Comparator.comparingDouble(each -> each.candidate().parameters()));
    List<Findings.Finalist> order = List.copyOf(entered);
    List<Score> scores =
        tasks.map(
            order.size(),
            (index, inner) -> order.get(index).candidate().estimator().fit(work.request(inner)),
            progress.part(0.8, 1));
    List<Findings.Finalist> finalists = new ArrayList<>();
    for (int k = 0; k < order.size(); k++) {
      finalists.add(order.get(k).with(held.loss(scores.get(k)), request));
    }
    int chosen =
        LossCurve.simplest(finalists.stream().map(each -> each.candidate().loss()).toList());
    return new Findings(finalists, chosen, evidence, held.rows().count(), notes);
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

    static Work of(FitRequest request) {
      double[] weights = new double[request.rows().count()];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = request.weight(i);
      }
      long seed = request.streams().seed("discovery", 0);
      return new Work(request.rows(), weights, request.range(), seed);
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
