package dev.espalier.samplers;

/** Where rows start at the first, noisiest level {@code (a, b)}. */
public enum Start {

  /**
   * Normal around {@code a} times the mean of the law, with variance {@code a² + b}: right to the
   * order of {@code a²} for rows of about unit variance. The mean is the posterior mean of a row of
   * zeros.
   */
  MEAN,

  /**
   * Normal around zero with variance {@code a² + b}, as variance-preserving analyses have it. A law
   * that is not centred keeps an error of {@code a²} times its mean.
   */
  ZERO
}
