package dev.espalier.plugins.gmm;

import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;
import dev.espalier.estimators.closedform.Products;
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
  private static final int CHUNK = 48;

  /** The share of responsibilities above 0 from which all are added, which is faster each. */
  private static final double DENSE = 0.5;

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
    int height = mixture.form().tied() ? features.columns() : 3;
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
    double[] centre = new double[columns];
    for (int p = 0; p < columns && form.tied(); p += 3) {
      project(whitenings[0], p, centre, panel, n, scratch, p);
    }
    for (int k = 0; k < out.length; k++) {
      double[] distance = out[k];
      Arrays.fill(distance, 0, n, 0);
      if (form.tied()) {
        for (int p = 0; p < columns; p++) {
          Kernels.square(n, distance, scratch[p], shifts[k][p], 1);
        }
      } else if (form.dense()) {
        addDistances(panel, n, scratch, k, distance);
      } else {
        for (int p = 0; p < columns; p++) {
          Kernels.square(n, distance, panel[p], mixture.mean(k)[p], precisions[k][p]);
        }
      }
      double constant = constants[k];
      for (int i = 0; i < n; i++) {
        distance[i] = constant - 0.5 * distance[i];
      }
    }
  }

  private void addDistances(double[][] panel, int n, double[][] scratch, int k, double[] distance) {
    for (int p = 0; p < features.columns(); p += 3) {
      int rows = project(whitenings[k], p, shifts[k], panel, n, scratch, 0);
      if (rows == 3) {
        Kernels.squares(n, distance, scratch[0], scratch[1], scratch[2]);
      } else {
        for (int r = 0; r < rows; r++) {
          Kernels.square(n, distance, scratch[r], 0, 1);
        }
      }
    }
  }

  /**
   * Writes rows {@code p} to {@code p + 2} of the triangular matrix times the panel, less the shift
   * of each, as far as there are such rows; how many there are.
   */
  private static int project(
      double[][] w, int p, double[] shift, double[][] panel, int n, double[][] out, int out0) {
    int rows = Math.min(3, w.length - p);
    for (int r = 0; r < rows; r++) {
      Arrays.fill(out[out0 + r], 0, n, -shift[p + r]);
    }
    Products.add(w, p, panel, p + 3, out, out0, rows, n);
    return rows;
  }

  /** Adds rows times responsibilities to the sums of a block. */
  static final class Accumulator {
    private final Features features;
    private final Moments moments;
    private final double[][] rows = new double[CHUNK][];
    private final double[][] buffer;

    /** The responsibilities of a chunk, or those above 0 of one component. */
    private final double[][] factors;

    /** The features of the rows that belong to those above 0. */
    private final double[][] present = new double[CHUNK][];

    Accumulator(Features features, Moments moments) {
      this.features = features;
      this.moments = moments;
      int longest = 0;
      for (int t = 0; t < features.tiles(); t++) {
        longest = Math.max(longest, features.length(t));
      }
      this.buffer = new double[CHUNK][longest];
      this.factors = new double[moments.components()][CHUNK];
    }

    /** Adds {@code n} rows from {@code first} on, none with missing cells. */
    void add(Block block, int first, int n, double[][] shares) {
      for (int from = 0; from < n; from += CHUNK) {
        int count = Math.min(CHUNK, n - from);
        for (int i = 0; i < count; i++) {
          rows[i] = block.row(first + from + i);
        }
        int above = addMasses(shares, from, count);
        boolean dense = above > DENSE * count * shares.length;
        for (int t = 0; t < features.tiles(); t++) {
          features.fill(t, rows, count, buffer);
          if (dense) {
            addAll(t, shares, from, count);
          } else {
            addPresent(t, shares, from, count);
          }
        }
      }
    }

    /** Adds responsibilities to the masses; how many are above 0. */
    private int addMasses(double[][] shares, int from, int count) {
      int above = 0;
      for (int k = 0; k < shares.length; k++) {
        double[] share = shares[k];
        for (int i = from; i < from + count; i++) {
          moments.addMass(k, share[i]);
          above += share[i] > 0 ? 1 : 0;
        }
      }
      return above;
    }

    private void addAll(int tile, double[][] shares, int from, int count) {
      for (int k = 0; k < shares.length; k++) {
        System.arraycopy(shares[k], from, factors[k], 0, count);
      }
      double[][] sums = moments.tile(tile);
      Products.add(factors, 0, buffer, count, sums, 0, shares.length, features.length(tile));
    }

    /** Leaves out rows whose responsibility is 0, which would change no bit. */
    private void addPresent(int tile, double[][] shares, int from, int count) {
      double[][] sums = moments.tile(tile);
      double[] factor = factors[0];
      for (int k = 0; k < shares.length; k++) {
        double[] share = shares[k];
        int found = 0;
        for (int i = 0; i < count; i++) {
          if (share[from + i] > 0) {
            factor[found] = share[from + i];
            present[found++] = buffer[i];
          }
        }
        Products.add(factors, 0, present, found, sums, k, 1, features.length(tile));
      }
    }
  }
}
