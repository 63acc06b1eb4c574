package dev.espalier.samplers;

/**
 * The stochastic multistep method of second order in the posterior mean, with one evaluation a step
 * (SDE-DPM-Solver++(2M) of Lu et al., 2022).
 *
 * <p>A step is {@link Ancestral}'s with the posterior mean extrapolated to the middle of the step,
 * as {@link Dpm} does it. The noise repairs errors of earlier steps.
 */
public record DpmSde() implements Stepper {
  private static final Ancestral ANCESTRAL = new Ancestral();

  @Override
  public int memory() {
    return 1;
  }

  @Override
  public void step(Move move, double[] x, double[] out) {
    Affine.Factors factors = ANCESTRAL.factors(move.from(), move.to());
    Dpm.step(move, factors, x, out);
    factors.addNoise(move, 0, out);
  }

  @Override
  public int order() {
    return 2;
  }
}
