package dev.espalier.filtering;

import java.util.random.RandomGenerator;

/**
 * The weather on a circle of Lorenz (1996): {@code x_j' = (x_{j+1} − x_{j−2})·x_{j−1} − x_j + F},
 * columns counted around the circle.
 *
 * @param columns at least 4
 * @param forcing {@code F}; chaotic at 8
 */
public record Lorenz96(int columns, double forcing) implements Dynamics {
  private static final double STEP = 0.05;

  /** Checks the ranges. */
  public Lorenz96 {
    if (!(columns >= 4 && Double.isFinite(forcing))) {
      throw new IllegalArgumentException(
          "need at least 4 columns and a finite forcing, got " + columns + " and " + forcing);
    }
  }

  /** Forty columns with forcing 8. */
  public static Lorenz96 standard() {
    return new Lorenz96(40, 8);
  }

  @Override
  public void advance(double[] state, double duration, RandomGenerator random) {
    RungeKutta.advance(this::slope, state, duration, STEP);
  }

  private void slope(double[] x, double[] out) {
    int d = x.length;
    for (int j = 0; j < d; j++) {
      double next = x[j + 1 < d ? j + 1 : 0];
      double second = x[j >= 2 ? j - 2 : j - 2 + d];
      double before = x[j >= 1 ? j - 1 : d - 1];
      out[j] = (next - second) * before - x[j] + forcing;
    }
  }
}
