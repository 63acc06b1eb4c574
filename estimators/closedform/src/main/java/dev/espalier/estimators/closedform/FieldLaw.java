package dev.espalier.estimators.closedform;

import dev.espalier.api.Conditionable;
import dev.espalier.api.Curvature;
import dev.espalier.api.Density;
import dev.espalier.api.DirectSampler;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NotConvergedException;
import dev.espalier.api.Observation;
import dev.espalier.api.Reader;
import dev.espalier.api.Score;
import dev.espalier.api.Stored;
import dev.espalier.api.Writer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * A normal law with a sparse precision matrix Q, known exactly at every noise level.
 *
 * <p>With {@code δ = x − a·μ} and {@code u = (a²I + bQ)⁻¹δ}, solved by a sparse Cholesky
 * decomposition that is kept for each level, the posterior mean is {@code μ + a·u} and the score
 * {@code −Q·u}; neither cancels at small {@code b}. Columns of variance 0 stand apart: they keep
 * their value, and so does a column that was observed.
 */
final class FieldLaw implements Score, Density, Curvature, Conditionable, DirectSampler, Stored {
  private static final long serialVersionUID = 1;

  static final String PROVIDER = "markovfield";

  /** The most entries of decompositions that are kept. */
  private static final long KEPT = 4_000_000;

