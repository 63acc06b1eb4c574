package dev.espalier.plugins.stratified;

import dev.espalier.api.Conditionable;
import dev.espalier.api.Density;
import dev.espalier.api.DirectSampler;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Observation;
import dev.espalier.api.Reader;
import dev.espalier.api.Score;
import dev.espalier.api.Stored;
import dev.espalier.api.Strata;
import dev.espalier.api.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The score of a mixture of strata.
 *
 * <p>With densities {@code p_k} of the strata at a level and weights {@code w_k}, the posterior
 * mean and the score are those of the strata averaged with the responsibilities {@code r_k ∝
 * w_k·p_k(x)}; or those of a score that was fitted to all rows, if there is one.
 */
final class StratifiedScore
    implements Score, Strata, Density, DirectSampler, Conditionable, Stored {
  private static final long serialVersionUID = 1;

  static final String PROVIDER = "stratified";

  private static final int MOST_NOTES = 12;

  private final String label;
  private final List<String> categories;
  private final List<Double> weights;
  private final List<Score> strata;

  /** The score of all rows, if one was fitted. */
  private final @Nullable Score whole;

  private final List<String> notes;

  StratifiedScore(String label, List<String> categories, List<Double> weights, List<Score> strata) {
    this(label, categories, weights, strata, null, List.of());
  }

  private StratifiedScore(
      String label,
      List<String> categories,
      List<Double> weights,
      List<Score> strata,
      @Nullable Score whole,
      List<String> notes) {
    this.label = label;
    this.categories = List.copyOf(categories);
    this.weights = List.copyOf(weights);
    this.strata = List.copyOf(strata);
    this.whole = whole;
    this.notes = List.copyOf(notes);
  }

  StratifiedScore withNotes(List<String> notes) {
    return new StratifiedScore(label, categories, weights, strata, whole, notes);
  }

  StratifiedScore withWhole(@Nullable Score whole) {
    return new StratifiedScore(label, categories, weights, strata, whole, notes);
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public List<String> categories() {
    return categories;
  }

  @Override
  public List<Double> weights() {
    return weights;
  }

  @Override
  public Score stratum(int category) {
    return strata.get(category);
  }

  @Override
  public int columns() {
    return strata.get(0).columns();
  }

  @Override
  public NoiseRange range() {
    NoiseRange range = NoiseRange.ALL;
    for (Score stratum : strata) {
      range = range.intersect(stratum.range());
    }
    return whole == null ? range : range.intersect(whole.range());
  }

  /** Own notes, then those of the strata, each once with its categories, the first few of them. */
  @Override
  public List<String> notes() {
    Map<String, List<String>> where = new LinkedHashMap<>();
    for (int k = 0; k < strata.size(); k++) {
      for (String note : strata.get(k).notes()) {
        where.computeIfAbsent(note, unseen -> new ArrayList<>()).add("'" + categories.get(k) + "'");
      }
    }
    List<String> all = new ArrayList<>();
    where.forEach(
        (note, which) ->
            all.add(
                (which.size() > 1 && which.size() == strata.size()
                        ? "every " + label
                        : label + " " + String.join(", ", which))
                    + ": "
                    + note));
    List<String> kept = new ArrayList<>(notes);
    kept.addAll(all.size() <= MOST_NOTES ? all : all.subList(0, MOST_NOTES));
    if (all.size() > MOST_NOTES) {
      kept.add("and " + (all.size() - MOST_NOTES) + " more notes on categories of '" + label + "'");
    }
    return kept;
  }

  @Override
  public <A> Optional<A> ability(Class<A> ability) {
    if (whole != null
        && (ability == Density.class
            || ability == Stored.class && whole.ability(ability).isEmpty())) {
      return Optional.empty();
    }
    boolean needsStrata =
        ability == Density.class || ability == DirectSampler.class || ability == Stored.class;
    return needsStrata && !allHave(ability) ? Optional.empty() : Score.super.ability(ability);
  }

  private boolean allHave(Class<?> ability) {
    return strata.stream().allMatch(stratum -> stratum.ability(ability).isPresent());
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if there are several strata and one has no density
   */
  @Override
  public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
    if (level.b() == 0) {
      for (int i = 0; i < x.length; i++) {
        out[i] = x[i] / level.a();
      }
      return;
    }
    if (whole != null) {
      whole.posteriorMean(level, x, out);
    } else {
      mix(level, x, out, (stratum, part) -> stratum.posteriorMean(level, x, part));
    }
  }

  @Override
  public void score(NoiseLevel level, double[] x, double[] out) {
    if (whole != null) {
      whole.score(level, x, out);
    } else {
      mix(level, x, out, (stratum, part) -> stratum.score(level, x, part));
    }
  }

  /** Something that a stratum writes for every row. */
  private interface Field {
    void write(Score stratum, double[] out);
  }

  /** The strata's fields averaged with the responsibilities of every row. */
  private void mix(NoiseLevel level, double[] x, double[] out, Field field) {
    if (strata.size() == 1) {
      field.write(strata.get(0), out);
      return;
    }
    int d = columns();
    int rows = x.length / d;
    double[] joint = jointLogDensities(level, x);
    double[] whole = logSumExp(joint, rows);
    double[] part = new double[x.length];
    Arrays.fill(out, 0);
    for (int k = 0; k < strata.size(); k++) {
      field.write(strata.get(k), part);
      for (int i = 0; i < rows; i++) {
        double log = joint[k * rows + i];
        double responsibility =
            whole[i] == Double.NEGATIVE_INFINITY ? weights.get(k) : StrictMath.exp(log - whole[i]);
        if (responsibility > 0) {
          for (int j = i * d; j < (i + 1) * d; j++) {
            out[j] += responsibility * part[j];
          }
        }
      }
    }
  }

  /** {@inheritDoc} */
  @Override
  public void logDensity(NoiseLevel level, double[] x, double[] out) {
    double[] whole = logSumExp(jointLogDensities(level, x), out.length);
    System.arraycopy(whole, 0, out, 0, out.length);
  }

  /** {@code log w_k + log p_k(x_i)} at {@code [k·rows + i]}. */
  private double[] jointLogDensities(NoiseLevel level, double[] x) {
    int rows = x.length / columns();
    double[] joint = new double[strata.size() * rows];
    double[] part = new double[rows];
    for (int k = 0; k < strata.size(); k++) {
      String category = categories.get(k);
      strata
          .get(k)
          .ability(Density.class)
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "the strata of '"
                          + label
                          + "' cannot be mixed, because the score of '"
                          + category
                          + "' has no density. Draw stratum by stratum, condition on "
                          + label
                          + ", or fit with whole=true"))
          .logDensity(level, x, part);
      double log = StrictMath.log(weights.get(k));
      for (int i = 0; i < rows; i++) {
        joint[k * rows + i] = log + part[i];
      }
    }
    return joint;
  }

  private static double[] logSumExp(double[] joint, int rows) {
    double[] whole = new double[rows];
    for (int i = 0; i < rows; i++) {
      double greatest = Double.NEGATIVE_INFINITY;
      for (int at = i; at < joint.length; at += rows) {
        greatest = Math.max(greatest, joint[at]);
      }
      double sum = 0;
      for (int at = i; at < joint.length; at += rows) {
        sum += greatest == Double.NEGATIVE_INFINITY ? 0 : StrictMath.exp(joint[at] - greatest);
      }
      whole[i] = greatest + (sum > 0 ? StrictMath.log(sum) : 0);
    }
    return whole;
  }

  @Override
  public void draw(RandomGenerator random, double[] row) {
    double u = random.nextDouble();
    int chosen = 0;
    double below = weights.get(0);
    while (chosen < strata.size() - 1 && u >= below) {
      below += weights.get(++chosen);
    }
    strata.get(chosen).ability(DirectSampler.class).orElseThrow().draw(random, row);
  }

  /**
   * For this label the stratum itself, still with its label; for anything else the strata each
   * given the observation and reweighed by its evidence, if all of them know both.
   */
  @Override
  public Optional<Score> given(Observation observation) {
    if (observation instanceof Observation.Label observed && observed.label().equals(label)) {
      int k = category(observed);
      return Optional.of(
          new StratifiedScore(
              label,
              categories.subList(k, k + 1),
              List.of(1.0),
              strata.subList(k, k + 1),
              null,
              notes));
    }
    double[] joint = jointLogEvidence(observation).orElse(null);
    if (joint == null) {
      return Optional.empty();
    }
    double whole = logSumExp(joint, 1)[0];
    if (whole == Double.NEGATIVE_INFINITY) {
      throw new IllegalArgumentException(
          "need an observation that is possible, got " + observation + " with probability zero");
    }
    List<String> keptCategories = new ArrayList<>();
    List<Double> kept = new ArrayList<>();
    List<Score> conditioned = new ArrayList<>();
    for (int k = 0; k < strata.size(); k++) {
      double weight = StrictMath.exp(joint[k] - whole);
      if (weight > 0) {
        Optional<Score> part =
            strata.get(k).ability(Conditionable.class).flatMap(each -> each.given(observation));
        if (part.isEmpty()) {
          return Optional.empty();
        }
        keptCategories.add(categories.get(k));
        kept.add(weight);
        conditioned.add(part.get());
      }
    }
    double sum = 0;
    for (double weight : kept) {
      sum += weight;
    }
    double total = sum;
    return Optional.of(
        new StratifiedScore(
            label,
            keptCategories,
            kept.stream().map(weight -> weight / total).toList(),
            conditioned,
            null,
            notes));
  }

  @Override
  public OptionalDouble logEvidence(Observation observation) {
    if (observation instanceof Observation.Label observed && observed.label().equals(label)) {
      return OptionalDouble.of(logWeight(observed));
    }
    return jointLogEvidence(observation)
        .map(joint -> OptionalDouble.of(logSumExp(joint, 1)[0]))
        .orElse(OptionalDouble.empty());
  }

  /** {@code log w_k} plus the log evidence in stratum k, if every stratum knows it. */
  private Optional<double[]> jointLogEvidence(Observation observation) {
    double[] joint = new double[strata.size()];
    for (int k = 0; k < joint.length; k++) {
      Conditionable stratum = strata.get(k).ability(Conditionable.class).orElse(null);
      OptionalDouble evidence =
          stratum == null ? OptionalDouble.empty() : stratum.logEvidence(observation);
      if (evidence.isEmpty()) {
        return Optional.empty();
      }
      joint[k] = StrictMath.log(weights.get(k)) + evidence.getAsDouble();
    }
    return Optional.of(joint);
  }

  @Override
  public String provider() {
    return PROVIDER;
  }

  @Override
  public void write(Writer out) {
    out.text("label", label);
    out.tensor(
        "weights", weights.stream().mapToDouble(Double::doubleValue).toArray(), weights.size());
    for (int k = 0; k < strata.size(); k++) {
      out.text("category" + k, categories.get(k));
      out.part("stratum" + k, strata.get(k));
    }
    if (whole != null) {
      out.part("whole", whole);
    }
    out.number("notes", notes.size());
    for (int i = 0; i < notes.size(); i++) {
      out.text("note" + i, notes.get(i));
    }
  }

  /** Restores what {@link #write} wrote. */
  static Score read(Reader in) {
    double[] weights = in.tensor("weights", Reader.ANY);
    List<String> categories = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    List<Score> strata = new ArrayList<>();
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      categories.add(in.text("category" + k));
      strata.add(in.part("stratum" + k));
      shares.add(weights[k]);
      sum += weights[k];
      if (!(weights[k] > 0) || strata.get(k).columns() != strata.get(0).columns()) {
        throw new InvalidDataException(
            "need strata with positive weights and as many columns each, got weight "
                + weights[k]
                + " and "
                + strata.get(k).columns()
                + " columns in stratum "
                + k);
      }
    }
    if (!(Math.abs(sum - 1) <= 1e-9)
        || categories.stream().distinct().count() != categories.size()) {
      throw new InvalidDataException(
          "need weights with sum 1 and distinct categories, got the sum "
              + sum
              + " and "
              + categories);
    }
    int count = in.whole("notes");
    List<String> notes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      notes.add(in.text("note" + i));
    }
    Score whole = in.has("whole") ? in.part("whole") : null;
    if (whole != null && whole.columns() != strata.get(0).columns()) {
      throw new InvalidDataException(
          "need as many columns in the score of all rows as in the strata, got " + whole.columns());
    }
    return new StratifiedScore(in.text("label"), categories, shares, strata, whole, notes);
  }
}
