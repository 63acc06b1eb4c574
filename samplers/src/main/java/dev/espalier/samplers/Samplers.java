package dev.espalier.samplers;

/** The usual samplers, by name; each can be moved to another grid, start or end. */
public final class Samplers {
  private Samplers() {}

  /** {@link Ddpm} in the usual settings. */
  public static Walk ddpm(int steps) {
    return Walk.of(new Ddpm(), steps);
  }

  /** {@link Ancestral} in the usual settings. */
  public static Walk ancestral(int steps) {
    return Walk.of(new Ancestral(), steps);
  }

  /** {@link Posterior} in the usual settings. */
  public static Walk posterior(int steps) {
    return Walk.of(new Posterior(), steps);
  }

  /** {@link Ddim} in the usual settings. */
  public static Walk ddim(int steps, double eta) {
    return Walk.of(new Ddim(eta), steps);
  }

  /** {@link Euler} in the usual settings. */
  public static Walk euler(int steps) {
    return Walk.of(new Euler(), steps);
  }

  /** {@link Heun} in the usual settings. */
  public static Walk heun(int steps) {
    return Walk.of(new Heun(), steps);
  }

  /** {@link Dpm} in the usual settings. */
  public static Walk dpm(int steps) {
    return Walk.of(new Dpm(), steps);
  }

  /** {@link Direct} with {@link Heun} where the score cannot draw directly. */
  public static Direct direct() {
    return Direct.standard();
  }
}
