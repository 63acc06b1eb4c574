package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;

/**
 * The midpoint method for the probability-flow equation, of second order, with two evaluations a
 * step (DPM-Solver-2 of Lu et al., 2022; "DPM2").
 *
 * <p>As {@link Euler}, with {@code ε} at the level in the middle of the step in log signal-to-noise
 * ratio. The step from a level without signal and the step to the data are Euler's.
 */
public record Dpm2() implements Stepper {
  private static final Euler EULER = new Euler();

  @Override
  public void step(Move move, double[] x, double[] out) {
    NoiseLevel from = move.from();
    NoiseLevel to = move.to();
    if (from.a() == 0 || to.b() == 0) {
      EULER.step(move, x, out);
      return;
    }
    NoiseLevel middle = Levels.between(from, to, 0.5);
    double[] halfway = new double[x.length];
    EULER.factors(from, middle).apply(move.score(), from, x, halfway);
    move.score().posteriorMean(middle, halfway, out);
    double ratio = to.a() / from.a();
    double length = (Math.sqrt(to.b()) - ratio * Math.sqrt(from.b())) / Math.sqrt(middle.b());
    for (int i = 0; i < x.length; i++) {
      out[i] = ratio * x[i] + length * (halfway[i] - middle.a() * out[i]);
    }
  }

  @Override
  public int order() {
    return 2;
  }

  @Override
  public boolean isRandom() {
    return false;
  }
}
