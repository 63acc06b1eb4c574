package dev.espalier.api;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a noisy row is regressed on, in units of the clean row.
 *
 * <p>Every target has the posterior mean {@code E[x0 | x]} as its conditional mean, so the
 * minimiser is the same; targets differ in variance. The plain one is the clean row itself
 * (denoising score matching).
 */
@FunctionalInterface
public interface TrainingTarget extends Serializable {

  /**
   * Writes the target of every row of the batch.
   *
   * @param out rows in the layout of {@link Batch#noisy()}
   */
  void write(Batch batch, double[] out);

  /** Whether {@link #write} reads {@link Batch#earlier()}, so that the trainer must simulate it. */
  default boolean bootstraps() {
    return false;
  }

  /**
   * This target made ready for the clean rows of a fit, such as with their moments.
   *
   * <p>A trainer asks once, before the first {@link #write}; unready targets write the same.
   */
  default TrainingTarget readyFor(Samples rows) {
    return this;
  }

  /** The clean row itself: denoising score matching. */
  static TrainingTarget denoising() {
    return new Denoising();
  }

  /** The target that is the clean row itself. */
  record Denoising() implements TrainingTarget {
    @Override
    public void write(Batch batch, double[] out) {
      double[] clean = batch.clean();
      System.arraycopy(clean, 0, out, 0, clean.length);
    }
  }

  /** Rows noised to one level, with all that a target may use; the arrays are not to be changed. */
  interface Batch {

    /** The number of columns of a row. */
    int columns();

    /** The level of the noisy rows. */
    NoiseLevel level();

    /** The noisy rows {@code x}. */
    double[] noisy();

    /** The clean rows {@code x0} that they came from. */
    double[] clean();

    /** Clean rows to compare with, of the training data. */
    Samples reference();

    /** The same paths at a less noisy level; empty where no score is known there yet. */
    Optional<Earlier> earlier();

    /**
     * A batch of these parts; the arrays are not copied.
     *
     * @param noisy as long as {@code clean}
     * @param reference rows of as many columns as the batch has
     * @param earlier null where no score is known yet
     */
    static Batch of(
        NoiseLevel level,
        double[] noisy,
        double[] clean,
        Samples reference,
        @Nullable Earlier earlier) {
      return new NoisyRows(level, noisy, clean, reference, earlier);
    }
  }

  /** The rows of a batch earlier on their paths, where a score is already known. */
  interface Earlier {

    /** The level, less noisy than the batch's. */
    NoiseLevel level();

    /** The rows at that level, in the layout of {@link Batch#noisy()}; not to be changed. */
    double[] rows();

    /** The score that is known there and stays fixed. */
    Score frozen();

    /**
     * The levels through which the frozen score was learned, each with targets from the one before
     * it, towards more noise; the last is {@link #level()}. It alone where nothing was earlier.
     */
    default List<NoiseLevel> path() {
      return List.of(level());
    }

    /** These parts; the array is not copied. */
    static Earlier of(NoiseLevel level, double[] rows, Score frozen) {
      return of(List.of(level), rows, frozen);
    }

    /**
     * These parts; the array is not copied.
     *
     * @param path at least one level
     */
    static Earlier of(List<NoiseLevel> path, double[] rows, Score frozen) {
      return new NoisyRows.Before(List.copyOf(path), rows, frozen);
    }
  }
}
