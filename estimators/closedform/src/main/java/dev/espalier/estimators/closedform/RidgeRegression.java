package dev.espalier.estimators.closedform;

import dev.espalier.api.Cost;
import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Setting;
import dev.espalier.api.TrainingTarget;

/**
 * One ridge regression of the training target a noise level, on fixed features of the noisy row.
 *
 * <p>Levels are evenly spaced in log SNR over the range of the request and learned from the least
 * noisy on; a target that bootstraps is given the rows one level earlier on the same path and the
 * regression learned there (arXiv 2502.10354). Rows enter in units of their standard deviation at
 * the level, column by column; every feature is centred and scaled to unit variance before it is
 * penalised. Between two levels the regressions of both are asked at the row in its own units, and
 * their answers are averaged linearly in log SNR.
 *
 * <p>Where the request holds out validation rows, a level at which the target does worse on them
 * than plain denoising, by more than one standard error of the paired difference, falls back to
 * plain denoising, and a note says so.
 *
 * <p>Work is levels × copies × rows × features², beside features³ a level.
 *
 * @param features the kind of features
 * @param count how many there are beside the columns themselves
 * @param penalty the ridge
 * @param levels the number of noise levels, at least 2
 * @param target what is regressed on
 * @param copies noisy copies of a row, at least 1
 * @param paths whether a copy keeps its noise from level to level
 */
public record RidgeRegression(
    @Setting(value = "rbf", help = "features of a noisy row: linear, rbf or fourier")
        Features features,
    @Setting(value = "100", help = "number of features beside the columns themselves, at least 1")
        int count,
    @Setting(value = "auto", help = "penalty on features of unit variance: auto or a number >= 0")
        Penalty penalty,
    @Setting(value = "24", help = "number of noise levels, at least 2") int levels,
    @Setting(value = "denoising()", help = "what a noisy row is regressed on")
        TrainingTarget target,
    @Setting(value = "1", help = "noisy copies of a row, at least 1") int copies,
    @Setting(
            value = "fixed",
            help =
                "fixed: a copy walks one noise path through all levels; fresh: new noise a level")
        Paths paths)
    implements ScoreEstimator {

  /** Kinds of features. */
  public enum Features {
    /** The columns themselves. */
    LINEAR,
    /** The columns, and Gaussian bumps around noisy rows. */
    RBF,
    /** The columns, and random cosines (Rahimi and Recht 2007). */
    FOURIER
  }

  /** What noise the copies of a row have at different levels. */
  public enum Paths {
    /** One path of noise through all levels. */
    FIXED,
    /** New noise at every level. */
    FRESH
  }

  /** The standard regression on these features. */
  public static RidgeRegression on(Features features) {
    return new RidgeRegression(
        features, 100, Penalty.AUTO, 24, TrainingTarget.denoising(), 1, Paths.FIXED);
  }

  /** Checks the ranges. */
  public RidgeRegression {
    if (!(count >= 1 && levels >= 2 && copies >= 1)) {
      throw new IllegalArgumentException(
          "need count >= 1, levels >= 2 and copies >= 1, got count="
              + count
              + ", levels="
              + levels
              + ", copies="
              + copies);
    }
  }

  /** This regression with another number of features beside the columns. */
  public RidgeRegression withCount(int count) {
    return new RidgeRegression(features, count, penalty, levels, target, copies, paths);
  }

  /** This regression with another penalty. */
  public RidgeRegression withPenalty(Penalty penalty) {
    return new RidgeRegression(features, count, penalty, levels, target, copies, paths);
  }

  /** This regression at another number of levels. */
  public RidgeRegression withLevels(int levels) {
    return new RidgeRegression(features, count, penalty, levels, target, copies, paths);
  }

  /** This regression of another target. */
  public RidgeRegression withTarget(TrainingTarget target) {
    return new RidgeRegression(features, count, penalty, levels, target, copies, paths);
  }

  /** This regression on as many noisy copies of a row, with fixed or fresh noise. */
  public RidgeRegression withCopies(int copies, Paths paths) {
    return new RidgeRegression(features, count, penalty, levels, target, copies, paths);
  }

  /**
   * Learns all levels, from the least noisy on.
   *
   * @throws InvalidDataException if there are no rows or a cell is missing
   * @throws IllegalArgumentException if the range of the request is not finite
   */
  @Override
  public Score fit(FitRequest request) {
    NoiseRange range = request.range();
    if (!(Double.isFinite(range.noisiest()) && Double.isFinite(range.cleanest()))) {
      throw new IllegalArgumentException(
          "need a finite range of levels to learn, got "
              + range.noisiest()
              + " to "
              + range.cleanest());
    }
    if (request.rows().count() == 0 || request.rows().hasMissing()) {
      throw new InvalidDataException(
          "need complete rows for a ridge regression, got "
              + (request.rows().count() == 0 ? "none" : "missing cells")
              + ". Fill them first, or use an estimator that copes, such as gaussian()");
    }
    return new RidgeSweep(this, request).fit();
  }

  @Override
  public Cost cost(FitRequest request) {
    double d = request.rows().columns();
    double n = (double) copies * request.rows().count();
    double p = 1 + d + (features == Features.LINEAR ? 0 : count);
    double work = levels * (n * p * (p + d) + 20 * p * p * p);
    return new Cost(work / 1e9, (long) (8 * (n * (5 * d) + 4 * p * p + levels * p * d)));
  }
}