  private static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);

  private final double[] mean;

  /** The columns that vary, in the order of the precision's rows. */
  private final int[] free;

  private final boolean[] varies;
  private final Precision precision;
  private final List<String> notes;
  private final transient Factors factors;

  private FieldLaw(double[] mean, int[] free, Precision precision, List<String> notes) {
    this.mean = mean;
    this.free = free;
    this.precision = precision;
    this.notes = List.copyOf(notes);
    this.varies = new boolean[mean.length];
    for (int column : free) {
      varies[column] = true;
    }
    this.factors = new Factors(precision);
  }

  /**
   * The law of that mean and precision; takes the arrays over.
   *
   * @param free the columns that vary, in the order of the precision's rows
   * @throws NotConvergedException if the precision is not positive definite
   */
  static FieldLaw of(double[] mean, int[] free, Precision precision, List<String> notes) {
    FieldLaw law = new FieldLaw(mean, free, precision, notes);
    law.factors.at(NoiseLevel.CLEAN);
    law.factors.precision();
    return law;
  }

  private Object readResolve() {
    return new FieldLaw(mean, free, precision, notes);
  }

  /** Decompositions by level, those used last; each is a pure function of its level. */
  private static final class Factors {
    private final Precision precision;
    private final Map<NoiseLevel, Precision.Factor> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long entries;

    Factors(Precision precision) {
      this.precision = precision;
    }

    /** That of {@code a²I + bQ}. */
    Precision.Factor at(NoiseLevel level) {
      synchronized (kept) {
        Precision.Factor found = kept.get(level);
        if (found != null) {
          return found;
        }
      }
      Precision.Factor made = make(level.a() * level.a(), level.b());
      synchronized (kept) {
        if (kept.put(level, made) == null) {
          entries += made.count();
        }
        var oldest = kept.entrySet().iterator();
        while (entries > KEPT && kept.size() > 1) {
          entries -= oldest.next().getValue().count();
          oldest.remove();
        }
      }
      return made;
    }

    /** That of Q itself. */
    Precision.Factor precision() {
      return at(new NoiseLevel(0, 1));
    }

    private Precision.Factor make(double shift, double scale) {
      return precision
          .factor(shift, scale)
          .orElseThrow(
              () ->
                  new NotConvergedException(
                      "need a positive definite precision matrix, got one that is not at shift "
                          + shift
                          + " and scale "
                          + scale
                          + ". Shrink more, or leave out columns that say the same"));
    }
  }

  @Override
  public int columns() {
    return mean.length;
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  /** What is done with a row in the places of the columns that vary, and in the others. */
  private interface Step {
    /** Works in place on {@code δ} or {@code v} of the columns that vary. */
    void free(double[] vector);

    /** The answer in a column that does not. */
    double fixed(int column, double value);
  }

  private void each(double[] x, double a, double[] centre, double[] out, Step step) {
    int d = mean.length;
    double[] vector = new double[free.length];
    for (int at = 0; at < x.length; at += d) {
      for (int k = 0; k < free.length; k++) {
        vector[k] = x[at + free[k]] - a * centre[free[k]];
      }
      step.free(vector);
      for (int j = 0; j < d; j++) {
        if (!varies[j]) {
          out[at + j] = step.fixed(j, x[at + j] - a * centre[j]);
        }
      }
      for (int k = 0; k < free.length; k++) {
        out[at + free[k]] = vector[k];
      }
    }
  }

  @Override
  public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
    int d = mean.length;
    if (level.b() == 0) {
      for (int i = 0; i < x.length; i++) {
        out[i] = varies[i % d] ? x[i] / level.a() : mean[i % d];
      }
      return;
    }
    gain(level, x, mean, out);
    for (int i = 0; i < x.length; i++) {
      out[i] += mean[i % d];
    }
  }

  /** Writes {@code a·(a²I + bQ)⁻¹·(x − a·centre)}, 0 where a column does not vary. */
  private void gain(NoiseLevel level, double[] x, double[] centre, double[] out) {
    Precision.Factor factor = factors.at(level);
    each(
        x,
        level.a(),
        centre,
        out,
        new Step() {
          @Override
          public void free(double[] vector) {
            factor.solve(vector);
            for (int k = 0; k < vector.length; k++) {
              vector[k] *= level.a();
            }
          }

          @Override
          public double fixed(int column, double value) {
            return 0;
          }
        });
  }

  @Override
  public void score(NoiseLevel level, double[] x, double[] out) {
    needDensity(level);
    curve(level, x, mean, out);
  }

  /** Writes {@code −Q·(a²I + bQ)⁻¹·(x − a·centre)}, and {@code −(x − a·centre)/b} beside. */
  private void curve(NoiseLevel level, double[] x, double[] centre, double[] out) {
    Precision.Factor factor = factors.at(level);
    double[] product = new double[free.length];
    each(
        x,
        level.a(),
        centre,
        out,
        new Step() {
          @Override
          public void free(double[] vector) {
            factor.solve(vector);
            precision.times(vector, product);
            for (int k = 0; k < vector.length; k++) {
              vector[k] = -product[k];
            }
          }

          @Override
          public double fixed(int column, double value) {
            return -value / level.b();
          }
        });
  }

  private void needDensity(NoiseLevel level) {
    if (level.b() == 0 && free.length < mean.length) {
      throw new IllegalArgumentException(
          "need b > 0 for the density of a law with constant columns, got " + level);
    }
  }

  @Override
  public void logDensity(NoiseLevel level, double[] x, double[] out) {
    needDensity(level);
    int d = mean.length;
    int constant = d - free.length;
    Precision.Factor factor = factors.at(level);
    double start =
        -0.5
            * (factor.logDeterminant()
                - factors.precision().logDeterminant()
                + (constant == 0 ? 0 : constant * StrictMath.log(level.b()))
                + d * LOG_TWO_PI);
    double[] delta = new double[free.length];
    double[] product = new double[free.length];
    for (int i = 0; i < out.length; i++) {
      double square = 0;
      for (int j = 0; j < d; j++) {
        if (!varies[j]) {
          double gap = x[i * d + j] - level.a() * mean[j];
          square += gap * gap / level.b();
        }
      }
      for (int k = 0; k < free.length; k++) {
        delta[k] = x[i * d + free[k]] - level.a() * mean[free[k]];
      }
      double[] solved = delta.clone();
      factor.solve(solved);
      precision.times(solved, product);
      out[i] = start - 0.5 * (square + Products.dot(delta, product, delta.length));
    }
  }

  @Override
  public void jacobianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    if (level.b() == 0) {
      for (int i = 0; i < v.length; i++) {
        out[i] = varies[i % mean.length] ? v[i] / level.a() : 0;
      }
      return;
    }
    gain(level, v, new double[mean.length], out);
  }

  /** The Jacobian is symmetric. */
  @Override
  public void transposedJacobianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    jacobianTimes(level, x, v, out);
  }

  @Override
  public void hessianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    needDensity(level);
    curve(level, v, new double[mean.length], out);
  }

  @Override
  public void draw(RandomGenerator random, double[] row) {
    double[] normals = new double[free.length];
    for (int k = 0; k < normals.length; k++) {
      normals[k] = random.nextGaussian();
    }
    factors.precision().solveTransposed(normals);
    System.arraycopy(mean, 0, row, 0, mean.length);
    for (int k = 0; k < free.length; k++) {
      row[free[k]] += normals[k];
    }
  }

  /**
   * Columns stay a sparse field; linear observations and intervals give a dense law, at a cost of
   * the order of d³.
   */
  @Override
  public Optional<Score> given(Observation observation) {
    if (observation instanceof Observation.Columns columns) {
      Split split = new Split(columns);
      if (split.logEvidence == Double.NEGATIVE_INFINITY) {
        throw new IllegalArgumentException(
            "need an observation that is possible, got " + observation + " with probability zero");
      }
      return Optional.of(split.law());
    }
    return isDense(observation) ? dense().given(observation) : Optional.empty();
  }

  @Override
  public OptionalDouble logEvidence(Observation observation) {
    if (observation instanceof Observation.Columns columns) {
      return OptionalDouble.of(new Split(columns).logEvidence);
    }
    return isDense(observation) ? dense().logEvidence(observation) : OptionalDouble.empty();
  }

  /** Whether the law given this has no sparse precision. */
  private static boolean isDense(Observation observation) {
    return observation instanceof Observation.Linear
        || observation instanceof Observation.Range
        || observation instanceof Observation.Between;
  }

  /** The columns observed, and the law of the others. */
  private final class Split {
    private final double[] centre = mean.clone();
    private final int[] left;
    private final double logEvidence;

    Split(Observation.Columns observation) {
      boolean[] seen = new boolean[mean.length];
      double evidence = 0;
      int count = 0;
      for (Map.Entry<Integer, Double> each : observation.values().entrySet()) {
        int column = each.getKey();
        if (column >= mean.length) {
          throw new IllegalArgumentException(
              "need columns below " + mean.length + ", got " + column);
        }
        double value = each.getValue();
        if (!varies[column]) {
          double slack = 1e-9 * Math.max(Math.abs(value), Math.abs(mean[column]));
          boolean possible = Math.abs(value - mean[column]) <= slack;
          evidence += possible ? Conditioning.SHARPNESS : Double.NEGATIVE_INFINITY;
        } else {
          seen[column] = true;
          centre[column] = value;
          count++;
        }
      }
      double[] shift = new double[free.length];
      int[] rest = new int[free.length - count];
      int next = 0;
      for (int k = 0; k < free.length; k++) {
        if (seen[free[k]]) {
          shift[k] = centre[free[k]] - mean[free[k]];
        } else {
          rest[next++] = k;
        }
      }
      this.left = rest;
      double[] pull = new double[free.length];
      precision.times(shift, pull);
      double[] moved = new double[rest.length];
      for (int p = 0; p < rest.length; p++) {
        moved[p] = -pull[rest[p]];
      }
      double others = 0;
      if (rest.length > 0) {
        Precision.Factor factor =
            precision
                .part(rest)
                .factor(0, 1)
                .orElseThrow(
                    () -> new NotConvergedException("need a positive definite precision matrix"));
        factor.solve(moved);
        others = factor.logDeterminant();
      }
      for (int p = 0; p < rest.length; p++) {
        shift[rest[p]] = moved[p];
        centre[free[rest[p]]] += moved[p];
      }
      this.logEvidence =
          evidence
              - 0.5
                  * (precision.quadratic(shift)
                      - factors.precision().logDeterminant()
                      + others
                      + count * LOG_TWO_PI);
    }

    FieldLaw law() {
      int[] columns = Arrays.stream(left).map(k -> free[k]).toArray();
      return FieldLaw.of(centre, columns, precision.part(left), notes);
    }
  }

  /** The same law by its covariance matrix. */
  GaussianMixture dense() {
    int d = mean.length;
    double[][] covariance = new double[d][d];
    for (int k = 0; k < free.length; k++) {
      double[] unit = new double[free.length];
      unit[k] = 1;
      factors.precision().solve(unit);
      for (int l = 0; l < free.length; l++) {
        covariance[free[k]][free[l]] = unit[l];
      }
    }
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < i; j++) {
        covariance[i][j] = 0.5 * (covariance[i][j] + covariance[j][i]);
        covariance[j][i] = covariance[i][j];
      }
    }
    return GaussianMixture.of(List.of(Component.of(1, mean.clone(), Covariance.full(covariance))))
        .withNotes(notes);
  }

  @Override
  public String provider() {
    return PROVIDER;
  }

  @Override
  public void write(Writer out) {
    out.tensor("mean", mean, mean.length);
    out.tensor("free", Arrays.stream(free).asDoubleStream().toArray(), free.length);
    out.tensor(
        "starts",
        Arrays.stream(precision.starts()).asDoubleStream().toArray(),
        precision.starts().length);
    out.tensor(
        "columns",
        Arrays.stream(precision.columns()).asDoubleStream().toArray(),
        precision.count());
    out.tensor("values", precision.values(), precision.count());
    out.text("notes", String.join("\n", notes));
  }

  /** Restores what {@link #write} wrote. */
  static Score read(Reader in) {
    double[] mean = in.tensor("mean", Reader.ANY);
    int[] free = indices(in.tensor("free", Reader.ANY), mean.length - 1, "free");
    double[] values = in.tensor("values", Reader.ANY);
    int[] starts = indices(in.tensor("starts", free.length + 1L), values.length, "starts");
    int[] columns = indices(in.tensor("columns", values.length), free.length - 1, "columns");
    boolean sound =
        mean.length > 0
            && starts[0] == 0
            && starts[free.length] == values.length
            && Arrays.stream(free).distinct().count() == free.length;
    for (int i = 0; i < free.length; i++) {
      sound &= starts[i] < starts[i + 1];
    }
    for (int i = 0; sound && i < free.length; i++) {
      boolean diagonal = false;
      for (int at = starts[i]; sound && at < starts[i + 1]; at++) {
        sound = at == starts[i] || columns[at - 1] < columns[at];
        diagonal |= columns[at] == i;
        int mirror =
            sound
                ? Arrays.binarySearch(columns, starts[columns[at]], starts[columns[at] + 1], i)
                : 0;
        sound = sound && mirror >= 0 && values[mirror] == values[at];
      }
      sound &= diagonal;
    }
    if (!sound) {
      throw new InvalidDataException("need a sparse symmetric precision matrix in the model file");
    }
    try {
      Precision precision = new Precision(starts, columns, values);
      return of(mean, free, precision, in.text("notes").lines().toList());
    } catch (NotConvergedException e) {
      throw new InvalidDataException("the stored field is damaged: " + e.getMessage(), e);
    }
  }

  private static int[] indices(double[] values, int greatest, String name) {
    int[] indices = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      indices[i] = (int) values[i];
      if (!(indices[i] == values[i] && indices[i] >= 0 && indices[i] <= greatest)) {
        throw new InvalidDataException(
            "need whole numbers from 0 to " + greatest + " in '" + name + "', got " + values[i]);
      }
    }
    return indices;
  }

  @Override
  public String toString() {
    return "FieldLaw["
        + mean.length
        + " columns, "
        + (precision.count() - free.length) / 2
        + " edges]";
  }
}
