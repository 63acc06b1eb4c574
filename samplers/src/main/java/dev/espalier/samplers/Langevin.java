package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;

/**
 * Annealed Langevin dynamics (Song and Ermon, 2019): at each level some steps of Langevin's
 * equation for the law at that level, from the rows of the level before.
 *
 * <p>A step of length {@code t} in units of the level's variance is {@code x' = e^{−t}·x + a·(1 −
 * e^{−t})·m(x) + √(b·(1 − e^{−2t}))·z}, the exponential form, which has no error of its own where
 * the posterior mean does not move. The law that results is not the exact one in the limit of many
 * levels: it lags behind, less with more repeats, and no order is promised.
 *
 * @param repeats steps at each level; at least 1
 * @param length of each step; finite and positive
 */
public record Langevin(int repeats, double length) implements Stepper {

  /** The usual number of steps at a level. */
  public static final int REPEATS = 5;

  /** The usual length of a step. */
  public static final double LENGTH = 0.2;

  /** Checks the ranges. */
  public Langevin {
    Checks.atLeast("repeats", 1, repeats);
    Checks.positive("length", length);
  }

  @Override
  public int order() {
    return 0;
  }

  @Override
  public void step(Move move, double[] x, double[] out) {
    NoiseLevel from = move.from();
    NoiseLevel to = move.to();
    if (to.b() == 0) {
      move.score().posteriorMean(from, x, out);
      return;
    }
    double scale = from.a() > 0 ? to.a() / from.a() : Math.sqrt(to.b() / from.b());
    for (int i = 0; i < x.length; i++) {
      out[i] = scale * x[i];
    }
    relax(move, to, repeats, length, out, 0);
  }

  /** Takes so many steps at one level, with the noise of the paths from {@code path} on. */
  static void relax(
      Move move, NoiseLevel level, int repeats, double length, double[] rows, int path) {
    double keep = StrictMath.exp(-length);
    Affine.Factors factors =
        new Affine.Factors(
            keep,
            -level.a() * StrictMath.expm1(-length),
            Math.sqrt(-level.b() * StrictMath.expm1(-2 * length)));
    double[] x = new double[rows.length];
    for (int k = 0; k < repeats; k++) {
      System.arraycopy(rows, 0, x, 0, x.length);
      factors.apply(move.score(), level, x, rows);
      factors.addNoise(move, path + k, rows);
    }
  }
}
