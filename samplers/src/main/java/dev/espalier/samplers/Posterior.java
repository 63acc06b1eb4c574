package dev.espalier.samplers;

import dev.espalier.api.Curvature;
import dev.espalier.api.Density;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Score;

/**
 * The sampler that matches mean and covariance of {@code x'} given {@code x} exactly.
 *
 * <p>The covariance is {@code (v·b'/b)·I + (a'·v/b)²·Cov[x0 | x]} with {@code Cov[x0 | x] =
 * (b/a)·J}, {@code J} the Jacobian of the posterior mean; on variance-preserving levels that is
 * {@code (β/α)·(I + β·H)}, {@code H} the Jacobian of the score. It is exact for every Gaussian law,
 * in any number of steps.
 *
 * <p>A draw is the square root of the covariance times a standard normal vector, by Lanczos'
 * method: products with {@code J} alone, as many as the covariance has distinct eigenvalues (at
 * most K for K components of equal spherical covariance) or as reach twelve digits. Where the score
 * has no {@link Density}, {@code J} need not be symmetric and {@code (J + Jᵀ)/2} is used; where an
 * eigenvalue comes out negative, 0 is.
 */
public record Posterior() implements Stepper {

  @Override
  public void step(Move move, double[] x, double[] out) {
    Score score = move.score();
    Curvature curvature =
        score
            .ability(Curvature.class)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "need a score that gives its curvature for the sampler 'posterior', got "
                            + score.getClass().getSimpleName()
                            + ". Take 'ancestral' or 'heun'"));
    NoiseLevel from = move.from();
    if (!(from.a() > 0)) {
      throw new IllegalArgumentException(
          "need levels with signal, a > 0, for the sampler 'posterior', got " + from);
    }
    Factors factors = factors(from, move.to());
    double[] z = new double[x.length];
    move.normals(z);
    KrylovRoot.Products products =
        score.ability(Density.class).isPresent()
            ? (rows, v, jv) -> curvature.jacobianTimes(from, rows, v, jv)
            : (rows, v, jv) -> symmetric(curvature, from, rows, v, jv);
    score.posteriorMean(from, x, out);
    double[] noise =
        new KrylovRoot(score.columns(), factors.floor(), factors.spread()).times(products, x, z);
    for (int i = 0; i < x.length; i++) {
      out[i] = factors.keep() * x[i] + factors.pull() * out[i] + noise[i];
    }
  }

  private static void symmetric(
      Curvature curvature, NoiseLevel level, double[] x, double[] v, double[] out) {
    double[] transposed = new double[v.length];
    curvature.jacobianTimes(level, x, v, out);
    curvature.transposedJacobianTimes(level, x, v, transposed);
    for (int i = 0; i < out.length; i++) {
      out[i] = 0.5 * (out[i] + transposed[i]);
    }
  }

  /** The factors for a step; {@code from} has signal and noise. */
  public Factors factors(NoiseLevel from, NoiseLevel to) {
    Affine.Factors mean = Affine.Factors.posteriorMean(from, to, 0);
    return new Factors(
        mean.keep(),
        mean.pull(),
        Ancestral.variance(from, to),
        mean.pull() * mean.pull() * (from.b() / from.a()));
  }

  /**
   * The factors of one step: mean {@code keep·x + pull·m}, covariance {@code floor·I + spread·J}.
   *
   * @param keep on the row
   * @param pull on its posterior mean
   * @param floor on the identity
   * @param spread on the Jacobian of the posterior mean
   */
  public record Factors(double keep, double pull, double floor, double spread) {}

  @Override
  public int order() {
    return 2;
  }
}
