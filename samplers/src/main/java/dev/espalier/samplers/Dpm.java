package dev.espalier.samplers;

/**
 * The multistep method of second order in the posterior mean, with one evaluation a step
 * (DPM-Solver++(2M) of Lu et al., 2022).
 *
 * <p>With {@code λ = log(a/√b)} and {@code h = λ' − λ} a step is {@code x' = √(b'/b)·x + (a' −
 * a·√(b'/b))·(m + (m − m₋)·h/(2·h₋))}, where {@code m₋} and {@code h₋} are those of the step
 * before. The first step and the step to the data are {@link Euler}'s.
 */
public record Dpm() implements Stepper {
  private static final Euler EULER = new Euler();

  @Override
  public int memory() {
    return 1;
  }

  @Override
  public void step(Move move, double[] x, double[] out) {
    step(move, EULER.factors(move.from(), move.to()), x, out);
  }

  /** A step with the given factors on the row and on the mean ahead, without their noise. */
  static void step(Move move, Affine.Factors factors, double[] x, double[] out) {
    double outward = extrapolation(move);
    double[] before = move.memory(0);
    move.score().posteriorMean(move.from(), x, out);
    for (int i = 0; i < x.length; i++) {
      double mean = out[i];
      double ahead = mean + outward * (mean - before[i]);
      before[i] = mean;
      out[i] = factors.keep() * x[i] + factors.pull() * ahead;
    }
  }

  /** {@code h/(2·h₋)}, or 0 where there is no step before or no finite length. */
  private static double extrapolation(Move move) {
    if (move.index() == 0 || move.before(1).a() == 0 || move.to().b() == 0) {
      return 0;
    }
    double before = move.from().logSnr() - move.before(1).logSnr();
    return (move.to().logSnr() - move.from().logSnr()) / (2 * before);
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
