package dev.espalier.testkit;

import dev.espalier.api.Conditionable;
import dev.espalier.api.Curvature;
import dev.espalier.api.Density;
import dev.espalier.api.DirectSampler;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Observation;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Streams;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A law to test against, of which everything is known: a normal law or a mixture of a few.
 *
 * <p>Every quantity is computed by plain loops and a Cholesky decomposition for every row, in time
 * K·d³: slow, and independent of any estimator. At {@code b = 0} the density needs positive
 * definite covariances.
 */
public final class Law implements Score, Density, Curvature, Conditionable, DirectSampler {
  private static final long serialVersionUID = 1;

  private final double[] weights;
  private final double[][] means;
  private final double[][][] covariances;

  private Law(double[] weights, double[][] means, double[][][] covariances) {
    this.weights = weights;
    this.means = means;
    this.covariances = covariances;
  }

  /** The standard normal law in d columns. */
  public static Law standardNormal(int d) {
    return gaussian(new double[d], Matrices.identity(d));
  }

  /**
   * The normal law with this mean and covariance.
   *
   * @param covariance symmetric and not negative, d × d
   */
  public static Law gaussian(double[] mean, double[][] covariance) {
    return mixture(new double[] {1}, new double[][] {mean}, new double[][][] {covariance});
  }

  /**
   * The mixture of normal laws.
   *
   * @param weights positive; divided by their sum
   * @param means K × d
   * @param covariances K × d × d, symmetric and not negative
   */
  public static Law mixture(double[] weights, double[][] means, double[][][] covariances) {
    if (means.length != weights.length || covariances.length != weights.length) {
      throw new IllegalArgumentException(
          "need as many means and covariances as weights, got "
              + means.length
              + ", "
              + covariances.length
              + " and "
              + weights.length);
    }
    double sum = 0;
    for (double weight : weights) {
      if (!(weight > 0)) {
        throw new IllegalArgumentException("need weights > 0, got " + weight);
      }
      sum += weight;
    }
    double[] shares = new double[weights.length];
    double[][] centres = new double[weights.length][];
    double[][][] spreads = new double[weights.length][][];
    for (int k = 0; k < weights.length; k++) {
      shares[k] = weights[k] / sum;
      centres[k] = means[k].clone();
      spreads[k] = square(covariances[k], centres[0].length);
      if (centres[k].length != centres[0].length) {
        throw new IllegalArgumentException(
            "need means of " + centres[0].length + " columns, got " + centres[k].length);
      }
      Matrices.cholesky(spreads[k]);
    }
    return new Law(shares, centres, spreads);
  }

  private static double[][] square(double[][] matrix, int d) {
    double[][] copy = new double[d][d];
    for (int i = 0; i < d; i++) {
      if (matrix.length != d || matrix[i].length != d) {
        throw new IllegalArgumentException(
            "need covariances of " + d + " rows and columns, got " + matrix.length + " rows");
      }
      System.arraycopy(matrix[i], 0, copy[i], 0, d);
    }
    return copy;
  }

  /** A mixture of three normal laws in two columns, with different shapes and weights. */
  public static Law threeInThePlane() {
    return mixture(
        new double[] {0.5, 0.3, 0.2},
        new double[][] {{-2, 0}, {1.5, 1}, {0.5, -2}},
        new double[][][] {
          {{0.6, 0.3}, {0.3, 0.5}}, {{0.2, -0.1}, {-0.1, 0.4}}, {{1, 0}, {0, 0.05}}
        });
  }

