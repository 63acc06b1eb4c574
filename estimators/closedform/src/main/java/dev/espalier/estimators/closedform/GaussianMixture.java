package dev.espalier.estimators.closedform;

import dev.espalier.api.Conditionable;
import dev.espalier.api.Curvature;
import dev.espalier.api.Density;
import dev.espalier.api.DirectSampler;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Observation;
import dev.espalier.api.Reader;
import dev.espalier.api.Score;
import dev.espalier.api.Stored;
import dev.espalier.api.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * A mixture of normal laws, {@code Σ_k w_k N(μ_k, S_k)}, known exactly at every noise level.
 *
 * <p>At a level {@code (a, b)} component k is {@code N(a·μ_k, a²S_k + bI)}; with its
 * responsibilities {@code g_k} the score is {@code −Σ g_k (a²S_k + bI)⁻¹ (x − a·μ_k)} and the
 * posterior mean {@code Σ g_k (μ_k + a S_k (a²S_k + bI)⁻¹ (x − a·μ_k))}; neither form cancels at
 * small {@code b}. The covariances may be singular. Then score and density exist for {@code b > 0}
 * only, and everything else also at {@code b = 0}.
 *
 * <p>Rows so far out that the squares of their distances overflow give {@code NaN}.
 */
public final class GaussianMixture
    implements Score, Density, Curvature, Conditionable, DirectSampler, Stored {
  private static final long serialVersionUID = 1;

  private final List<Component> components;
  private final List<String> notes;

  private GaussianMixture(List<Component> components, List<String> notes) {
    this.components = components;
    this.notes = notes;
  }

  /**
   * The mixture of some components.
   *
   * @param components at least one, all of the same number of columns; their weights are divided by
   *     the sum of all
   */
  public static GaussianMixture of(List<Component> components) {
    if (components.isEmpty()) {
      throw new IllegalArgumentException("need at least one component, got none");
    }
    int d = components.get(0).covariance().columns();
    double sum = 0;
    for (Component component : components) {
      if (component.covariance().columns() != d) {
        throw new IllegalArgumentException(
            "need components of "
                + d
                + " columns as the first, got "
                + component.covariance().columns());
      }
      sum += component.weight();
    }
    // Weights that came from a mixture stay as they are, bit for bit.
    double rounding = 4 * Math.ulp(1.0) * components.size();
    List<Component> kept = new ArrayList<>();
    for (Component component : components) {
      kept.add(
          Math.abs(sum - 1) <= rounding
              ? component
              : component.withWeight(component.weight() / sum));
    }
    return new GaussianMixture(List.copyOf(kept), List.of());
  }

  /** This mixture with notes on how it came about. */
  public GaussianMixture withNotes(List<String> notes) {
    return new GaussianMixture(components, List.copyOf(notes));
  }

  /** The components, their weights having sum 1. */
  public List<Component> components() {
    return components;
  }

  @Override
  public int columns() {
    return components.get(0).covariance().columns();
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
    int d = columns();
    if (level.b() == 0 && regular()) {
      divide(x, level.a(), out);
      return;
    }
    Pass pass = new Pass(components, level, x.length / d);
    double[][] means = means();
    double[][] rows = new double[pass.capacity()][d];
    for (int from = 0; from < x.length / d; from += pass.capacity()) {
      int count = Math.min(pass.capacity(), x.length / d - from);
      pass.load(x, from, count);
      for (int i = 0; i < count; i++) {
        System.arraycopy(means[pass.top(i)], 0, rows[i], 0, d);
      }
      for (int c = 0; c < means.length; c++) {
        double[] weights = pass.weights(c);
        for (int i = 0; i < count; i++) {
          if (weights[i] != 0 && c != pass.top(i)) {
            addDifference(weights[i], means[c], means[pass.top(i)], rows[i]);
          }
        }
        pass.law(c).addGain(weights, rows);
      }
      for (int i = 0; i < count; i++) {
        System.arraycopy(rows[i], 0, out, (from + i) * d, d);
      }
    }
  }

  @Override
  public void score(NoiseLevel level, double[] x, double[] out) {
    needDensity(level);
    int d = columns();
    Pass pass = new Pass(components, level, x.length / d);
    double[][] rows = new double[pass.capacity()][d];
    for (int from = 0; from < x.length / d; from += pass.capacity()) {
      int count = Math.min(pass.capacity(), x.length / d - from);
      pass.load(x, from, count);
      clear(rows);
      for (int c = 0; c < components.size(); c++) {
        pass.law(c).addPrecision(pass.weights(c), rows);
      }
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < d; j++) {
          out[(from + i) * d + j] = -rows[i][j];
        }
      }
    }
  }

  @Override
  public void logDensity(NoiseLevel level, double[] x, double[] out) {
    needDensity(level);
    int n = x.length / columns();
    Pass pass = new Pass(components, level, n);
    for (int from = 0; from < n; from += pass.capacity()) {
      int count = Math.min(pass.capacity(), n - from);
      pass.load(x, from, count);
      for (int i = 0; i < count; i++) {
        out[from + i] = pass.logDensity(i);
      }
    }
  }

  /**
   * Writes the probability of every component given each row of {@code x} at the level.
   *
   * <p>Defined everywhere: a row on the support of no degenerate component at {@code b = 0} belongs
   * to the nearest.
   *
   * @param out one row of as many values as there are components for every row of {@code x}
   */
  public void responsibilities(NoiseLevel level, double[] x, double[] out) {
    perComponent(level, x, Pass::share, out);
  }

  /**
   * Writes {@code log(w_k p_k(x))} for every row of {@code x} and every component k at the level.
   *
   * <p>The log density is the logarithm of the sum of their exponentials, the responsibilities are
   * the shares in it.
   *
   * @param out one row of as many values as there are components for every row of {@code x}
   * @throws IllegalArgumentException at {@code b = 0} if a covariance is singular
   */
  public void logJoint(NoiseLevel level, double[] x, double[] out) {
    needDensity(level);
    perComponent(level, x, Pass::logJoint, out);
  }

  private void perComponent(NoiseLevel level, double[] x, PerComponent value, double[] out) {
    int n = x.length / columns();
    int k = components.size();
    Pass pass = new Pass(components, level, n);
    for (int from = 0; from < n; from += pass.capacity()) {
      int count = Math.min(pass.capacity(), n - from);
      pass.load(x, from, count);
      for (int i = 0; i < count; i++) {
        for (int c = 0; c < k; c++) {
          out[(from + i) * k + c] = value.of(pass, c, i);
        }
      }
    }
  }

  /** What a pass says of a component and a row of its block. */
  private interface PerComponent {
    double of(Pass pass, int component, int row);
  }

  /**
   * Writes {@code J(x)·v}, row by row: {@code Σ g_k a S_k (a²S_k + bI)⁻¹ v} and {@code (a/b)} times
   * the covariance of the components' posterior means, in whichever of two forms does not cancel.
   */
  @Override
  public void jacobianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    if (level.b() == 0 && regular()) {
      divide(v, level.a(), out);
      return;
    }
    double scale = 0;
    for (Component component : components) {
      scale = Math.max(scale, component.covariance().form().scale());
    }
    double a = level.a();
    double b = level.b();
    Between between = b <= a * a * scale ? Between.SCORES : Between.MEANS;
    double factor = b == 0 ? 0 : between == Between.SCORES ? b / a : a / b;
    curve(level, x, v, out, new Curve(1, Form.AtLevel::addGain, factor, between));
  }

  @Override
  public void transposedJacobianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    jacobianTimes(level, x, v, out);
  }

  @Override
  public void hessianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    needDensity(level);
    curve(level, x, v, out, new Curve(-1, Form.AtLevel::addPrecision, 1, Between.SCORES));
  }

  /** What the components differ in: their scores or their posterior means. */
  private enum Between {
    SCORES,
    MEANS
  }

  /** Adds the product of a level's matrix with every loaded row. */
  private interface Within {
    void add(Form.AtLevel law, double[] weights, double[][] out);
  }

  /** {@code sign · Σ g_k W_k v + factor · Cov_g(·) v}. */
  private record Curve(double sign, Within within, double factor, Between between) {}

  private void curve(NoiseLevel level, double[] x, double[] v, double[] out, Curve curve) {
    int d = columns();
    int n = x.length / d;
    Pass pass = new Pass(components, level, n);
    Form.AtLevel[] directions = Pass.laws(components, level, pass.capacity());
    double[][] rows = new double[pass.capacity()][d];
    double[][] vectors = new double[pass.capacity()][d];
    double[][][] each = new double[components.size()][pass.capacity()][d];
    for (int from = 0; from < n; from += pass.capacity()) {
      int count = Math.min(pass.capacity(), n - from);
      pass.load(x, from, count);
      clear(rows);
      for (int i = 0; i < count; i++) {
        System.arraycopy(v, (from + i) * d, vectors[i], 0, d);
      }
      for (int c = 0; c < directions.length; c++) {
        directions[c].load(vectors, count);
        curve.within().add(directions[c], pass.weights(c), rows);
      }
      scale(curve.sign(), rows);
      if (components.size() > 1 && curve.factor() != 0) {
        separate(pass, curve.between(), each);
        for (int i = 0; i < count; i++) {
          addBetween(pass, i, each, curve.factor(), vectors[i], rows[i]);
        }
      }
      for (int i = 0; i < count; i++) {
        System.arraycopy(rows[i], 0, out, (from + i) * d, d);
      }
    }
  }

  /**
   * Writes what the components differ in, where they take part: their scores, negated, or means.
   */
  private void separate(Pass pass, Between between, double[][][] each) {
    for (int c = 0; c < each.length; c++) {
      double[] present = pass.weights(c);
      for (int i = 0; i < present.length; i++) {
        present[i] = present[i] == 0 ? 0 : 1;
      }
      clear(each[c]);
      if (between == Between.SCORES) {
        pass.law(c).addPrecision(present, each[c]);
      } else {
        for (double[] row : each[c]) {
          System.arraycopy(components.get(c).mean(), 0, row, 0, row.length);
        }
        pass.law(c).addGain(present, each[c]);
      }
    }
  }

  /** Adds {@code factor · Σ g_k (q_k − q̄)(q_k − q̄)ᵀ v} for row {@code i}; spoils its q. */
  private static void addBetween(
      Pass pass, int i, double[][][] each, double factor, double[] v, double[] out) {
    int d = v.length;
    double[] top = each[pass.top(i)][i].clone();
    double[] mean = new double[d];
    for (int c = 0; c < each.length; c++) {
      double share = pass.share(c, i);
      double[] q = each[c][i];
      for (int j = 0; j < d; j++) {
        q[j] = q[j] - top[j];
        mean[j] = mean[j] + share * q[j];
      }
    }
    for (int c = 0; c < each.length; c++) {
      double[] q = each[c][i];
      for (int j = 0; j < d; j++) {
        q[j] = q[j] - mean[j];
      }
      double along = factor * pass.share(c, i) * Products.dot(q, v, d);
      for (int j = 0; j < d; j++) {
        out[j] = out[j] + along * q[j];
      }
    }
  }

  private boolean regular() {
    for (Component component : components) {
      if (component.covariance().form().nullity() > 0) {
        return false;
      }
    }
    return true;
  }

  private void needDensity(NoiseLevel level) {
    if (level.b() == 0 && !regular()) {
      throw new IllegalArgumentException(
          "need b > 0 for the score and the density of a law that is constant in some direction,"
              + " got "
              + level);
    }
  }

  private double[][] means() {
    double[][] means = new double[components.size()][];
    for (int c = 0; c < means.length; c++) {
      means[c] = components.get(c).mean();
    }
    return means;
  }

  private static void divide(double[] x, double by, double[] out) {
    for (int j = 0; j < x.length; j++) {
      out[j] = x[j] / by;
    }
  }

  private static void clear(double[][] rows) {
    for (double[] row : rows) {
      Arrays.fill(row, 0);
    }
  }

  private static void scale(double factor, double[][] rows) {
    for (double[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] = factor * row[j];
      }
    }
  }

  private static void addDifference(double weight, double[] x, double[] y, double[] out) {
    for (int j = 0; j < out.length; j++) {
      out[j] = out[j] + weight * (x[j] - y[j]);
    }
  }

  /**
   * The exact law given columns, a noisy linear observation, or an interval of a column or of a
   * weighted sum of columns; empty for labels.
   *
   * <p>Weights, means and covariances are those of the components' own conditional laws; the
   * columns observed exactly are constant in the result. Where components are degenerate, only the
   * most degenerate of those on whose support the observation lies remain: beside them the others
   * have probability 0.
   *
   * @throws IllegalArgumentException if the observation does not fit the columns, or contradicts
   *     what the law says without doubt
   */
  @Override
  public Optional<Score> given(Observation observation) {
    if (saysNothing(observation)) {
      return Optional.of(this);
    }
    if (observation instanceof Observation.Range range) {
      return Optional.of(TruncatedMixture.of(this, range.over(columns())));
    }
    if (observation instanceof Observation.Between between) {
      return Optional.of(TruncatedMixture.of(this, between));
    }
    return observing(observation).map(Conditioning::law);
  }

  /**
   * The log density of columns or of a noisy linear observation, the log probability of an
   * interval; empty for labels.
   *
   * <p>A direction in which the law has no variance, if the observation agrees with it, counts as
   * if the variance there were 1e-30, so that laws that are sure of an observation outweigh others.
   */
  @Override
  public OptionalDouble logEvidence(Observation observation) {
    if (saysNothing(observation)) {
      return OptionalDouble.of(0);
    }
    if (observation instanceof Observation.Range range) {
      return OptionalDouble.of(TruncatedMixture.logEvidence(this, range.over(columns())));
    }
    if (observation instanceof Observation.Between between) {
      return OptionalDouble.of(TruncatedMixture.logEvidence(this, between));
    }
    return observing(observation)
        .map(conditioning -> OptionalDouble.of(conditioning.logEvidence()))
        .orElse(OptionalDouble.empty());
  }

  private static boolean saysNothing(Observation observation) {
    return observation instanceof Observation.Columns columns && columns.values().isEmpty();
  }

  private Optional<Conditioning> observing(Observation observation) {
    if (observation instanceof Observation.Columns columns) {
      return Optional.of(Conditioning.of(this, columns));
    }
    if (observation instanceof Observation.Linear linear) {
      return Optional.of(Conditioning.of(this, linear));
    }
    return Optional.empty();
  }

  @Override
  public void draw(RandomGenerator random, double[] row) {
    double left = random.nextDouble();
    int chosen = 0;
    while (chosen < components.size() - 1 && left >= components.get(chosen).weight()) {
      left -= components.get(chosen).weight();
      chosen++;
    }
    Component component = components.get(chosen);
    for (int j = 0; j < row.length; j++) {
      row[j] = component.mean(j);
    }
    component.covariance().form().draw(random, row);
  }

  /** {@code gaussian}, the provider that reads every mixture, of one component or many. */
  @Override
  public String provider() {
    return "gaussian";
  }

  @Override
  public void write(Writer out) {
    int k = components.size();
    int d = columns();
    double[] weights = new double[k];
    double[] means = new double[Math.multiplyExact(k, d)];
    StringBuilder words = new StringBuilder();
    for (int c = 0; c < k; c++) {
      Component component = components.get(c);
      weights[c] = component.weight();
      System.arraycopy(component.mean(), 0, means, c * d, d);
      words.append(c == 0 ? "" : ",").append(component.covariance().word());
      component.covariance().write(c, out);
    }
    out.tensor("weights", weights, k);
    out.tensor("means", means, k, d);
    out.text("covariances", words.toString());
    out.text("notes", String.join("\n", notes));
  }

  /** Restores what {@link #write} wrote, bit for bit. */
  static GaussianMixture read(Reader in) {
    double[] weights = in.tensor("weights", Reader.ANY);
    double[] means = in.tensor("means", weights.length, Reader.ANY);
    String[] words = in.text("covariances").split(",", -1);
    if (!(weights.length >= 1
        && means.length >= weights.length
        && words.length == weights.length)) {
      throw new InvalidDataException(
          "need weights, means and covariances of the same components, got "
              + weights.length
              + " weights, "
              + means.length
              + " means and "
              + words.length
              + " covariances");
    }
    int d = means.length / weights.length;
    List<Component> components = new ArrayList<>();
    try {
      for (int c = 0; c < weights.length; c++) {
        double[] mean = Arrays.copyOfRange(means, c * d, (c + 1) * d);
        components.add(Component.of(weights[c], mean, Covariance.read(words[c], d, c, in)));
      }
      return of(components).withNotes(in.text("notes").lines().toList());
    } catch (IllegalArgumentException e) {
      throw new InvalidDataException("the stored mixture is damaged: " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return "GaussianMixture[" + components.size() + " components, " + columns() + " columns]";
  }
}
