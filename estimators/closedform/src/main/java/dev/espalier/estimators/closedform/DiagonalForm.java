package dev.espalier.estimators.closedform;

import dev.espalier.api.NoiseLevel;
import java.util.random.RandomGenerator;

/** Independent columns, each with a variance of its own. */
final class DiagonalForm implements Form {
  private static final long serialVersionUID = 1;

  private final double[] variances;

  /** Takes over the array. */
  DiagonalForm(double[] variances) {
    this.variances = variances;
  }

  @Override
  public int columns() {
    return variances.length;
  }

  @Override
  public int nullity() {
    int count = 0;
    for (double variance : variances) {
      count += variance == 0 ? 1 : 0;
    }
    return count;
  }

  @Override
  public double scale() {
    double greatest = 0;
    for (double variance : variances) {
      greatest = Math.max(greatest, variance);
    }
    return greatest;
  }

  @Override
  public double entry(int i, int j) {
    return i == j ? variances[i] : 0;
  }

  @Override
  public void draw(RandomGenerator random, double[] row) {
    for (int j = 0; j < row.length; j++) {
      row[j] += Math.sqrt(variances[j]) * random.nextGaussian();
    }
  }

  @Override
  public Form marginal(int[] chosen, double[] scales) {
    double[] kept = new double[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      kept[i] = variances[chosen[i]] / scales[i] / scales[i];
    }
    return new DiagonalForm(kept);
  }

  @Override
  public Form given(int[] observed, double[] deltas, double[] scales, double[] shift) {
    double[] left = variances.clone();
    for (int i = 0; i < observed.length; i++) {
      shift[observed[i]] = deltas[i];
      left[observed[i]] = 0;
    }
    return new DiagonalForm(left);
  }

  @Override
  public AtLevel at(NoiseLevel level, int capacity) {
    return new Level(level, variances);
  }

  /** Adds {@code weight · factors ∘ delta} to {@code out}. */
  static void addScaled(double weight, double[] factors, double[] delta, double[] out) {
    for (int j = 0; j < factors.length; j++) {
      out[j] = out[j] + weight * (factors[j] * delta[j]);
    }
  }

  private static final class Level extends SpectralLevel {
    private double[][] deltas = new double[0][];
    private int rows;

    Level(NoiseLevel level, double[] variances) {
      super(level, variances);
    }

    @Override
    public void load(double[][] deltas, int rows) {
      this.deltas = deltas;
      this.rows = rows;
    }

    @Override
    double[] coordinates(int i) {
      return deltas[i];
    }

    @Override
    void addScaled(double[] factors, double[] weights, double[][] out) {
      for (int i = 0; i < rows; i++) {
        if (weights[i] != 0) {
          DiagonalForm.addScaled(weights[i], factors, deltas[i], out[i]);
        }
      }
    }
  }
}
