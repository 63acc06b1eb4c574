package dev.espalier.estimators.tribuo;

import java.io.Serializable;
import org.tribuo.Trainer;
import org.tribuo.regression.Regressor;

/**
 * Makes the Tribuo trainers that learn the regressors of a score.
 *
 * <p>What the project passes around is a record, so that it prints, compares and travels.
 */
public interface RegressionTrainer extends Serializable {

  /** What becomes of missing cells among the features. */
  enum Gaps {
    /** The feature is left out: the trainer learns where rows without it go. */
    ABSENT,
    /** The feature is 0, its mean, and another one says that it is missing. */
    FLAGGED,
    /** Rows with missing cells are refused. */
    REFUSED
  }

  /**
   * A new trainer, used once, in the calling thread.
   *
   * @param seed of everything random in the training
   * @throws dev.espalier.api.InvalidDataException if a file that it needs cannot be read
   */
  Trainer<Regressor> trainer(long seed);

  /** What becomes of missing cells among the features. */
  default Gaps gaps() {
    return Gaps.REFUSED;
  }

  /** Whether several outputs of complete rows are learned as well one by one. */
  default boolean separable() {
    return false;
  }

  /**
   * The seconds that one training is expected to take, of one core.
   *
   * @param rows the number of noisy rows
   * @param features the number of columns that are seen
   * @param outputs the number of columns that are learned
   */
  double seconds(double rows, int features, int outputs);
}
