package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;

/**
 * Heun's method with noise added before each step, the stochastic sampler of Karras et al. (2022,
 * algorithm 2).
 *
 * <p>With N steps and {@code γ = min(churn/N, √2 − 1)} the rows are first noised to the deviation
 * {@code (1 + γ)·√b} and then taken to the next level by {@link Heun}. No noise is added outside
 * the given deviations {@code √b/a}, nor beyond the levels that the score knows.
 *
 * @param churn the amount of noise over the whole walk; finite and at least 0
 * @param inflation the deviation of the noise relative to the right one, the paper's S_noise; with
 *     any but 1 the error does not vanish with the steps
 * @param sigmaMin the least deviation with noise; at least 0
 * @param sigmaMax the greatest deviation with noise; at least sigmaMin
 */
public record Churned(double churn, double inflation, double sigmaMin, double sigmaMax)
    implements Stepper {

  /** The usual amount of noise. */
  public static final double CHURN = 4;

  /** Checks the ranges. */
  public Churned {
    if (!(churn >= 0 && churn < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("need a finite churn >= 0, got " + churn);
    }
    Checks.positive("inflation", inflation);
    if (!(sigmaMin >= 0 && sigmaMin <= sigmaMax)) {
      throw new IllegalArgumentException(
          "need 0 <= sigmaMin <= sigmaMax, got sigmaMin=" + sigmaMin + ", sigmaMax=" + sigmaMax);
    }
  }

  /** Noise of the right deviation at every usual level. */
  public static Churned of(double churn) {
    return new Churned(churn, 1, 0, 1e6);
  }

  @Override
  public int order() {
    return 2;
  }

  @Override
  public boolean isRandom() {
    return churn > 0;
  }

  @Override
  public void step(Move move, double[] x, double[] out) {
    NoiseLevel from = move.from();
    double sigma = from.sigma();
    double share =
        sigma >= sigmaMin && sigma <= sigmaMax
            ? 1 + Math.min(churn / move.steps(), Math.sqrt(2) - 1)
            : 1;
    NoiseLevel noisier = new NoiseLevel(from.a(), from.b() * share * share);
    if (share == 1 || from.a() == 0 || !move.score().range().contains(noisier)) {
      Heun.step(move.score(), from, move.to(), x, out);
      return;
    }
    double deviation = inflation * Math.sqrt(from.to(noisier).b());
    double[] z = new double[x.length];
    move.normals(z);
    for (int i = 0; i < x.length; i++) {
      z[i] = x[i] + deviation * z[i];
    }
    Heun.step(move.score(), noisier, move.to(), z, out);
  }
}
