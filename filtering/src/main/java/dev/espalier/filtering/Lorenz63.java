package dev.espalier.filtering;

import java.util.random.RandomGenerator;

/**
 * The convection model of Lorenz (1963): {@code x' = σ(y − x)}, {@code y' = x(ρ − z) − y}, {@code
 * z' = xy − βz}, with {@code σ = 10}, {@code ρ = 28}, {@code β = 8/3}.
 *
 * @param noise the deviation, after a unit of time, of the noise added to every column at the end
 *     of each advance; finite and at least 0
 */
public record Lorenz63(double noise) implements Dynamics {
  private static final double SIGMA = 10;
  private static final double RHO = 28;
  private static final double BETA = 8.0 / 3;
  private static final double STEP = 0.01;

  /** Checks the range. */
  public Lorenz63 {
    if (!(noise >= 0 && noise < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("need a finite noise >= 0, got " + noise);
    }
  }

  @Override
  public int columns() {
    return 3;
  }

  @Override
  public void advance(double[] state, double duration, RandomGenerator random) {
    RungeKutta.advance(Lorenz63::slope, state, duration, STEP);
    if (noise > 0) {
      double deviation = noise * Math.sqrt(duration);
      for (int j = 0; j < 3; j++) {
        state[j] += deviation * random.nextGaussian();
      }
    }
  }

  private static void slope(double[] state, double[] out) {
    out[0] = SIGMA * (state[1] - state[0]);
    out[1] = state[0] * (RHO - state[2]) - state[1];
    out[2] = state[0] * state[1] - BETA * state[2];
  }
}
