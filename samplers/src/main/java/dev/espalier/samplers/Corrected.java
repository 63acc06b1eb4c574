package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;

/**
 * A predictor and correctors: each step of {@link Ancestral} is followed by steps of Langevin's
 * equation at the level reached (Song et al., 2021).
 *
 * <p>A correction has the form of {@link Langevin}'s steps. Its length is in proportion to the
 * step's, {@code rate·(λ' − λ)} with {@code λ = log(a/√b)}, so that corrections come at a fixed
 * rate however many steps there are, and it is one for all rows and columns.
 *
 * @param corrections after each step; at least 1
 * @param rate of each correction; finite and positive
 */
public record Corrected(int corrections, double rate) implements Stepper {
  private static final Ancestral PREDICTOR = new Ancestral();

  /** The usual number of corrections after a step. */
  public static final int CORRECTIONS = 1;

  /** The usual rate of a correction. */
  public static final double RATE = 0.5;

  /** Checks the ranges. */
  public Corrected {
    Checks.atLeast("corrections", 1, corrections);
    Checks.positive("rate", rate);
  }

  @Override
  public void step(Move move, double[] x, double[] out) {
    NoiseLevel from = move.from();
    NoiseLevel to = move.to();
    PREDICTOR.step(move, x, out);
    if (from.a() > 0 && to.b() > 0) {
      Langevin.relax(move, to, corrections, rate * Levels.length(from, to), out, 1);
    }
  }
}
