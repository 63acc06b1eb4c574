package dev.espalier.estimators.network;

import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Progress;
import dev.espalier.api.Reader;
import dev.espalier.api.Samples;
import dev.espalier.api.Writer;
import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The coordinates in which a network sees its columns: centred, turned onto the axes of the
 * covariance, and scaled to unit variance at every level.
 *
 * <p>An orthogonal turn keeps noise isotropic, so along axis k with variance λ the noisy value has
 * variance {@code a²λ + b} exactly, and the best linear guess of the clean row is known in closed
 * form. This is the preconditioning of Karras et al. (2022, table 1) along each axis. Without the
 * turn the axes are the columns.
 */
final class Frame implements Serializable {
  private static final long serialVersionUID = 1;

  /** The most columns that are turned; beyond, the axes are the columns. */
  static final int MOST_TURNED = 512;

  private final double[] mean;
  private final double[] variance;
  private final double[] deviation;
  private final double @Nullable [][] axes;

  private Frame(double[] mean, double[] variance, double[] deviation, double @Nullable [][] axes) {
    this.mean = mean;
    this.variance = variance;
    this.deviation = deviation;
    this.axes = axes;
  }

  /**
   * The frame of weighted rows.
   *
   * @param turned whether to look for axes; rows with missing cells have none
   * @param progress asked after a bounded piece of work
   */
  static Frame of(Samples rows, double[] weights, boolean turned, Progress progress) {
    int d = rows.columns();
    double[] mean = new double[d];
    double[] deviation = new double[d];
    for (int j = 0; j < d; j++) {
      progress.check();
      moments(rows, weights, j, mean, deviation);
    }
    boolean complete = !rows.hasMissing();
    if (!turned || !complete || d > MOST_TURNED || d == 1) {
      double[] variance = new double[d];
      for (int j = 0; j < d; j++) {
        variance[j] = deviation[j] * deviation[j];
      }
      return new Frame(mean, variance, deviation, null);
    }
    Eigen eigen = Eigen.of(covariance(rows, weights, mean, deviation, progress), progress);
    return new Frame(mean, eigen.values(), deviation, eigen.vectors());
  }

  private static void moments(
      Samples rows, double[] weights, int j, double[] mean, double[] deviation) {
    double total = 0;
    double sum = 0;
    double largest = 0;
    for (int i = 0; i < rows.count(); i++) {
      double x = rows.get(i, j);
      if (!Double.isNaN(x)) {
        total += weights[i];
        sum += weights[i] * x;
        largest = Math.max(largest, Math.abs(x));
      }
    }
    if (!(total > 0)) {
      throw new InvalidDataException(
          "need at least one known cell in every column, got none in column " + j);
    }
    double centre = sum / total;
    double squares = 0;
    for (int i = 0; i < rows.count(); i++) {
      double x = rows.get(i, j);
      if (!Double.isNaN(x)) {
        squares += weights[i] * (x - centre) * (x - centre);
      }
    }
    double spread = Math.sqrt(squares / total);
    mean[j] = centre;
    deviation[j] = spread > 1e-12 * largest ? spread : 0;
  }

  /** The covariance, its correlations shrunk towards none (Chen et al. 2010, equation 23). */
  private static double[][] covariance(
      Samples rows, double[] weights, double[] mean, double[] deviation, Progress progress) {
    int d = rows.columns();
    double[][] correlation = new double[d][d];
    double[] z = new double[d];
    double total = 0;
    double squaredWeights = 0;
    for (int i = 0; i < rows.count(); i++) {
      if (i % Plan.RUN == 0) {
        progress.check();
      }
      rows.copyRows(i, i + 1, z, 0);
      for (int j = 0; j < d; j++) {
        z[j] = deviation[j] > 0 ? (z[j] - mean[j]) / deviation[j] : 0;
      }
      for (int j = 0; j < d; j++) {
        double[] row = correlation[j];
        double left = weights[i] * z[j];
        for (int k = 0; k <= j; k++) {
          row[k] += left * z[k];
        }
      }
      total += weights[i];
      squaredWeights += weights[i] * weights[i];
    }
    double squares = 0;
    for (int j = 0; j < d; j++) {
      for (int k = 0; k <= j; k++) {
        correlation[j][k] /= total;
        squares += (j == k ? 1 : 2) * correlation[j][k] * correlation[j][k];
      }
    }
    double n = total * total / squaredWeights;
    double p = d;
    double keep = 1 - shrinkage(squares, p, n);
    double[][] covariance = new double[d][d];
    for (int j = 0; j < d; j++) {
      for (int k = 0; k <= j; k++) {
        double value = correlation[j][k] * deviation[j] * deviation[k];
        covariance[j][k] = j == k ? value : keep * value;
        covariance[k][j] = covariance[j][k];
      }
    }
    return covariance;
  }

