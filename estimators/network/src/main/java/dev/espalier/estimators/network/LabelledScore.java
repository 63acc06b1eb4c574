package dev.espalier.estimators.network;

import dev.espalier.api.Conditionable;
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
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The score of a network that is told a category, or none for the law of all rows.
 *
 * <p>Given a category it has that one alone, and its network is told.
 *
 * <p>Safe for concurrent use.
 */
final class LabelledScore implements Score, Strata, Conditionable, Stored {
  private static final long serialVersionUID = 1;

  static final String PROVIDER = "labelled";

  private final String label;
  private final List<String> categories;
  private final List<Double> weights;
  private final NetworkScore network;

  LabelledScore(String label, List<String> categories, List<Double> weights, NetworkScore network) {
    this.label = label;
    this.categories = List.copyOf(categories);
    this.weights = List.copyOf(weights);
    this.network = network;
  }

  @Override
  public int columns() {
    return network.columns();
  }

  @Override
  public NoiseRange range() {
    return network.range();
  }

  @Override
  public List<String> notes() {
    return network.notes();
  }

  @Override
  public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
    network.posteriorMean(level, x, out);
  }

  @Override
  public void score(NoiseLevel level, double[] x, double[] out) {
    network.score(level, x, out);
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
    return network.isTold() ? network : network.told(category, categories.size());
  }

  /** {@inheritDoc} Known for this label alone: the law of the category, still with its label. */
  @Override
  public Optional<Score> given(Observation observation) {
    if (observation instanceof Observation.Columns fixed) {
      for (int column : fixed.values().keySet()) {
        if (column >= columns()) {
          throw new IllegalArgumentException(
              "need columns below " + columns() + ", got column " + column);
        }
      }
    }
    if (!(observation instanceof Observation.Label seen && seen.label().equals(label))) {
      return Optional.empty();
    }
    NetworkScore told = (NetworkScore) stratum(category(seen));
    return Optional.of(new LabelledScore(label, List.of(seen.category()), List.of(1.0), told));
  }

  @Override
  public OptionalDouble logEvidence(Observation observation) {
    return observation instanceof Observation.Label seen && seen.label().equals(label)
        ? OptionalDouble.of(logWeight(seen))
        : OptionalDouble.empty();
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
    for (int k = 0; k < categories.size(); k++) {
      out.text("category" + k, categories.get(k));
    }
    out.part("network", network);
  }

  /** Restores what {@link #write} wrote. */
  static Score read(Reader in) {
    double[] weights = in.tensor("weights", Reader.ANY);
    List<String> categories = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      categories.add(in.text("category" + k));
      shares.add(weights[k]);
      sum += weights[k] > 0 ? weights[k] : Double.NaN;
    }
    Score part = in.part("network");
    if (!(Math.abs(sum - 1) <= 1e-9
        && categories.stream().distinct().count() == categories.size()
        && part instanceof NetworkScore network
        && network.extras() >= categories.size())) {
      throw new InvalidDataException(
          "need distinct categories whose positive weights have sum 1 and a network that is told"
              + " of them, got "
              + categories
              + " of weights with sum "
              + sum
              + " and "
              + part);
    }
    return new LabelledScore(in.text("label"), categories, shares, (NetworkScore) part);
  }

  @Override
  public String toString() {
    return "LabelledScore[" + label + " " + categories + ", " + network + "]";
  }
}
