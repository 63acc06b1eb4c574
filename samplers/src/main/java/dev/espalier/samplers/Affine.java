package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Score;

/**
 * A stepper whose rows are {@code keep·x + pull·m(x) + noise·z}, {@code m} the posterior mean and
 * {@code z} standard normal: the form that most samplers have.
 */
@FunctionalInterface
public interface Affine extends Stepper {

  /**
   * The factors for a step.
   *
   * @param from the level of the rows
   * @param to a cleaner level, {@code b = 0} included
   */
  Factors factors(NoiseLevel from, NoiseLevel to);

  @Override
  default void step(Move move, double[] x, double[] out) {
    Factors factors = factors(move.from(), move.to());
    factors.apply(move.score(), move.from(), x, out);
    factors.addNoise(move, 0, out);
  }

  /**
   * The factors of one step.
   *
   * @param keep on the row
   * @param pull on its posterior mean
   * @param noise the deviation of the fresh noise
   */
  record Factors(double keep, double pull, double noise) {

    /**
     * The factors with which the mean of the row at {@code to} follows from the row at {@code
     * from}, {@code E[x' | x] = (r·b'/b)·x + (a'·v/b)·m}, {@code r} and {@code v} those of the
     * noising from {@code to} to {@code from}; and the given noise.
     */
    static Factors posteriorMean(NoiseLevel from, NoiseLevel to, double noise) {
      NoiseLevel noising = to.to(from);
      return new Factors(noising.a() * to.b() / from.b(), to.a() * noising.b() / from.b(), noise);
    }

    /** Writes {@code keep·x + pull·m(x)}, without the noise. */
    void apply(Score score, NoiseLevel level, double[] x, double[] out) {
      score.posteriorMean(level, x, out);
      for (int i = 0; i < x.length; i++) {
        out[i] = keep * x[i] + pull * out[i];
      }
    }

    /** Adds the noise of one path of the move. */
    void addNoise(Move move, int path, double[] out) {
      if (noise > 0) {
        double[] z = new double[out.length];
        move.normals(path, z);
        for (int i = 0; i < out.length; i++) {
          out[i] += noise * z[i];
        }
      }
    }
  }
}
