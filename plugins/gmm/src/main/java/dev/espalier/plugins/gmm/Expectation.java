package dev.espalier.plugins.gmm;

import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * The E-step: responsibilities by log-sum-exp, and at once the sums that the M-step needs.
 *
 * <p>Complete rows go by panels: with {@code Σ⁻¹ = WᵀW} the squared distance is {@code ‖Wx − Wμ‖²},
 * a triangular product of matrices. A responsibility below e⁻⁴⁰ counts as 0, which changes no digit
 * of a double. Sums run over rows in order within a block and over blocks in order, so that threads
 * change no bit.
 */
final class Expectation implements Serializable {
  private static final long serialVersionUID = 1;

  private static final double LOG_TWO_PI = StrictMath.log(2 * StrictMath.PI);

  /** Rows whose features are formed at a time. */
  private static final int CHUNK = 8;

  private final Mixture mixture;
  private final Features features;
  private final double[] constants;

  /** The factors W, their rows padded, of all components, or one if tied; none unless dense. */
  private final double[][][] whitenings;

  /** {@code Wμ} where there is a W. */
  private final double[][] shifts;

  /** {@code 1/variance} where the form is diagonal. */
  private final double[][] precisions;

  Expectation(Mixture mixture, int columns) {
    this.mixture = mixture;
    Form form = mixture.form();
    this.features = new Features(order(form), columns);
    int components = mixture.components();
    this.constants = new double[components];
    this.whitenings = new double[!form.dense() ? 0 : form.tied() ? 1 : components][][];
    this.shifts = new double[form.dense() ? components : 0][];
    this.precisions = new double[form.dense() ? 0 : components][];
    double half = 0;
    for (int k = 0; k < components; k++) {
      if (!form.dense()) {
        half = invert(k);
      } else if (k < whitenings.length) {
        half = whiten(k);
      }
      if (form.dense()) {
        shifts[k] = shift(whitenings[Math.min(k, whitenings.length - 1)], mixture.mean(k));
      }
      constants[k] = StrictMath.log(mixture.weight(k)) + half - 0.5 * columns * LOG_TWO_PI;
    }
  }

  static Features.Order order(Form form) {
    return form.tied()
        ? Features.Order.VALUES
        : form.dense() ? Features.Order.PRODUCTS : Features.Order.SQUARES;
  }

  /** Sets the precisions of component {@code k}; half the logarithm of their determinant. */
  private double invert(int k) {
    double[] variances = mixture.shape(k).variances();
    precisions[k] = new double[variances.length];
    double sum = 0;
    for (int j = 0; j < variances.length; j++) {
      precisions[k][j] = 1 / variances[j];
      sum -= StrictMath.log(variances[j]);
    }
    return 0.5 * sum;
  }

  private double whiten(int k) {
    double[][] lower = factor(mixture.shape(k).covariance());
    double[][] inverse = Matrices.invertLower(lower);
    int d = inverse.length;
    double[][] w = new double[d][];
    double sum = 0;
    for (int p = 0; p < d; p++) {
      w[p] = Arrays.copyOf(inverse[p], Block.padded(d));
      sum -= StrictMath.log(lower[p][p]);
    }
    whitenings[k] = w;
    return sum;
  }

  /** The Cholesky factor of a covariance that the floor keeps positive definite. */
  static double[][] factor(double[][] covariance) {
    double[][] lower = Matrices.cholesky(covariance, 0);
    if (lower.length == 0) {
      throw new IllegalStateException(
          "a covariance matrix is not positive definite to working precision; raise the floor");
    }
    return lower;
  }

  private static double[] shift(double[][] w, double[] mean) {
    double[] shift = new double[mean.length];
    for (int p = 0; p < mean.length; p++) {
      double sum = 0;
      for (int q = 0; q <= p; q++) {
        sum = Math.fma(w[p][q], mean[q], sum);
      }
      shift[p] = sum;
    }
    return shift;
  }

  /** Runs the E-step over all rows. */
  Moments over(Block[] blocks, Tasks tasks, Progress progress) {
    List<Moments> parts = tasks.map(blocks.length, (index, p) -> over(blocks[index]), progress);
    Moments whole = parts.get(0);
    for (Moments part : parts.subList(1, parts.size())) {
      whole.add(part);
    }
    return whole;
  }

  private Moments over(Block block) {
    Moments moments = new Moments(mixture.components(), features, mixture.form().tied());
    if (block.complete()) {
      complete(block, moments);
    } else {
      new Incomplete(mixture, features).over(block, moments);
    }
    return moments;
  }

