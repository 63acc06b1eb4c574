package dev.espalier.estimators.closedform;

import dev.espalier.api.NoiseLevel;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * {@code S = F·Fᵀ + D} with a d × r factor and a diagonal {@code D}, by the identity of Woodbury.
 *
 * <p>With {@code E = a²D + b} and {@code u = argmin ‖δ − aFu‖²_E + ‖u‖²}, both {@code δᵀS(t)⁻¹δ =
 * ‖δ − aFu‖²_E + ‖u‖²} and {@code S(t)⁻¹δ = E⁻¹(δ − aFu)} are free of the cancellation that the
 * identity has as it is usually written.
 */
final class LowRankForm implements Form {
  private static final long serialVersionUID = 1;

  private final int rank;
  private final double[][] factor;
  private final double[][] transposed;
  private final double[] diagonal;

  /** Takes over the arrays; where a variance of the diagonal is 0, so is the row of the factor. */
  LowRankForm(double[][] factor, double[] diagonal) {
    this.rank = factor[0].length;
    this.factor = factor;
    this.transposed = Products.transpose(factor, rank);
    this.diagonal = diagonal;
  }

  /** A copy of the factor, d × r. */
  double[][] factor() {
    return Products.copy(factor);
  }

  /** A copy of the diagonal. */
  double[] diagonal() {
    return diagonal.clone();
  }

  @Override
  public int columns() {
    return diagonal.length;
  }

  @Override
  public int nullity() {
    int count = 0;
    for (double variance : diagonal) {
      count += variance == 0 ? 1 : 0;
    }
    return count;
  }

  @Override
  public double scale() {
    double greatest = 0;
    for (int j = 0; j < diagonal.length; j++) {
      greatest = Math.max(greatest, entry(j, j));
    }
    return greatest;
  }

  @Override
  public double entry(int i, int j) {
    return Products.dot(factor[i], factor[j], rank) + (i == j ? diagonal[i] : 0);
  }

  @Override
  public void draw(RandomGenerator random, double[] row) {
    double[][] normals = new double[1][rank];
    for (int k = 0; k < rank; k++) {
      normals[0][k] = random.nextGaussian();
    }
    Products.add(normals, transposed, new double[][] {row}, 1, row.length);
    for (int j = 0; j < row.length; j++) {
      row[j] += Math.sqrt(diagonal[j]) * random.nextGaussian();
    }
  }

  @Override
  public Form marginal(int[] chosen, double[] scales) {
    double[][] kept = new double[chosen.length][rank];
    double[] left = new double[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      for (int k = 0; k < rank; k++) {
        kept[i][k] = factor[chosen[i]][k] / scales[i];
      }
      left[i] = diagonal[chosen[i]] / scales[i] / scales[i];
    }
    return new LowRankForm(kept, left);
  }

  @Override
  public Form given(int[] observed, double[] deltas, double[] scales, double[] shift) {
    double[][] seen = new double[observed.length][];
    double[] inverse = new double[observed.length];
    for (int i = 0; i < observed.length; i++) {
      seen[i] = factor[observed[i]];
      inverse[i] = diagonal[observed[i]] > 0 ? 1 / diagonal[observed[i]] : 0;
    }
    Ridge posterior = Ridge.of(seen, inverse, 1);
    double[] mean = Products.of(new double[][] {deltas}, posterior.encoder(), rank)[0];
    double[][] left = new double[diagonal.length][];
    double[] rest = diagonal.clone();
    for (int j = 0; j < diagonal.length; j++) {
      shift[j] = Products.dot(factor[j], mean, rank);
      left[j] = factor[j].clone();
      posterior.whiten(left[j]);
    }
    for (int i = 0; i < observed.length; i++) {
      shift[observed[i]] = deltas[i];
      Arrays.fill(left[observed[i]], 0);
      rest[observed[i]] = 0;
    }
    return new LowRankForm(left, rest);
  }

  @Override
  public AtLevel at(NoiseLevel level, int capacity) {
    return new Level(level, capacity);
  }

  private final class Level implements AtLevel {
    private final double a;
    private final double[] inverse = new double[diagonal.length];
    private final double[] gain = new double[diagonal.length];
    private final double[] outside = new double[diagonal.length];
    private final double[] ones = new double[rank];
    private final double logDeterminant;

    /** {@code u = δ·encoder}, d × r. */
    private final double[][] encoder;

    private final double[][] codes;
    private final double[][] scaled;
    private final double[][] rests;
    private final double[][] targets;
    private int rows;

    Level(NoiseLevel level, int capacity) {
      a = level.a();
      double diagonals = Spectrum.at(level, diagonal, inverse, gain, outside);
      Ridge inner = Ridge.of(factor, inverse, a);
      logDeterminant = diagonals + inner.logDeterminant();
      encoder = inner.encoder();
      Arrays.fill(ones, 1);
      codes = new double[capacity][rank];
      scaled = new double[capacity][rank];
      rests = new double[capacity][diagonal.length];
      targets = new double[capacity][];
    }

    @Override
    public void load(double[][] deltas, int rows) {
      this.rows = rows;
      for (int i = 0; i < rows; i++) {
        Arrays.fill(codes[i], 0);
        System.arraycopy(deltas[i], 0, rests[i], 0, diagonal.length);
      }
      Products.add(deltas, encoder, codes, rows, rank);
      for (int i = 0; i < rows; i++) {
        for (int k = 0; k < rank; k++) {
          scaled[i][k] = -a * codes[i][k];
        }
      }
      Products.add(scaled, transposed, rests, rows, diagonal.length);
    }

    @Override
    public double logDeterminant() {
      return logDeterminant;
    }

    @Override
    public double quadratic(int i) {
      return Products.weightedSquare(rests[i], inverse, inverse.length)
          + Products.weightedSquare(codes[i], ones, rank);
    }

    @Override
    public double residual(int i) {
      return Products.weightedSquare(rests[i], outside, outside.length);
    }

    @Override
    public void addPrecision(double[] weights, double[][] out) {
      addRests(inverse, weights, out);
    }

    @Override
    public void addGain(double[] weights, double[][] out) {
      addRests(gain, weights, out);
      int active = 0;
      for (int i = 0; i < rows; i++) {
        if (weights[i] != 0) {
          for (int k = 0; k < rank; k++) {
            scaled[active][k] = weights[i] * codes[i][k];
          }
          targets[active++] = out[i];
        }
      }
      Products.add(scaled, transposed, targets, active, diagonal.length);
    }

    private void addRests(double[] factors, double[] weights, double[][] out) {
      for (int i = 0; i < rows; i++) {
        if (weights[i] != 0) {
          DiagonalForm.addScaled(weights[i], factors, rests[i], out[i]);
        }
      }
    }
  }
}
