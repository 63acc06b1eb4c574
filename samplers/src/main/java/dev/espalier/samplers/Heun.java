package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Score;

/**
 * Heun's method for the probability-flow equation, of second order, with two evaluations a step.
 *
 * <p>As {@link Euler}, with the mean of {@code ε} at both ends of the step. The step from a level
 * without signal and the step to the data are Euler's.
 */
public record Heun() implements Stepper {
  private static final Euler EULER = new Euler();

  @Override
  public void step(Move move, double[] x, double[] out) {
    step(move.score(), move.from(), move.to(), x, out);
  }

  /** A step between two levels. */
  static void step(Score score, NoiseLevel from, NoiseLevel to, double[] x, double[] out) {
    EULER.factors(from, to).apply(score, from, x, out);
    if (from.a() == 0 || to.b() == 0) {
      return;
    }
    Correction correction = Correction.of(from, to);
    double[] mean = new double[x.length];
    score.posteriorMean(to, out, mean);
    for (int i = 0; i < x.length; i++) {
      out[i] = correction.apply(x[i], out[i], mean[i]);
    }
  }

  /**
   * The second half of a step between two levels with signal and noise; linear in the rows.
   *
   * @param ratio {@code a'/a}
   * @param length {@code a'·(κ' − κ)/√b'}
   * @param pull {@code a'·length}
   */
  public record Correction(double ratio, double length, double pull) {

    /** The correction of a step between two levels. */
    public static Correction of(NoiseLevel from, NoiseLevel to) {
      double ratio = to.a() / from.a();
      double deviation = Math.sqrt(to.b());
      double length = deviation - ratio * Math.sqrt(from.b());
      return new Correction(ratio, length / deviation, to.a() * length / deviation);
    }

    /** The corrected row from the row, Euler's row, and the posterior mean at Euler's row. */
    public double apply(double row, double euler, double mean) {
      return 0.5 * (ratio * row + (1 + length) * euler - pull * mean);
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
