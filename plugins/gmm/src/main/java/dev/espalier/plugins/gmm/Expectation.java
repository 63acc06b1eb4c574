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

  /** Responsibilities with a smaller logarithm are 0. */
  private static final double NEGLIGIBLE = -40;

  /** Rows whose features are formed at a time. */
  private static final int CHUNK = 8;

  private final Mixture mixture;
  private final Features features;
  private final double[] constants;

  /** The factors W, padded, of all components, or one if tied; none unless dense. */
  private final double[][][] whitenings;

  /** {@code Wμ}, padded, where there is a W. */
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
    int padded = Block.padded(d);
    double[][] w = new double[padded][];
    double sum = 0;
    for (int p = 0; p < padded; p++) {
      w[p] = p < d ? Arrays.copyOf(inverse[p], padded) : new double[padded];
      sum -= p < d ? StrictMath.log(lower[p][p]) : 0;
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
    double[] shift = new double[w.length];
    for (int p = 0; p < mean.length; p++) {
      double sum = 0;
      for (int q = 0; q <= p; q++) {
        sum = Math.fma(w[p][q], mean[q], sum);
      }
      shift[p] = sum;
    }
    return shift;
  }

  Features features() {
    return features;
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
    double[] best = new double[Block.PANEL];
    int height = mixture.form().tied() ? Block.padded(features.columns()) : 3;
    double[][] scratch = new double[height][Block.PANEL];
    Accumulator accumulator = new Accumulator(features, moments);
    for (int p = 0; p < block.panels(); p++) {
      double[][] panel = block.panel(p);
      int n = panel[0].length;
      logDensities(panel, n, scratch, shares);
      Arrays.fill(best, Double.NEGATIVE_INFINITY);
      for (double[] share : shares) {
        Kernels.max(n, best, share);
      }
      int first = p * Block.PANEL;
      for (int i = 0; i < n; i++) {
        moments.addLogLikelihood(respond(shares, i, best[i], block.weight(first + i)));
      }
      accumulator.add(block, first, n, shares);
    }
  }

  /**
   * Turns the log densities of a row into responsibilities times its weight.
   *
   * @return its log-likelihood times its weight
   */
  static double respond(double[][] shares, int i, double best, double weight) {
    double sum = 0;
    for (double[] share : shares) {
      double difference = share[i] - best;
      double value = difference < NEGLIGIBLE ? 0 : StrictMath.exp(difference);
      share[i] = value;
      sum += value;
    }
    double factor = weight / sum;
    for (double[] share : shares) {
      share[i] *= factor;
    }
    return weight * (best + StrictMath.log(sum));
  }

  /** Writes the logarithm of weight times density for every component and row of a panel. */
  private void logDensities(double[][] panel, int n, double[][] scratch, double[][] out) {
    Form form = mixture.form();
    if (form.tied()) {
      for (int p = 0; p < panel.length; p += 3) {
        rotate(panel, n, scratch, p, whitenings[0], p);
      }
    }
    for (int k = 0; k < out.length; k++) {
      double[] distance = out[k];
      Arrays.fill(distance, 0, n, 0);
      if (form.dense()) {
        double[] shift = shifts[k];
        for (int p = 0; p < panel.length; p += 3) {
          int at = form.tied() ? p : 0;
          if (!form.tied()) {
            rotate(panel, n, scratch, 0, whitenings[k], p);
          }
          Kernels.squares(
              n,
              distance,
              scratch[at],
              scratch[at + 1],
              scratch[at + 2],
              shift[p],
              shift[p + 1],
              shift[p + 2]);
        }
      } else {
        double[] mean = mixture.mean(k);
        for (int j = 0; j < mean.length; j++) {
          Kernels.square(n, distance, panel[j], mean[j], precisions[k][j]);
        }
      }
      double constant = constants[k];
      for (int i = 0; i < n; i++) {
        distance[i] = constant - 0.5 * distance[i];
      }
    }
  }

  /** Rows {@code p} to {@code p + 2} of {@code W·x}. */
  private static void rotate(double[][] panel, int n, double[][] out, int at, double[][] w, int p) {
    for (int r = 0; r < 3; r++) {
      Arrays.fill(out[at + r], 0, n, 0);
    }
    for (int q = 0; q <= p; q += 3) {
      Kernels.product(n, out, at, panel, q, w, p);
    }
  }

  /** Adds rows times responsibilities to the sums of a block. */
  static final class Accumulator {
    private final Features features;
    private final Moments moments;
    private final double[][][] buffers;
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
            features.fill(t, block.row(first + from + i), buffer[i]);
          }
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