  private static double shrinkage(double squares, double p, double n) {
    double above = (1 - 2 / p) * squares + p * p;
    double below = (n + 1 - 2 / p) * (squares - p);
    return below > 0 ? Math.min(1, Math.max(0, above / below)) : 1;
  }

  int columns() {
    return mean.length;
  }

  /** Whether every column is constant, so that nothing is to be learned. */
  boolean constant() {
    return constants() == deviation.length;
  }

  /** How many columns are constant. */
  int constants() {
    int count = 0;
    for (double each : deviation) {
      count += each > 0 ? 0 : 1;
    }
    return count;
  }

  double mean(int j) {
    return mean[j];
  }

  double deviation(int j) {
    return deviation[j];
  }

  /** Writes the clean row in these axes, uncentred cells missing as 0. */
  void turn(double[] row, double[] out) {
    int d = mean.length;
    if (axes == null) {
      for (int j = 0; j < d; j++) {
        double x = row[j] - mean[j];
        out[j] = Double.isNaN(x) ? 0 : x;
      }
      return;
    }
    for (int k = 0; k < d; k++) {
      double[] axis = axes[k];
      double sum = 0;
      for (int j = 0; j < d; j++) {
        sum += axis[j] * (row[j] - mean[j]);
      }
      out[k] = sum;
    }
  }

  /** Turns a direction at {@code from} of {@code rows} onto the axes. */
  void turnDirection(double[] rows, int from, double[] out) {
    int d = mean.length;
    if (axes == null) {
      System.arraycopy(rows, from, out, 0, d);
      return;
    }
    for (int k = 0; k < d; k++) {
      double[] axis = axes[k];
      double sum = 0;
      for (int j = 0; j < d; j++) {
        sum += axis[j] * rows[from + j];
      }
      out[k] = sum;
    }
  }

  /** Column {@code j} of a direction given along the axes. */
  private double column(double[] along, int j) {
    if (axes == null) {
      return along[j];
    }
    double sum = 0;
    for (int k = 0; k < along.length; k++) {
      sum += axes[k][j] * along[k];
    }
    return sum;
  }

  /** Some columns of a direction along the axes; all of them at once where that is faster. */
  private void columns(double[] along, int[] chosen, double[] out) {
    if (axes == null || 4 * chosen.length < along.length) {
      for (int o = 0; o < chosen.length; o++) {
        out[o] = column(along, chosen[o]);
      }
      return;
    }
    double[] all = new double[along.length];
    turnBack(along, all, 0);
    for (int o = 0; o < chosen.length; o++) {
      out[o] = all[chosen[o]];
    }
  }

  /** Turns a direction along the axes back to columns. */
  void turnBack(double[] along, double[] out, int at) {
    int d = mean.length;
    if (axes == null) {
      System.arraycopy(along, 0, out, at, d);
      return;
    }
    Arrays.fill(out, at, at + d, 0);
    for (int k = 0; k < d; k++) {
      double[] axis = axes[k];
      double value = along[k];
      for (int j = 0; j < d; j++) {
        out[at + j] += axis[j] * value;
      }
    }
  }

  /** The numbers of this frame at one level. */
  At at(NoiseLevel level) {
    return new At(level);
  }

  /** Scales and gains at one level. */
  final class At {
    /** The factor on the signal. */
    final double a;

    /** The variance of the noise. */
    final double b;

    /** {@code 1/√(a²λ + b)} an axis: what scales an input to unit variance. */
    final double[] scale;

    /** {@code aλ/(a²λ + b)} an axis: the best linear guess of the clean value. */
    final double[] gain;

    private At(NoiseLevel level) {
      a = level.a();
      b = level.b();
      int d = variance.length;
      scale = new double[d];
      gain = new double[d];
      for (int k = 0; k < d; k++) {
        double total = a * a * variance[k] + b;
        scale[k] = 1 / Math.sqrt(total);
        gain[k] = a * variance[k] / total;
      }
    }

    /** The deviation of column {@code j} about its best linear guess. */
    double left(int j) {
      double sum = 0;
      for (int k = 0; k < variance.length; k++) {
        double axis = axes == null ? (k == j ? 1 : 0) : axes[k][j];
        sum += axis * axis * variance[k] * b * scale[k] * scale[k];
      }
      return Math.sqrt(sum);
    }

    /** What one unit of the network's output for column {@code j} adds to the posterior mean. */
    double unit(Parametrisation parametrisation, int j) {
      double s = deviation[j];
      return switch (parametrisation) {
        case RESIDUAL -> left(j);
        case X0 -> s;
        case EPSILON -> -Math.sqrt(b) / a;
        case SCORE -> Math.sqrt(b) / a;
        case V -> -s * Math.sqrt(b / (a * a * s * s + b));
      };
    }

