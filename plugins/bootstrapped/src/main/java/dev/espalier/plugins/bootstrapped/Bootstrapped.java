package dev.espalier.plugins.bootstrapped;

import dev.espalier.api.Samples;
import dev.espalier.api.Setting;
import dev.espalier.api.TrainingTarget;
import org.jspecify.annotations.Nullable;

/**
 * The posterior mean that was learned at a less noisy point of the same path.
 *
 * <p>Bootstrapped score matching (arXiv 2502.10354) regresses the score on {@code y = α·s(t', x') −
 * W/σ²}, where {@code x = r·x' + W} is the step from the earlier point, {@code σ²} the variance of
 * all noise in x, {@code σ'²} that in x', and {@code α = r·σ'²/σ²} cancels the noise of the earlier
 * point. In units of the clean row, {@code (σ²·y + x)/a}, that is the earlier posterior mean {@code
 * m'(x')} itself: the conditional mean of x0 given x', a Rao–Blackwell step.
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
            help =
                "weight of the earlier score: cancel (the paper's), erroraware or denoising (none)")
        Weights weights,
    @Setting(
            value = "100",
            help = "log SNR at and below which targets are bootstrapped; first at cleaner levels")
        double from,
    @Setting(value = "denoising()", help = "the target at cleaner levels and at the first one")
        TrainingTarget first)
    implements TrainingTarget {

  /** How much the earlier score counts. */
  public enum Weights {
    /** As in the paper: what cancels the noise of the earlier point. */
    CANCEL,

    /**
     * What makes the expected error of the regression least, the error of the earlier score counted
     * in, along each axis of the covariance of the clean rows.
     *
     * <p>Targets {@code w·s(t', x')/r − (1 − w)·W/σ_τ²}, where {@code σ_τ²} is the variance of the
     * step W, all have the score for their mean given x; cancelling is {@code w = r²·σ'²/σ²}. Along
     * an axis of variance λ, where the noisy rows have the variances v' and v, the squared error
     * that a linear regression is left with is {@code (w·v'/v)²·M' + Var(w)/(n·v)}: the earlier
     * error M' passed on, and the spread of the target about its mean. The least of it is taken; M'
     * is followed from level to level as the path went, from denoising at its first.
     */
    ERRORAWARE,

    /** Not at all: the target is the clean row. */
    DENOISING
  }

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

  /** What is earlier, if the batch is to be bootstrapped. */
  private @Nullable Earlier known(Batch batch) {
    boolean plain = weights == Weights.DENOISING || batch.level().logSnr() > from;
    return plain ? null : batch.earlier().orElse(null);
  }

  @Override
  public void write(Batch batch, double[] out) {
    Earlier earlier = known(batch);
    if (earlier == null) {
      first.write(batch, out);
    } else if (weights == Weights.ERRORAWARE) {
      ErrorAware.of(batch.reference()).write(batch, earlier, out);
    } else {
      earlier.frozen().posteriorMean(earlier.level(), earlier.rows(), out);
    }
  }

  @Override
  public TrainingTarget readyFor(Samples rows) {
    Bootstrapped ready = withFirst(first.readyFor(rows));
    return weights == Weights.ERRORAWARE ? new Ready(ready, ErrorAware.of(rows)) : ready;
  }

  /** A target whose weights are ready. */
  private record Ready(Bootstrapped target, ErrorAware weights) implements TrainingTarget {
    @Override
    public boolean bootstraps() {
      return target.bootstraps();
    }

    @Override
    public void write(Batch batch, double[] out) {
      Earlier earlier = target.known(batch);
      if (earlier == null) {
        target.first.write(batch, out);
      } else {
        weights.write(batch, earlier, out);
      }
    }
  }
}
