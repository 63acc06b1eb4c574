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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * A small normal law around every row: {@code Σ_i w_i N(x_i, V)} with one diagonal {@code V}.
 *
 * <p>With {@code ω = 1/(a²V + b)} and the shares {@code g_i} of the rows in the density at {@code
 * x}, the score is {@code −ω(x − a·x̄)} and the posterior mean {@code aVω·x + bω·x̄}, where {@code
 * x̄ = Σ g_i x_i}. Rows that are 1e30 times less likely than the likeliest are left out. Beyond the
 * {@code neighbours} likeliest rows, the others act as one normal law with their mean and the
 * variances of all rows, but never more than as many rows like the last neighbour: at strong noise,
 * where all rows count, so does their mean, and at weak noise they vanish. Such a score is the
 * gradient of no density, so it has neither density nor curvature.
 */
final class KernelScore implements Score, Density, Curvature, Conditionable, DirectSampler, Stored {
  private static final long serialVersionUID = 1;

  private static final double AGREEMENT = 1e-9;

  private final double[] weights;
  private final double[] cumulated;

  /** One array a column. */
  private final double[][] columns;

  private final double[] variances;
  private final int neighbours;
  private final double[] means;
  private final double[] spreads;
  private final List<String> notes;

  private KernelScore(
      double[] weights,
      double[][] columns,
      double[] variances,
      int neighbours,
      List<String> notes) {
    this.weights = weights;
    this.columns = columns;
    this.variances = variances;
    this.neighbours = neighbours;
    this.notes = notes;
    this.cumulated = new double[weights.length];
    double total = 0;
    for (int i = 0; i < weights.length; i++) {
      total += weights[i];
      cumulated[i] = total;
    }
    this.means = new double[columns.length];
    this.spreads = new double[columns.length];
    for (int j = 0; j < columns.length; j++) {
      double first = columns[j][0];
      double sum = 0;
      double square = 0;
      for (int i = 0; i < weights.length; i++) {
        double value = columns[j][i] - first;
        sum += weights[i] * value;
        square += weights[i] * value * value;
      }
      means[j] = first + sum;
      spreads[j] = Math.max(0, square - sum * sum);
    }
  }

  /**
   * The law of the rows under the kernel; takes over the arrays.
   *
   * @param weights positive, with sum 1
   * @param columns one array a column
   * @param variances of the kernel; 0 only in columns that are constant
   * @param neighbours how many rows are told apart at a time, at least 1
   */
  static KernelScore of(
      double[] weights,
      double[][] columns,
      double[] variances,
      int neighbours,
      List<String> notes) {
    return new KernelScore(weights, columns, variances, neighbours, List.copyOf(notes));
  }

  int count() {
    return weights.length;
  }

  double weight(int i) {
    return weights[i];
  }

  double[] column(int j) {
    return columns[j];
  }

  double[] variances() {
    return variances;
  }

  int neighbours() {
    return neighbours;
  }

  /** The mean of the rows in column {@code j}. */
  double mean(int j) {
    return means[j];
  }

  /** The variance of the rows in column {@code j}. */
  double spread(int j) {
    return spreads[j];
  }

  @Override
  public int columns() {
    return columns.length;
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public <A> Optional<A> ability(Class<A> ability) {
    boolean smooth = neighbours >= weights.length;
    return smooth || ability != Density.class && ability != Curvature.class
        ? Score.super.ability(ability)
        : Optional.empty();
  }

  @Override
  public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
    int d = columns.length;
    KernelView view = new KernelView(this, level);
    for (int at = 0; at < x.length; at += d) {
      view.look(x, at);
      for (int j = 0; j < d; j++) {
        double mean = mean(view, j, x[at + j]);
        out[at + j] = mean - view.rest() * apart(view, level, j, x[at + j]);
      }
    }
  }

  /** The posterior mean if the point belongs to the rows near by. */
  private static double mean(KernelView view, int j, double x) {
    return view.gain[j] * x + view.keep[j] * view.mean(j);
  }

