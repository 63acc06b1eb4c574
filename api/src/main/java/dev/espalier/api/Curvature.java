package dev.espalier.api;

/**
 * The ability of a score to multiply by the Jacobian {@code J} of its posterior mean.
 *
 * <p>For an exact score {@code J = (a/b)·Cov[x0 | x]} is symmetric; for localized and learned
 * scores it is not. {@code J} exists at {@code a = 0} (it is zero) and at {@code b = 0} (it is
 * {@code I/a}).
 */
public interface Curvature {

  /**
   * Writes {@code J(x)·v} row by row.
   *
   * @param x rows, row-major
   * @param v a vector for every row, in the same layout
   * @param out as long as {@code x}
   */
  void jacobianTimes(NoiseLevel level, double[] x, double[] v, double[] out);

  /** Writes {@code J(x)ᵀ·v} row by row. */
  void transposedJacobianTimes(NoiseLevel level, double[] x, double[] v, double[] out);

  /**
   * Writes {@code H(x)·v}, {@code H} the Jacobian of the score (the Hessian of {@code log p} for an
   * exact one), row by row.
   *
   * <p>The default forms {@code (a·J·v − v)/b}, which cancels at tiny {@code b}; closed forms
   * override it.
   */
  default void hessianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    jacobianTimes(level, x, v, out);
    double a = level.a();
    double b = level.b();
    for (int i = 0; i < x.length; i++) {
      out[i] = (a * out[i] - v[i]) / b;
    }
  }
}
