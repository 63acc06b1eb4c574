package dev.espalier.estimators.closedform;

import dev.espalier.api.Conditionable;
import dev.espalier.api.Density;
import dev.espalier.api.DirectSampler;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NormalInterval;
import dev.espalier.api.Observation;
import dev.espalier.api.Score;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A mixture of normal laws cut off along one linear form, {@code low <= h·x0 <= high}, exactly.
 *
 * <p>Given a noisy row, component k is normal with mean {@code m_k} and covariance {@code C_k}, and
 * {@code h·x0} is normal in one dimension; cutting it off moves the mean by {@code C_k·h} times the
 * mean of a normal number in an interval, and multiplies the weight by the interval's probability.
 * Draws take {@code h·x0} from its truncated law and the rest given it, so nothing is rejected.
 */
final class TruncatedMixture implements Score, Density, DirectSampler, Conditionable {
  private static final long serialVersionUID = 1;

  /** The share of the greatest variance below which a direction is constant. */
  private static final double CONSTANT = 1e-26;

  private static final double ON_END = 1e-9;

  private final GaussianMixture law;
  private final Observation.Between cut;
  private final double[] h;

  /** The laws of the components, each alone. */
  private final List<GaussianMixture> parts;

  /** {@code S_k·h}. */
  private final double[][] sweeps;

  /** The weights of the components that are left, with sum 1. */
  private final double[] weights;

  private final double logMass;

