package dev.espalier.estimators.tribuo;

/**
 * What a regressor answers; each converts exactly to the posterior mean.
 *
 * <p>With {@code y} the clean value above its mean, {@code w} its noise, {@code v} the variance of
 * its column and {@code x = a·y + √b·w}:
 */
public enum Prediction {
  /** The velocity of the straight flow, {@code y − w}, as in flow matching. */
  VELOCITY,
  /** The noise {@code w}, as in denoising diffusion. */
  NOISE,
  /** The clean value {@code y}. */
  CLEAN,
  /** What the best linear guess {@code a·v·x/(a²v + b)} leaves over. */
  RESIDUAL
}