  private void complete(Block block, Moments moments) {
    int components = mixture.components();
    double[][] shares = new double[components][Block.PANEL];
    int height = mixture.form().tied() ? features.columns() : 1;
    double[][] scratch = new double[height][Block.PANEL];
    double[] best = new double[Block.PANEL];
    double[] sum = new double[Block.PANEL];
    Accumulator accumulator = new Accumulator(features, moments);
    for (int p = 0; p < block.panels(); p++) {
      double[][] panel = block.panel(p);
      int n = panel[0].length;
      logDensities(panel, n, scratch, shares);
      int first = p * Block.PANEL;
      Arrays.fill(best, 0, n, Double.NEGATIVE_INFINITY);
      Arrays.fill(sum, 0, n, 0);
      for (double[] share : shares) {
        Kernels.max(n, best, share);
      }
      for (double[] share : shares) {
        Kernels.subtract(n, share, best);
        Kernels.exp(n, share, scratch[0]);
        Kernels.add(n, sum, 1, share);
      }
      for (int i = 0; i < n; i++) {
        double weight = block.weight(first + i);
        moments.addLogLikelihood(weight * (best[i] + StrictMath.log(sum[i])));
        sum[i] = weight / sum[i];
      }
      for (double[] share : shares) {
        Kernels.multiply(n, share, sum);
      }
      accumulator.add(block, first, n, shares);
    }
  }

  /** Writes the logarithm of weight times density for every component and row of a panel. */
  private void logDensities(double[][] panel, int n, double[][] scratch, double[][] out) {
    Form form = mixture.form();
    int columns = features.columns();
    for (int p = 0; p < columns && form.tied(); p++) {
      project(panel, n, scratch[p], 0, whitenings[0][p], p);
    }
    for (int k = 0; k < out.length; k++) {
      double[] distance = out[k];
      Arrays.fill(distance, 0, n, 0);
      for (int p = 0; p < columns; p++) {
        if (form.tied()) {
          Kernels.square(n, distance, scratch[p], shifts[k][p], 1);
        } else if (form.dense()) {
          project(panel, n, scratch[0], -shifts[k][p], whitenings[k][p], p);
          Kernels.square(n, distance, scratch[0], 0, 1);
        } else {
          Kernels.square(n, distance, panel[p], mixture.mean(k)[p], precisions[k][p]);
        }
      }
      double constant = constants[k];
      for (int i = 0; i < n; i++) {
        distance[i] = constant - 0.5 * distance[i];
      }
    }
  }

  /** {@code start} plus row {@code p} of the triangular matrix, {@code w}, times the panel. */
  private static void project(
      double[][] panel, int n, double[] out, double start, double[] w, int p) {
    Arrays.fill(out, 0, n, start);
    for (int q = 0; q <= p; q += 4) {
      Kernels.add4(
          n,
          out,
          w[q],
          panel[q],
          w[q + 1],
          panel[q + 1],
          w[q + 2],
          panel[q + 2],
          w[q + 3],
          panel[q + 3]);
    }
  }

  /** Adds rows times responsibilities to the sums of a block. */
  static final class Accumulator {
    private final Features features;
    private final Moments moments;
    private final double[][][] buffers;
    private final double[][] rows = new double[CHUNK][];
    private final int[] active = new int[CHUNK];

    Accumulator(Features features, Moments moments) {
      this.features = features;
      this.moments = moments;
      this.buffers = new double[features.tiles()][CHUNK][];
      for (int t = 0; t < features.tiles(); t++) {
        for (int i = 0; i < CHUNK; i++) {
          buffers[t][i] = new double[features.length(t)];
        }
      }
    }

    /** Adds {@code n} rows from {@code first} on, none with missing cells. */
    void add(Block block, int first, int n, double[][] shares) {
      for (int from = 0; from < n; from += CHUNK) {
        int count = Math.min(CHUNK, n - from);
        for (int t = 0; t < features.tiles(); t++) {
          double[][] buffer = buffers[t];
          for (int i = 0; i < count; i++) {
            rows[i] = block.row(first + from + i);
          }
          features.fill(t, rows, count, buffer);
          for (int k = 0; k < shares.length; k++) {
            add(buffer, shares[k], from, count, moments.sums(k)[t]);
          }
        }
        for (int k = 0; k < shares.length; k++) {
          for (int i = from; i < from + count; i++) {
            moments.addMass(k, shares[k][i]);
          }
        }
      }
    }

    private void add(double[][] buffer, double[] share, int from, int count, double[] sum) {
      int found = 0;
      for (int i = 0; i < count; i++) {
        if (share[from + i] > 0) {
          active[found++] = i;
        }
      }
      int g = 0;
      for (; g + 4 <= found; g += 4) {
        Kernels.add4(
            sum.length,
            sum,
            share[from + active[g]],
            buffer[active[g]],
            share[from + active[g + 1]],
            buffer[active[g + 1]],
            share[from + active[g + 2]],
            buffer[active[g + 2]],
            share[from + active[g + 3]],
            buffer[active[g + 3]]);
      }
      for (; g < found; g++) {
        Kernels.add(sum.length, sum, share[from + active[g]], buffer[active[g]]);
      }
    }
  }
}