  private TruncatedMixture(GaussianMixture law, Observation.Between cut) {
    this.law = law;
    this.cut = cut;
    this.h = cut.weights();
    int count = law.components().size();
    this.parts = new ArrayList<>();
    this.sweeps = new double[count][];
    this.weights = new double[count];
    double greatest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < count; k++) {
      Component component = law.components().get(k);
      parts.add(GaussianMixture.of(List.of(component.withWeight(1))));
      sweeps[k] = sweep(component, h);
      weights[k] = StrictMath.log(component.weight()) + logMass(component, cut, h, sweeps[k]);
      greatest = Math.max(greatest, weights[k]);
    }
    double sum = 0;
    for (int k = 0; k < count; k++) {
      weights[k] = greatest == Double.NEGATIVE_INFINITY ? 0 : StrictMath.exp(weights[k] - greatest);
      sum += weights[k];
    }
    for (int k = 0; k < count; k++) {
      weights[k] /= sum;
    }
    this.logMass = sum > 0 ? greatest + StrictMath.log(sum) : Double.NEGATIVE_INFINITY;
  }

  /**
   * The law given that a form lies in an interval: the mixture itself where the form is constant.
   *
   * @throws IllegalArgumentException if the form has other weights than there are columns, or the
   *     interval has probability zero
   */
  static Score of(GaussianMixture law, Observation.Between cut) {
    TruncatedMixture truncated = checked(law, cut);
    if (truncated.logMass == Double.NEGATIVE_INFINITY) {
      throw new IllegalArgumentException(
          "this observation has probability zero: the law holds the form constant outside of the"
              + " interval from "
              + cut.low()
              + " to "
              + cut.high());
    }
    List<Component> kept = new ArrayList<>();
    boolean constant = true;
    for (int k = 0; k < truncated.weights.length; k++) {
      if (truncated.weights[k] > 0) {
        kept.add(law.components().get(k));
        constant &= truncated.variance(k, truncated.sweeps[k]) == 0;
      }
    }
    GaussianMixture rest = GaussianMixture.of(kept).withNotes(law.notes());
    return constant ? rest : new TruncatedMixture(rest, cut);
  }

  /** The logarithm of the probability that a form lies in an interval. */
  static double logEvidence(GaussianMixture law, Observation.Between cut) {
    return checked(law, cut).logMass;
  }

  private static TruncatedMixture checked(GaussianMixture law, Observation.Between cut) {
    if (cut.columns() != law.columns()) {
      throw new IllegalArgumentException(
          "need " + law.columns() + " weights, one a column, got " + cut.columns());
    }
    return new TruncatedMixture(law, cut);
  }

  private static double[] sweep(Component component, double[] h) {
    int d = h.length;
    double[] sweep = new double[d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        if (h[j] != 0) {
          sweep[i] += component.covariance().get(i, j) * h[j];
        }
      }
    }
    return sweep;
  }

  private static double logMass(
      Component component, Observation.Between cut, double[] h, double[] sweep) {
    double variance = variance(component, h, sweep);
    return logMass(cut, Products.dot(component.mean(), h, h.length), variance);
  }

  private static double logMass(Observation.Between cut, double mean, double variance) {
    if (variance > 0) {
      return interval(cut, mean, Math.sqrt(variance)).logMass();
    }
    double slack = ON_END * Math.abs(mean);
    return mean >= cut.low() - slack && mean <= cut.high() + slack ? 0 : Double.NEGATIVE_INFINITY;
  }

  private static NormalInterval interval(Observation.Between cut, double mean, double deviation) {
    double low = (cut.low() - mean) / deviation;
    double high = (cut.high() - mean) / deviation;
    return NormalInterval.of(low, high > low ? high : Math.nextUp(low));
  }

  private static double variance(Component component, double[] h, double[] sweep) {
    int d = h.length;
    double variance = Products.dot(h, sweep, d);
    double scale = component.covariance().form().scale() * Products.dot(h, h, d);
    return variance > CONSTANT * scale ? variance : 0;
  }

  private double variance(int k, double[] sweep) {
    return variance(law.components().get(k), h, sweep);
  }

  @Override
  public int columns() {
    return law.columns();
  }

  @Override
  public List<String> notes() {
    return law.notes();
  }

  @Override
  public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
    if (level.b() == 0) {
      law.posteriorMean(level, x, out);
      return;
    }
    mix(level, x, out, Wanted.MEAN);
  }

  @Override
  public void score(NoiseLevel level, double[] x, double[] out) {
    if (level.b() == 0) {
      law.score(level, x, out);
      return;
    }
    mix(level, x, out, Wanted.SCORE);
  }

  private enum Wanted {
    MEAN,
    SCORE
  }

  private void mix(NoiseLevel level, double[] x, double[] out, Wanted wanted) {
    int d = columns();
    int n = x.length / d;
    Given given = new Given(level, x);
    double[] whole = given.logSums();
    double[] part = new double[x.length];
    Arrays.fill(out, 0);
    for (int k = 0; k < parts.size(); k++) {
      if (wanted == Wanted.SCORE) {
        parts.get(k).score(level, x, part);
      }
      double[] moved = wanted == Wanted.SCORE ? given.gains[k] : given.sweeps[k];
      double[] centre = wanted == Wanted.SCORE ? part : given.means[k];
      for (int i = 0; i < n; i++) {
        double share = given.share(k, i, whole[i]);
        if (share > 0) {
          for (int j = 0; j < d; j++) {
            out[i * d + j] += share * (centre[i * d + j] + given.shifts[k][i] * moved[j]);
          }
        }
      }
    }
  }

  /** The components given noisy rows at a level, {@code b > 0}. */
  private final class Given {
    final int rows;

    /** {@code log(w_k p_k(x))} without the cut, row by row. */
    final double[] logs;

    final double[][] logMasses;
    final double[][] means;

    /** {@code C_k·h}. */
    final double[][] sweeps;

    /** {@code (a/b)·C_k·h}. */
    final double[][] gains;

    /** How far along {@code C_k·h} the mean moves. */
    final double[][] shifts;

    Given(NoiseLevel level, double[] x) {
      int d = columns();
      int count = parts.size();
      rows = x.length / d;
      logs = new double[rows * count];
      law.logJoint(level, x, logs);
      logMasses = new double[count][rows];
      means = new double[count][x.length];
      sweeps = new double[count][];
      gains = new double[count][d];
      shifts = new double[count][rows];
      for (int k = 0; k < count; k++) {
        parts.get(k).posteriorMean(level, x, means[k]);
        parts.get(k).jacobianTimes(level, new double[d], h, gains[k]);
        sweeps[k] = TruncatedMixture.this.sweeps[k];
        if (level.a() > 0) {
          sweeps[k] = gains[k].clone();
          for (int j = 0; j < d; j++) {
            sweeps[k][j] *= level.b() / level.a();
          }
        }
        double variance = Products.dot(h, sweeps[k], d);
        boolean constant = TruncatedMixture.this.variance(k, TruncatedMixture.this.sweeps[k]) == 0;
        for (int i = 0; i < rows; i++) {
          double mean = 0;
          for (int j = 0; j < d; j++) {
            mean += h[j] * means[k][i * d + j];
          }
          if (constant || !(variance > 0)) {
            logMasses[k][i] = logMass(cut, mean, 0);
          } else {
            double deviation = Math.sqrt(variance);
            NormalInterval interval = interval(cut, mean, deviation);
            logMasses[k][i] = interval.logMass();
            shifts[k][i] = interval.mean() / deviation;
          }
        }
      }
    }

    private double log(int k, int i) {
      return logs[i * parts.size() + k] + logMasses[k][i];
    }

    double share(int k, int i, double whole) {
      return whole == Double.NEGATIVE_INFINITY ? weights[k] : StrictMath.exp(log(k, i) - whole);
    }

    double[] logSums() {
      double[] sums = new double[rows];
      for (int i = 0; i < rows; i++) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < parts.size(); k++) {
          greatest = Math.max(greatest, log(k, i));
        }
        double sum = 0;
        for (int k = 0; k < parts.size() && greatest > Double.NEGATIVE_INFINITY; k++) {
          sum += StrictMath.exp(log(k, i) - greatest);
        }
        sums[i] = sum > 0 ? greatest + StrictMath.log(sum) : Double.NEGATIVE_INFINITY;
      }
      return sums;
    }
  }

  @Override
  public void logDensity(NoiseLevel level, double[] x, double[] out) {
    if (level.b() > 0) {
      double[] sums = new Given(level, x).logSums();
      for (int i = 0; i < out.length; i++) {
        out[i] = sums[i] - logMass;
      }
      return;
    }
    law.logDensity(level, x, out);
    int d = columns();
    for (int i = 0; i < out.length; i++) {
      double form = 0;
      for (int j = 0; j < d; j++) {
        form += h[j] * x[i * d + j] / level.a();
      }
      boolean inside = form >= cut.low() && form <= cut.high();
      out[i] = inside ? out[i] - logMass : Double.NEGATIVE_INFINITY;
    }
  }

  @Override
  public void draw(RandomGenerator random, double[] row) {
    double left = random.nextDouble();
    int k = 0;
    while (k < weights.length - 1 && left >= weights[k]) {
      left -= weights[k];
      k++;
    }
    Component component = law.components().get(k);
    double u = random.nextDouble();
    System.arraycopy(component.mean(), 0, row, 0, row.length);
    component.covariance().form().draw(random, row);
    double variance = variance(k, sweeps[k]);
    if (variance == 0) {
      return;
    }
    double mean = Products.dot(component.mean(), h, h.length);
    double deviation = Math.sqrt(variance);
    double wanted = mean + deviation * interval(cut, mean, deviation).quantile(u);
    wanted = Math.max(cut.low(), Math.min(cut.high(), wanted));
    double move = (wanted - Products.dot(row, h, h.length)) / variance;
    for (int j = 0; j < row.length; j++) {
      row[j] += move * sweeps[k][j];
    }
    int axis = axis();
    if (axis >= 0) {
      row[axis] = inside(axis, wanted / h[axis]);
    }
  }

  /** The one column that the form looks at; −1 if there are several. */
  private int axis() {
    int axis = -1;
    for (int j = 0; j < h.length; j++) {
      if (h[j] != 0) {
        if (axis >= 0) {
          return -1;
        }
        axis = j;
      }
    }
    return axis;
  }

  private double inside(int axis, double value) {
    double one = cut.low() / h[axis];
    double other = cut.high() / h[axis];
    return Math.max(Math.min(one, other), Math.min(Math.max(one, other), value));
  }

  /**
   * Columns and noisy linear observations of the mixture, then the cut; a cut along the same form
   * leaves what is in both; empty for other observations.
   */
  @Override
  public Optional<Score> given(Observation observation) {
    Observation.Between other = form(observation);
    if (other == null) {
      return law.given(observation).map(each -> of((GaussianMixture) each, cut));
    }
    return along(other).map(both -> of(law, both));
  }

  @Override
  public OptionalDouble logEvidence(Observation observation) {
    Observation.Between other = form(observation);
    if (other != null) {
      return along(other)
          .map(both -> OptionalDouble.of(logEvidence(law, both) - logMass))
          .orElse(OptionalDouble.empty());
    }
    OptionalDouble seen = law.logEvidence(observation);
    if (seen.isEmpty() || seen.getAsDouble() == Double.NEGATIVE_INFINITY) {
      return seen;
    }
    GaussianMixture given = (GaussianMixture) law.given(observation).orElseThrow();
    return OptionalDouble.of(seen.getAsDouble() + logEvidence(given, cut) - logMass);
  }

  private Observation.@Nullable Between form(Observation observation) {
    if (observation instanceof Observation.Range range) {
      return range.over(columns());
    }
    return observation instanceof Observation.Between between ? between : null;
  }

  /** Both cuts as one, if they are along the same form. */
  private Optional<Observation.Between> along(Observation.Between other) {
    double[] w = other.weights();
    if (w.length != h.length) {
      throw new IllegalArgumentException(
          "need " + h.length + " weights, one a column, got " + w.length);
    }
    double factor = 0;
    for (int j = 0; j < w.length; j++) {
      if (h[j] != 0) {
        factor = w[j] / h[j];
        break;
      }
    }
    for (int j = 0; j < w.length; j++) {
      if (factor == 0 || Math.abs(w[j] - factor * h[j]) > 1e-12 * Math.abs(w[j])) {
        return Optional.empty();
      }
    }
    double one = other.low() / factor;
    double two = other.high() / factor;
    double low = Math.max(cut.low(), Math.min(one, two));
    double high = Math.min(cut.high(), Math.max(one, two));
    if (!(low < high)) {
      throw new IllegalArgumentException(
          "need intervals that overlap, got none of "
              + cut.low()
              + " to "
              + cut.high()
              + " within "
              + Math.min(one, two)
              + " to "
              + Math.max(one, two));
    }
    return Optional.of(new Observation.Between(h, low, high));
  }

  @Override
  public String toString() {
    return "TruncatedMixture[" + law + ", " + cut + "]";
  }
}
