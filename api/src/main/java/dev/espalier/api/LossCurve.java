package dev.espalier.api;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * The losses of one score on held-out rows over a grid of noise levels, kept row by row.
 *
 * <p>A loss is relative: 1 is what the score of a spherical normal law of the rows' average
 * variance v has at the level, {@code v·b/(a²v + b)} a column. So levels are of comparable scale
 * and their plain average is the loss of a row. Curves of one {@link HeldOut} share rows and noise,
 * so that {@link #minus} has the small standard error of paired differences.
 */
public final class LossCurve implements Serializable {
  private static final long serialVersionUID = 1;

  /** How many standard errors of a paired difference count as none. */
  private static final double ERRORS = 2;

  private final List<NoiseLevel> levels;

  /** Level by level, a number a row. */
  private final double[][] losses;

  LossCurve(List<NoiseLevel> levels, double[][] losses) {
    this.levels = List.copyOf(levels);
    this.losses = losses;
  }

  /** The levels, from the noisiest. */
  public List<NoiseLevel> levels() {
    return levels;
  }

  /** The average loss at one of the levels. */
  public double mean(int level) {
    return Average.of(losses[level]).mean();
  }

  /** The standard error of {@link #mean(int)}. */
  public double error(int level) {
    return Average.of(losses[level]).error();
  }

  /** The average loss over all levels. */
  public double mean() {
    return average().mean();
  }

  /** The standard error of {@link #mean()}, rows being independent and levels not. */
  public double error() {
    return average().error();
  }

  /**
   * The excess of this over another curve, row by row.
   *
   * @throws IllegalArgumentException if the other is of other levels or a different number of rows
   */
  public LossCurve minus(LossCurve other) {
    if (!levels.equals(other.levels) || losses[0].length != other.losses[0].length) {
      throw new IllegalArgumentException(
          "need curves of the same levels and rows, got " + this + " and " + other);
    }
    double[][] excess = new double[losses.length][losses[0].length];
    for (int k = 0; k < losses.length; k++) {
      for (int i = 0; i < losses[k].length; i++) {
        excess[k][i] = losses[k][i] - other.losses[k][i];
      }
    }
    return new LossCurve(levels, excess);
  }

  /**
   * The first curve that is as good as the best: its average exceeds the least one by at most two
   * standard errors of their paired difference.
   *
   * <p>This is the rule of one standard error for curves that share rows and noise. The error of a
   * difference is far smaller than that of a loss, and the best of many is best by chance also, so
   * two of it are asked for.
   *
   * @param curves from the simplest candidate on, at least one
   * @return an index
   */
  public static int simplest(List<LossCurve> curves) {
    int best = 0;
    for (int k = 1; k < curves.size(); k++) {
      if (curves.get(k).mean() < curves.get(best).mean()) {
        best = k;
      }
    }
    for (int k = 0; k < best; k++) {
      if (curves.get(k).minus(curves.get(best)).average().within(ERRORS)) {
        return k;
      }
    }
    return best;
  }

  private Average average() {
    double[] means = new double[losses[0].length];
    for (int i = 0; i < means.length; i++) {
      double sum = 0;
      for (double[] level : losses) {
        sum += level[i];
      }
      means[i] = sum / losses.length;
    }
    return Average.of(means);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LossCurve that
        && levels.equals(that.levels)
        && Arrays.deepEquals(losses, that.losses);
  }

  @Override
  public int hashCode() {
    return 31 * levels.hashCode() + Arrays.deepHashCode(losses);
  }

  @Override
  public String toString() {
    return "LossCurve["
        + mean()
        + " ± "
        + error()
        + ", "
        + levels.size()
        + " levels, "
        + losses[0].length
        + " rows]";
  }
}
