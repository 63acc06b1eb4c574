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

  /** {@link UniPc} in the usual settings. */
  public static Walk uniPc(int steps) {
    return Walk.of(new UniPc(), steps);
  }

  /** {@link DpmSde} in the usual settings. */
  public static Walk dpmSde(int steps) {
    return Walk.of(new DpmSde(), steps);
  }

  /** {@link Dpm2} in the usual settings. */
  public static Walk dpm2(int steps) {
    return Walk.of(new Dpm2(), steps);
  }

  /** {@link Lms} in the usual settings. */
  public static Walk lms(int steps, int order) {
    return Walk.of(new Lms(order), steps);
  }

  /** {@link RandomMidpoint} in the usual settings. */
  public static Walk midpoint(int steps) {
    return Walk.of(new RandomMidpoint(), steps);
  }

  /** {@link Churned} in the usual settings. */
  public static Walk edmHeun(int steps, double churn) {
    return Walk.of(Churned.of(churn), steps);
  }

  /** {@link Corrected} in the usual settings. */
  public static Walk pc(int steps) {
    return Walk.of(new Corrected(Corrected.CORRECTIONS, Corrected.RATE), steps);
  }

  /** {@link Langevin} in the usual settings. */
  public static Walk langevin(int steps) {
    return Walk.of(new Langevin(Langevin.REPEATS, Langevin.LENGTH), steps);
  }

  /** {@link Adaptive} with the given relative tolerance, and as much absolute. */
  public static Adaptive adaptive(double tolerance) {
    return Adaptive.standard().within(tolerance, tolerance);
  }

  /** {@link Direct} with {@link UniPc} where the score cannot draw directly. */
  public static Direct direct() {
    return Direct.standard();
  }
}