  /** That, less the posterior mean if the point belongs to the others. */
  private static double apart(KernelView view, NoiseLevel level, int j, double x) {
    return view.rest() == 0
        ? 0
        : mean(view, j, x)
            - (view.restMean(j) + view.restGain[j] * (x - level.a() * view.restMean(j)));
  }

  @Override
  public void score(NoiseLevel level, double[] x, double[] out) {
    needDensity(level);
    int d = columns.length;
    double a = level.a();
    KernelView view = new KernelView(this, level);
    for (int at = 0; at < x.length; at += d) {
      view.look(x, at);
      for (int j = 0; j < d; j++) {
        double near = view.inverse[j] * (a * view.mean(j) - x[at + j]);
        double far = view.restInverse[j] * (a * view.restMean(j) - x[at + j]);
        out[at + j] = (1 - view.rest()) * near + view.rest() * far;
      }
    }
  }

  @Override
  public void logDensity(NoiseLevel level, double[] x, double[] out) {
    needDensity(level);
    KernelView view = new KernelView(this, level);
    for (int i = 0; i < x.length / columns.length; i++) {
      view.look(x, i * columns.length);
      out[i] = view.logDensity();
    }
  }

  private void needDensity(NoiseLevel level) {
    for (int j = 0; j < variances.length; j++) {
      if (level.b() == 0 && variances[j] == 0) {
        throw new IllegalArgumentException(
            "need b > 0 for the score and the density of a law that is constant in column "
                + j
                + ", got "
                + level);
      }
    }
  }