    /**
     * What the posterior mean of column {@code j} is before the network adds to it.
     *
     * @param x the noisy value
     * @param guess the best linear guess
     */
    double base(Parametrisation parametrisation, int j, double x, double guess) {
      double s = deviation[j];
      return switch (parametrisation) {
        case RESIDUAL -> guess;
        case X0 -> mean[j];
        case EPSILON, SCORE -> x / a;
        case V -> mean[j] + a * s * s / (a * a * s * s + b) * (x - a * mean[j]);
      };
    }

    /**
     * The derivative of {@link #base} along a direction.
     *
     * @param v the direction's column {@code j}
     * @param guess the direction of the best linear guess
     */
    double baseSlope(Parametrisation parametrisation, int j, double v, double guess) {
      double s = deviation[j];
      return switch (parametrisation) {
        case RESIDUAL -> guess;
        case X0 -> 0;
        case EPSILON, SCORE -> v / a;
        case V -> a * s * s / (a * a * s * s + b) * v;
      };
    }

    /**
     * What the score of column {@code j} is before the network adds to it, free of cancellation at
     * tiny noise except for {@link Parametrisation#X0}.
     *
     * @param x the noisy value
     * @param linear the score of the normal law with this covariance
     */
    double scoreBase(Parametrisation parametrisation, int j, double x, double linear) {
      double s = deviation[j];
      return switch (parametrisation) {
        case RESIDUAL -> linear;
        case X0 -> (a * mean[j] - x) / b;
        case EPSILON, SCORE -> 0;
        case V -> -(x - a * mean[j]) / (a * a * s * s + b);
      };
    }
  }

  /**
   * The network's target for column {@code j} where the target is the clean row: known without the
   * cancellation of subtracting and dividing.
   *
   * @param clean the clean row along the axes
   * @param noise standard normal noise along the axes
   * @param work as long as a row; overwritten
   */
  void targets(
      At at,
      Parametrisation parametrisation,
      double[] clean,
      double[] noise,
      int[] outputs,
      double[] units,
      double[] row,
      double[] work,
      double[] out) {
    double[] along = noise;
    if (parametrisation == Parametrisation.RESIDUAL) {
      double root = Math.sqrt(at.b);
      for (int k = 0; k < clean.length; k++) {
        work[k] =
            at.scale[k] * at.scale[k] * root * (root * clean[k] - at.a * variance[k] * noise[k]);
      }
      along = work;
    }
    if (parametrisation != Parametrisation.X0) {
      columns(along, outputs, out);
    }
    for (int o = 0; o < outputs.length; o++) {
      int j = outputs[o];
      double s = deviation[j];
      out[o] =
          switch (parametrisation) {
            case RESIDUAL -> units[o] > 0 ? out[o] / units[o] : 0;
            case X0 -> s > 0 ? (row[j] - mean[j]) / s : 0;
            case EPSILON -> out[o];
            case SCORE -> -out[o];
            case V -> {
              double total = Math.sqrt(at.a * at.a * s * s + at.b);
              double z = s > 0 ? (row[j] - mean[j]) / s : 0;
              yield at.a * s / total * out[o] - Math.sqrt(at.b) / total * z;
            }
          };
    }
  }

  void write(Writer out) {
    int d = mean.length;
    out.tensor("mean", mean, d);
    out.tensor("deviation", deviation, d);
    out.tensor("variance", variance, d);
    if (axes != null) {
      double[] flat = new double[d * d];
      for (int k = 0; k < d; k++) {
        System.arraycopy(axes[k], 0, flat, k * d, d);
      }
      out.tensor("axes", flat, d, d);
    }
  }

  static Frame read(Reader in) {
    double[] mean = in.tensor("mean", Reader.ANY);
    int d = mean.length;
    double[] deviation = in.tensor("deviation", d);
    double[] variance = in.tensor("variance", d);
    for (int j = 0; j < d; j++) {
      if (!(deviation[j] >= 0 && variance[j] >= 0)) {
        throw new InvalidDataException(
            "need deviations and variances >= 0 in the model file, got "
                + deviation[j]
                + " and "
                + variance[j]);
      }
    }
    if (!in.has("axes")) {
      return new Frame(mean, variance, deviation, null);
    }
    double[] flat = in.tensor("axes", d, d);
    double[][] axes = new double[d][];
    for (int k = 0; k < d; k++) {
      axes[k] = Arrays.copyOfRange(flat, k * d, (k + 1) * d);
    }
    return new Frame(mean, variance, deviation, axes);
  }
}