  /** The mean of the law. */
  public double[] mean() {
    double[] mean = new double[columns()];
    for (int k = 0; k < weights.length; k++) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += weights[k] * means[k][i];
      }
    }
    return mean;
  }

  /** The covariance of the law, d × d. */
  public double[][] covariance() {
    double[] mean = mean();
    int d = columns();
    double[][] covariance = new double[d][d];
    for (int k = 0; k < weights.length; k++) {
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          covariance[i][j] +=
              weights[k]
                  * (covariances[k][i][j] + (means[k][i] - mean[i]) * (means[k][j] - mean[j]));
        }
      }
    }
    return covariance;
  }

  /** Rows of the law, row i from the seed and i. */
  public Samples rows(int count, long seed) {
    int d = columns();
    double[] values = new double[count * d];
    double[] row = new double[d];
    for (int i = 0; i < count; i++) {
      draw(new Streams(seed).stream("law", i), row);
      System.arraycopy(row, 0, values, i * d, d);
    }
    return Samples.of(d, values);
  }

  @Override
  public int columns() {
    return means[0].length;
  }

  @Override
  public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
    for (int at = 0; at < x.length; at += columns()) {
      Row row = new Row(level, x, at);
      System.arraycopy(row.posteriorMean(), 0, out, at, columns());
    }
  }

  @Override
  public void score(NoiseLevel level, double[] x, double[] out) {
    for (int at = 0; at < x.length; at += columns()) {
      Row row = new Row(level, x, at);
      row.requireDensity();
      System.arraycopy(row.average(row.gradients), 0, out, at, columns());
    }
  }

  @Override
  public void logDensity(NoiseLevel level, double[] x, double[] out) {
    for (int i = 0; i < out.length; i++) {
      Row row = new Row(level, x, i * columns());
      row.requireDensity();
      out[i] = row.logDensity;
    }
  }

  @Override
  public void jacobianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    int d = columns();
    for (int at = 0; at < x.length; at += d) {
      double[] vector = new double[d];
      System.arraycopy(v, at, vector, 0, d);
      System.arraycopy(new Row(level, x, at).jacobianTimes(vector), 0, out, at, d);
    }
  }

  /** The Jacobian of the posterior mean is symmetric. */
  @Override
  public void transposedJacobianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    jacobianTimes(level, x, v, out);
  }

  @Override
  public void draw(RandomGenerator random, double[] row) {
    double u = random.nextDouble();
    int k = 0;
    while (k < weights.length - 1 && u >= weights[k]) {
      u -= weights[k];
      k++;
    }
    double[][] l = Matrices.cholesky(covariances[k]);
    double[] noise = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      noise[i] = random.nextGaussian();
    }
    for (int i = 0; i < row.length; i++) {
      row[i] = means[k][i] + Matrices.dot(l[i], noise);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Columns and linear observations have an exact answer; the observed covariance must be
   * positive definite.
   */
  @Override
  public Optional<Score> given(Observation observation) {
    if (observation instanceof Observation.Columns columns) {
      return Optional.of(givenColumns(columns.values()));
    }
    if (observation instanceof Observation.Linear linear) {
      return Optional.of(given(linear.h(), linear.y(), linear.r()));
    }
    return Optional.empty();
  }

  private Law givenColumns(Map<Integer, Double> values) {
    if (values.isEmpty()) {
      return this;
    }
    int m = values.size();
    double[][] h = new double[m][columns()];
    double[] y = new double[m];
    int row = 0;
    for (Map.Entry<Integer, Double> each : values.entrySet()) {
      if (each.getKey() >= columns()) {
        throw new IllegalArgumentException(
            "need columns below " + columns() + ", got " + each.getKey());
      }
      h[row][each.getKey()] = 1;
      y[row++] = each.getValue();
    }
    Law law = given(h, y, new double[m][m]);
    for (int k = 0; k < law.weights.length; k++) {
      for (int j : values.keySet()) {
        law.means[k][j] = values.get(j);
        for (int i = 0; i < columns(); i++) {
          law.covariances[k][i][j] = 0;
          law.covariances[k][j][i] = 0;
        }
      }
    }
    return law;
  }

  private Law given(double[][] h, double[] y, double[][] r) {
    if (h[0].length != columns()) {
      throw new IllegalArgumentException(
          "need " + columns() + " columns in the observation, got " + h[0].length);
    }
    double[] logs = new double[weights.length];
    double[][] centres = new double[weights.length][];
    double[][][] spreads = new double[weights.length][][];
    for (int k = 0; k < weights.length; k++) {
      double[][] across = Matrices.times(h, covariances[k]);
      double[][] seen = Matrices.times(across, Matrices.transposed(h));
      double[] gap = Matrices.times(h, means[k]);
      for (int i = 0; i < y.length; i++) {
        gap[i] = y[i] - gap[i];
        for (int j = 0; j < y.length; j++) {
          seen[i][j] += r[i][j];
        }
      }
      double[][] l = Matrices.cholesky(seen);
      double[] solved = Matrices.solve(l, gap);
      logs[k] = StrictMath.log(weights[k]) - 0.5 * Matrices.dot(gap, solved) - logDeterminant(l);
      double[] shift = Matrices.times(Matrices.transposed(across), solved);
      centres[k] = means[k].clone();
      spreads[k] = Matrices.transposed(covariances[k]);
      for (int i = 0; i < columns(); i++) {
        centres[k][i] += shift[i];
        double[] column = new double[y.length];
        for (int j = 0; j < y.length; j++) {
          column[j] = across[j][i];
        }
        double[] gain = Matrices.solve(l, column);
        for (int j = 0; j < columns(); j++) {
          for (int o = 0; o < y.length; o++) {
            spreads[k][i][j] -= gain[o] * across[o][j];
          }
        }
      }
    }
    double top = logSum(logs);
    for (int k = 0; k < logs.length; k++) {
      logs[k] = StrictMath.exp(logs[k] - top);
    }
    return new Law(logs, centres, spreads);
  }

  private static double logDeterminant(double[][] l) {
    double sum = 0;
    for (int i = 0; i < l.length; i++) {
      sum += StrictMath.log(l[i][i]);
    }
    return sum;
  }

  private static double logSum(double[] logs) {
    double top = Double.NEGATIVE_INFINITY;
    for (double each : logs) {
      top = Math.max(top, each);
    }
    double sum = 0;
    for (double each : logs) {
      sum += StrictMath.exp(each - top);
    }
    return top + StrictMath.log(sum);
  }

  @Override
  public String toString() {
    return "Law[" + columns() + " columns, " + weights.length + " components]";
  }

  /** Everything about one noisy row. */
  private final class Row {
    private final NoiseLevel level;
    private final double[] x = new double[columns()];
    private final double[][][] roots = new double[weights.length][][];
    private final double[][] gradients = new double[weights.length][];
    private final double[] responsibilities = new double[weights.length];
    private final double logDensity;

    Row(NoiseLevel level, double[] batch, int at) {
      this.level = level;
      int d = columns();
      System.arraycopy(batch, at, x, 0, d);
      double a = level.a();
      double[] logs = new double[weights.length];
      if (level.b() == 0 && singular()) {
        logDensity = Double.NaN;
        return;
      }
      for (int k = 0; k < weights.length; k++) {
        double[][] noisy = new double[d][d];
        double[] gap = new double[d];
        for (int i = 0; i < d; i++) {
          gap[i] = x[i] - a * means[k][i];
          for (int j = 0; j < d; j++) {
            noisy[i][j] = a * a * covariances[k][i][j] + (i == j ? level.b() : 0);
          }
        }
        roots[k] = Matrices.cholesky(noisy);
        gradients[k] = Matrices.solve(roots[k], gap);
        logs[k] =
            StrictMath.log(weights[k])
                - 0.5 * (Matrices.dot(gap, gradients[k]) + d * StrictMath.log(2 * Math.PI))
                - logDeterminant(roots[k]);
        for (int i = 0; i < d; i++) {
          gradients[k][i] = -gradients[k][i];
        }
      }
      logDensity = logSum(logs);
      for (int k = 0; k < weights.length; k++) {
        responsibilities[k] = StrictMath.exp(logs[k] - logDensity);
      }
    }

    private boolean singular() {
      for (double[][] covariance : covariances) {
        double[][] l = Matrices.cholesky(covariance);
        for (int i = 0; i < l.length; i++) {
          if (l[i][i] == 0) {
            return true;
          }
        }
      }
      return false;
    }

    void requireDensity() {
      if (Double.isNaN(logDensity)) {
        throw new IllegalArgumentException(
            "need b > 0 for the density of a law with a singular covariance, got " + level);
      }
    }

    double[] average(double[][] vectors) {
      double[] sum = new double[x.length];
      for (int k = 0; k < weights.length; k++) {
        for (int i = 0; i < sum.length; i++) {
          sum[i] += responsibilities[k] * vectors[k][i];
        }
      }
      return sum;
    }

    /** The posterior mean within component k: the prior's, moved by the gain. */
    private double[] meanOf(int k) {
      double[] mean = Matrices.times(covariances[k], gradients[k]);
      for (int i = 0; i < mean.length; i++) {
        mean[i] = means[k][i] - level.a() * mean[i];
      }
      return mean;
    }

    double[] posteriorMean() {
      if (level.b() == 0) {
        return scaled(x);
      }
      double[][] each = new double[weights.length][];
      for (int k = 0; k < weights.length; k++) {
        each[k] = meanOf(k);
      }
      return average(each);
    }

    private double[] scaled(double[] vector) {
      double[] scaled = vector.clone();
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] /= level.a();
      }
      return scaled;
    }

    /** {@code Σ r_k·a·Σ_k·C_k⁻¹·v + Σ r_k·m_k·((g_k − g)·v)}: the product rule. */
    double[] jacobianTimes(double[] v) {
      if (level.b() == 0) {
        return scaled(v);
      }
      double[] gradient = average(gradients);
      double[] centre = posteriorMean();
      double[] product = new double[x.length];
      for (int k = 0; k < weights.length; k++) {
        double[] gain = Matrices.times(covariances[k], Matrices.solve(roots[k], v));
        double[] mean = meanOf(k);
        double slope = Matrices.dot(gradients[k], v) - Matrices.dot(gradient, v);
        for (int i = 0; i < product.length; i++) {
          product[i] += responsibilities[k] * (level.a() * gain[i] + (mean[i] - centre[i]) * slope);
        }
      }
      return product;
    }
  }
}