  @Override
  public void jacobianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    KernelView view = new KernelView(this, level);
    for (int at = 0; at < x.length; at += columns.length) {
      view.look(x, at);
      for (int j = 0; j < columns.length; j++) {
        out[at + j] = view.gain[j] * v[at + j];
      }
      addBetween(view, level.a() * level.b(), v, at, out);
    }
  }

  @Override
  public void transposedJacobianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    jacobianTimes(level, x, v, out);
  }

  @Override
  public void hessianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    needDensity(level);
    KernelView view = new KernelView(this, level);
    for (int at = 0; at < x.length; at += columns.length) {
      view.look(x, at);
      for (int j = 0; j < columns.length; j++) {
        out[at + j] = -view.inverse[j] * v[at + j];
      }
      addBetween(view, level.a() * level.a(), v, at, out);
    }
  }

  /** Adds {@code factor · Σ g_i ωΔ_i (ωΔ_i)ᵀ v} with {@code Δ_i = x_i − x̄}. */
  private void addBetween(KernelView view, double factor, double[] v, int at, double[] out) {
    int d = columns.length;
    double[] alongs = new double[view.found()];
    for (int j = 0; j < d; j++) {
      double weight = view.inverse[j] * v[at + j];
      for (int k = 0; k < alongs.length; k++) {
        alongs[k] += weight * (columns[j][view.row(k)] - view.mean(j));
      }
    }
    for (int k = 0; k < alongs.length; k++) {
      alongs[k] *= factor * view.share(k);
    }
    for (int j = 0; j < d; j++) {
      double sum = 0;
      for (int k = 0; k < alongs.length; k++) {
        sum += alongs[k] * (columns[j][view.row(k)] - view.mean(j));
      }
      out[at + j] += view.inverse[j] * sum;
    }
  }

  /** The rows by their likelihood of the observed columns, which are then constant. */
  @Override
  public Optional<Score> given(Observation observation) {
    if (!(observation instanceof Observation.Columns seen)) {
      return Optional.empty();
    }
    if (seen.values().isEmpty()) {
      return Optional.of(this);
    }
    Seen marginal = new Seen(seen);
    if (!marginal.agrees()) {
      throw new IllegalArgumentException(
          "this observation has probability zero: it contradicts a column that is constant");
    }
    KernelView view = marginal.view();
    double[] kept = new double[view.found()];
    double[][] chosen = new double[columns.length][kept.length];
    for (int k = 0; k < kept.length; k++) {
      kept[k] = view.share(k);
      for (int j = 0; j < columns.length; j++) {
        chosen[j][k] = columns[j][view.row(k)];
      }
    }
    double[] left = variances.clone();
    seen.values()
        .forEach(
            (column, value) -> {
              Arrays.fill(chosen[column], value);
              left[column] = 0;
            });
    return Optional.of(of(kept, chosen, left, neighbours, notes));
  }

  @Override
  public OptionalDouble logEvidence(Observation observation) {
    if (!(observation instanceof Observation.Columns seen)) {
      return OptionalDouble.empty();
    }
    if (seen.values().isEmpty()) {
      return OptionalDouble.of(0);
    }
    Seen marginal = new Seen(seen);
    if (!marginal.agrees()) {
      return OptionalDouble.of(Double.NEGATIVE_INFINITY);
    }
    KernelView view = marginal.view();
    return OptionalDouble.of(view.logDensity() + view.nullity() * Conditioning.SHARPNESS);
  }

  /** The law of the observed columns, and their values. */
  private final class Seen {
    private final KernelScore law;
    private final double[] values;

    Seen(Observation.Columns seen) {
      int[] indices = Conditioning.indices(seen, columns.length);
      values = Conditioning.values(seen);
      double[][] chosen = new double[indices.length][];
      double[] left = new double[indices.length];
      for (int j = 0; j < indices.length; j++) {
        chosen[j] = columns[indices[j]];
        left[j] = variances[indices[j]];
      }
      law = of(weights, chosen, left, weights.length, List.of());
    }

    boolean agrees() {
      for (int j = 0; j < values.length; j++) {
        double constant = law.columns[j][0];
        double tolerance = AGREEMENT * (Math.abs(values[j]) + Math.abs(constant));
        if (law.variances[j] == 0 && !(Math.abs(values[j] - constant) <= tolerance)) {
          return false;
        }
      }
      return true;
    }

    KernelView view() {
      KernelView view = new KernelView(law, NoiseLevel.CLEAN);
      view.look(values, 0);
      return view;
    }
  }

  @Override
  public void draw(RandomGenerator random, double[] row) {
    int found = Arrays.binarySearch(cumulated, random.nextDouble());
    int chosen = Math.min(found < 0 ? -found - 1 : found + 1, weights.length - 1);
    for (int j = 0; j < row.length; j++) {
      row[j] = columns[j][chosen] + Math.sqrt(variances[j]) * random.nextGaussian();
    }
  }

  @Override
  public String provider() {
    return "kernel";
  }

  @Override
  public void write(Writer out) {
    int n = weights.length;
    int d = columns.length;
    double[] rows = new double[Math.multiplyExact(n, d)];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < d; j++) {
        rows[i * d + j] = columns[j][i];
      }
    }
    out.tensor("rows", rows, n, d);
    out.tensor("weights", weights, n);
    out.tensor("variances", variances, d);
    out.number("neighbours", neighbours);
    out.text("notes", String.join("\n", notes));
  }

  /** Restores what {@link #write} wrote, bit for bit. */
  static KernelScore read(Reader in) {
    double[] weights = in.tensor("weights", Reader.ANY);
    double[] variances = in.tensor("variances", Reader.ANY);
    int n = weights.length;
    int d = variances.length;
    double[] rows = in.tensor("rows", n, d);
    int neighbours = in.whole("neighbours");
    if (!(n >= 1 && d >= 1 && neighbours >= 1)) {
      throw new InvalidDataException(
          "need at least one row, column and neighbour in a stored kernel, got "
              + n
              + ", "
              + d
              + " and "
              + neighbours);
    }
    for (double weight : weights) {
      if (!(weight > 0 && weight <= 1)) {
        throw new InvalidDataException(
            "need weights above 0 and up to 1 in a stored kernel, got " + weight);
      }
    }
    for (double variance : variances) {
      if (!(variance >= 0)) {
        throw new InvalidDataException("need variances >= 0 in a stored kernel, got " + variance);
      }
    }
    double[][] columns = new double[d][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < d; j++) {
        columns[j][i] = rows[i * d + j];
      }
    }
    return of(weights, columns, variances, neighbours, in.text("notes").lines().toList());
  }

  @Override
  public String toString() {
    return "Kernel[" + weights.length + " rows, " + columns.length + " columns]";
  }
}
