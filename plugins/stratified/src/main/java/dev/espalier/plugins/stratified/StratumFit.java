package dev.espalier.plugins.stratified;

import dev.espalier.api.FitRequest;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Tasks;
import org.jspecify.annotations.Nullable;

/** The fit of one stratum with all that it takes and nothing more; any index means it. */
final class StratumFit implements Tasks.Piece<Score> {
  private static final long serialVersionUID = 1;

  private final Samples rows;
  private final double[] weights;
  private final @Nullable Samples validation;
  private final NoiseRange range;
  private final long seed;
  private final ScoreEstimator inner;

  /**
   * The fit of one stratum.
   *
   * @param rows of the stratum, maybe with some that it borrows
   * @param weights of the rows
   * @param seed of the stratum
   */
  StratumFit(
      Samples rows,
      double[] weights,
      @Nullable Samples validation,
      NoiseRange range,
      long seed,
      ScoreEstimator inner) {
    this.rows = rows;
    this.weights = weights;
    this.validation = validation;
    this.range = range;
    this.seed = seed;
    this.inner = inner;
  }

  @Override
  public Score run(int index, Progress progress) {
    FitRequest request =
        FitRequest.of(rows)
            .withWeights(weights)
            .withRange(range)
            .withSeed(seed)
            .withProgress(progress);
    return inner.fit(validation == null ? request : request.withValidation(validation));
  }
}
