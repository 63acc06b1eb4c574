package dev.espalier.plugins.bootstrapped;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Setting;
import dev.espalier.api.TrainingTarget;

/**
 * The posterior mean that was learned at a less noisy point of the same path.
 *
 * <p>Bootstrapped score matching (arXiv 2502.10354) regresses the score on {@code y = α·s(t', x') −
 * W/σ²}, where {@code x = r·x' + W} is the step from the earlier point, {@code σ²} the variance of
 * all noise in x, {@code σ'²} that in x', and {@code α = r·σ'²/σ²} cancels the noise of the earlier
 * point. In units of the clean row, {@code (σ²·y + x)/a}, that is the earlier posterior mean {@code
 * m'(x')} itself: the conditional mean of x0 given x', a Rao–Blackwell step. Its conditional mean
 * given x is the posterior mean whatever its weight beside the clean row, as long as the weight
 * depends on x' alone.
 *
 * <p>Where no earlier score is known, and at levels cleaner than {@code from}, the target is {@code
 * first}.
 *
 * @param weights how much the earlier score counts
 * @param from the log SNR from which on, towards noise, targets are bootstrapped
 * @param first the target at cleaner levels
 */
public record Bootstrapped(
    @Setting(
            value = "cancel",
            help = "weight of the earlier score: cancel (all), erroraware or denoising (none)")
        Weights weights,
    @Setting(
            value = "100",
            help = "log SNR at and below which targets are bootstrapped; first at cleaner levels")
        double from,
    @Setting(value = "denoising()", help = "the target at cleaner levels and at the first one")
        TrainingTarget first)
    implements TrainingTarget {

  /** How much the earlier posterior mean counts beside the clean row. */
  public enum Weights {
    /** It alone: the weight of the paper, which cancels the noise of the earlier point. */
    CANCEL,

    /**
     * Less in a row in which it is evidently wrong.
     *
     * <p>The exact posterior mean is nearer than noise: {@code E‖x' − a'·m'‖² ≤ b'·d}. Where the
     * squared distance exceeds {@code b'·d} by more than four standard deviations of such a sum,
     * {@code λ = limit/distance²} counts and the clean row has the rest. λ depends on x' alone, so
     * the conditional mean stays.
     */
    ERRORAWARE,

    /** Not at all: the target is the clean row. */
    DENOISING
  }

  private static final double DEVIATIONS = 4;

  /** Checks the range. */
  public Bootstrapped {
    if (Double.isNaN(from)) {
      throw new IllegalArgumentException("need a log SNR to bootstrap from, got " + from);
    }
    if (first.bootstraps()) {
      throw new IllegalArgumentException(
          "need a first target that does not bootstrap itself, got " + first);
    }
  }

  /** Bootstrapped at every level but the first, with the cancelling weight. */
  public static Bootstrapped standard() {
    return new Bootstrapped(Weights.CANCEL, 100, TrainingTarget.denoising());
  }

  /** This target with another weight. */
  public Bootstrapped withWeights(Weights weights) {
    return new Bootstrapped(weights, from, first);
  }

  /** This target from another log SNR on. */
  public Bootstrapped from(double logSnr) {
    return new Bootstrapped(weights, logSnr, first);
  }

  /** This target with another one at cleaner levels. */
  public Bootstrapped withFirst(TrainingTarget first) {
    return new Bootstrapped(weights, from, first);
  }

  @Override
  public boolean bootstraps() {
    return weights != Weights.DENOISING;
  }

  @Override
  public void write(Batch batch, double[] out) {
    Earlier earlier = batch.earlier().orElse(null);
    if (earlier == null || weights == Weights.DENOISING || batch.level().logSnr() > from) {
      first.write(batch, out);
      return;
    }
    earlier.frozen().posteriorMean(earlier.level(), earlier.rows(), out);
    if (weights == Weights.ERRORAWARE) {
      mix(earlier, batch.clean(), batch.columns(), out);
    }
  }

  private static void mix(Earlier earlier, double[] clean, int d, double[] out) {
    NoiseLevel level = earlier.level();
    double limit = level.b() * (d + DEVIATIONS * Math.sqrt(2.0 * d));
    for (int at = 0; at < out.length; at += d) {
      double distance = 0;
      for (int j = at; j < at + d; j++) {
        double gap = earlier.rows()[j] - level.a() * out[j];
        distance += gap * gap;
      }
      if (!(distance <= limit)) {
        double lambda = distance < Double.POSITIVE_INFINITY ? limit / distance : 0;
        for (int j = at; j < at + d; j++) {
          out[j] = lambda > 0 ? clean[j] + lambda * (out[j] - clean[j]) : clean[j];
        }
      }
    }
  }
}
