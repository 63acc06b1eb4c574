package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Score;
import dev.espalier.api.Strata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A score whose posterior means are bent towards what was observed. */
final class Guided implements Score {
  private static final long serialVersionUID = 1;

  private final Score score;
  private final Conditions conditions;
  private final Bend bend;

  private Guided(Score score, Conditions conditions, Bend bend) {
    this.score = score;
    this.conditions = conditions;
    this.bend = bend;
  }

  /** A score guided, stratum by stratum where it has strata. */
  static Score of(Score score, Conditions conditions, Bend bend) {
    Strata strata = score.ability(Strata.class).orElse(null);
    return strata == null
        ? new Guided(score, conditions, bend)
        : Layered.of(score, strata, conditions, bend);
  }

  /**
   * A score of rows of one category, with its label.
   *
   * @param strata those of the law given the label
   */
  static Score labelled(Strata strata, Score score) {
    if (strata.categories().size() != 1) {
      throw new IllegalArgumentException(
          "need one category of '" + strata.label() + "', got " + strata.categories());
    }
    return new Layered(score, strata.label(), strata.categories(), List.of(1.0), List.of(score));
  }

  @Override
  public int columns() {
    return score.columns();
  }

  @Override
  public NoiseRange range() {
    return score.range();
  }

  @Override
  public List<String> notes() {
    return score.notes();
  }

  /** What the score itself can do no longer holds for it guided. */
  @Override
  public <A> Optional<A> ability(Class<A> ability) {
    return Optional.empty();
  }

  @Override
  public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
    score.posteriorMean(level, x, out);
    if (level.b() == 0) {
      return;
    }
    double[][] sweeps =
        bend.needsCovariance() ? Bend.sweeps(score, level, x, conditions) : new double[0][];
    int d = columns();
    for (int at = 0; at < x.length; at += d) {
      bend.move(new Bend.Seen(level, conditions, at, out, sweeps));
    }
  }

  @Override
  public String toString() {
    return "Guided[" + score + ", " + bend + "]";
  }

  /**
   * Strata guided one by one, weighted by how likely what was observed is in each.
   *
   * <p>The likelihood is that under the normal law with the stratum's mean and covariance.
   */
  private static final class Layered implements Score, Strata {
    private static final long serialVersionUID = 1;

    private final Score whole;
    private final String label;
    private final List<String> categories;
    private final List<Double> weights;
    private final List<Score> strata;

    private Layered(
        Score whole,
        String label,
        List<String> categories,
        List<Double> weights,
        List<Score> strata) {
      this.whole = whole;
      this.label = label;
      this.categories = List.copyOf(categories);
      this.weights = List.copyOf(weights);
      this.strata = List.copyOf(strata);
    }

    static Score of(Score whole, Strata strata, Conditions conditions, Bend bend) {
      int count = strata.categories().size();
      double[] logs = new double[count];
      double greatest = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < count; k++) {
        logs[k] =
            StrictMath.log(strata.weights().get(k))
                + (count > 1 ? logEvidence(strata.stratum(k), conditions) : 0);
        greatest = Math.max(greatest, logs[k]);
      }
      double sum = 0;
      for (int k = 0; k < count; k++) {
        logs[k] = greatest == Double.NEGATIVE_INFINITY ? 0 : StrictMath.exp(logs[k] - greatest);
        sum += logs[k];
      }
      if (!(sum > 0)) {
        throw new IllegalArgumentException(
            "this observation has probability zero in every category of '" + strata.label() + "'");
      }
      List<String> categories = new ArrayList<>();
      List<Double> weights = new ArrayList<>();
      List<Score> guided = new ArrayList<>();
      for (int k = 0; k < count; k++) {
        if (logs[k] > 0) {
          categories.add(strata.categories().get(k));
          weights.add(logs[k] / sum);
          guided.add(Guided.of(strata.stratum(k), conditions, bend));
        }
      }
      return new Layered(whole, strata.label(), categories, weights, guided);
    }

    /** How likely the observation is under the normal law of a score's mean and covariance. */
    private static double logEvidence(Score score, Conditions conditions) {
      double logSnr = Math.max(-12, score.range().noisiest());
      NoiseLevel level = NoiseLevel.exploding(StrictMath.exp(-0.5 * logSnr));
      double[] mean = new double[score.columns()];
      score.posteriorMean(level, new double[mean.length], mean);
      double[] x = mean.clone();
      double[][] sweeps = Bend.sweeps(score, level, x, conditions);
      return Kalman.update(new Bend.Seen(level, conditions, 0, mean, sweeps));
    }

    @Override
    public int columns() {
      return whole.columns();
    }

    @Override
    public NoiseRange range() {
      return whole.range();
    }

    @Override
    public List<String> notes() {
      return whole.notes();
    }

    @Override
    public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
      if (strata.size() > 1) {
        throw new IllegalStateException(
            "guided strata of '" + label + "' cannot be mixed; draw stratum by stratum");
      }
      strata.get(0).posteriorMean(level, x, out);
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
    public String toString() {
      return "Guided[" + label + " " + categories + ", " + strata + "]";
    }
  }
}
