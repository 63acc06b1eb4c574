package dev.espalier.api;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a score is fitted to, and how: rows, weights, validation rows, levels, seed, and where the
 * work runs and reports.
 *
 * <p>Immutable; a structure passes a changed copy on to its inner estimator. Equal requests give
 * equal bits, whatever {@link #tasks()} is.
 */
public final class FitRequest {

  /** The greatest magnitude of a column; its reciprocal is the least but 0. */
  private static final double GREATEST = 1e100;

  private final Samples rows;
  private final double @Nullable [] weights;
  private final @Nullable Samples validation;
  private final NoiseRange range;
  private final long seed;
  private final Tasks tasks;
  private final Progress progress;
  private final @Nullable Path checkpoint;

  private FitRequest(
      Samples rows,
      double @Nullable [] weights,
      @Nullable Samples validation,
      NoiseRange range,
      long seed,
      Tasks tasks,
      Progress progress,
      @Nullable Path checkpoint) {
    this.rows = rows;
    this.weights = weights;
    this.validation = validation;
    this.range = range;
    this.seed = seed;
    this.tasks = tasks;
    this.progress = progress;
    this.checkpoint = checkpoint;
  }

  /**
   * A request to fit the rows with equal weights, no validation rows, log SNR from −10 to 12, seed
   * 0, in the calling thread, silently.
   *
   * @throws InvalidDataException if the greatest magnitude in a column is beyond 1e100, or below
   *     1e-100 and not 0
   */
  public static FitRequest of(Samples rows) {
    needSquares(rows);
    return new FitRequest(
        rows, null, null, new NoiseRange(-10, 12), 0, Tasks.here(), Progress.silent(), null);
  }

  /** Fits sum squares and fourth powers, which leave the doubles beyond these magnitudes. */
  private static void needSquares(Samples rows) {
    for (int j = 0; j < rows.columns(); j++) {
      double greatest = 0;
      for (int i = 0; i < rows.count(); i++) {
        double value = Math.abs(rows.get(i, j));
        greatest = value > greatest ? value : greatest;
      }
      if (greatest > GREATEST || greatest > 0 && greatest < 1 / GREATEST) {
        throw new InvalidDataException(
            "need columns of zeros or of values up to between 1e-100 and 1e100, got up to "
                + greatest
                + " in column "
                + j
                + ". Divide the column by its order of magnitude");
      }
    }
  }

  /** The rows to fit. */
  public Samples rows() {
    return rows;
  }

  /** The weight of row {@code i}; positive, 1 unless weights were given. */
  public double weight(int i) {
    return weights == null ? 1 : weights[i];
  }

  /** The sum of all weights, in the order of the rows. */
  public double totalWeight() {
    if (weights == null) {
      return rows.count();
    }
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    return sum;
  }

  /** Rows held out for early stopping and for choosing settings, if any. */
  public Optional<Samples> validation() {
    return Optional.ofNullable(validation);
  }

  /** The levels that a learned score must know; closed forms know all. */
  public NoiseRange range() {
    return range;
  }

  /** The seed of everything random in the fit. */
  public long seed() {
    return seed;
  }

  /** The random streams of this fit. */
  public Streams streams() {
    return new Streams(seed);
  }

  /** Where independent pieces run. */
  public Tasks tasks() {
    return tasks;
  }

  /** Where to report and to ask whether to go on. */
  public Progress progress() {
    return progress;
  }

  /**
   * A folder where a long fit keeps its state, so that an equal request given the same folder goes
   * on from there and ends with the same bits. A fit names its files by all that decides its
   * result, so fits may share the folder. Estimators that are quick ignore it.
   */
  public Optional<Path> checkpoint() {
    return Optional.ofNullable(checkpoint);
  }

  /**
   * This request for other rows, as many as before, such as the same rows in fewer columns.
   *
   * @param rows as many rows as {@link #rows()}
   * @param validation the validation rows in the same columns, or null for none
   */
  public FitRequest withRows(Samples rows, @Nullable Samples validation) {
    if (rows.count() != this.rows.count()) {
      throw new IllegalArgumentException(
          "need " + this.rows.count() + " rows as before, got " + rows.count());
    }
    return new FitRequest(rows, weights, validation, range, seed, tasks, progress, checkpoint);
  }

  /** This request for some of its rows, with their weights; validation rows stay. */
  public FitRequest select(int[] chosen) {
    double[] kept = null;
    if (weights != null) {
      kept = new double[chosen.length];
      for (int i = 0; i < chosen.length; i++) {
        kept[i] = weights[chosen[i]];
      }
    }
    return new FitRequest(
        rows.rows(chosen), kept, validation, range, seed, tasks, progress, checkpoint);
  }

  /** This request with a weight for every row, finite and positive. */
  public FitRequest withWeights(double[] weights) {
    if (weights.length != rows.count()) {
      throw new IllegalArgumentException(
          "need " + rows.count() + " weights, one a row, got " + weights.length);
    }
    for (double weight : weights) {
      if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("need finite weights > 0, got " + weight);
      }
    }
    double[] copy = Arrays.copyOf(weights, weights.length);
    return new FitRequest(rows, copy, validation, range, seed, tasks, progress, checkpoint);
  }

  /**
   * This request with rows held out for choosing settings.
   *
   * @throws InvalidDataException if the greatest magnitude in a column is beyond 1e100, or below
   *     1e-100 and not 0
   */
  public FitRequest withValidation(Samples validation) {
    needSquares(validation);
    if (validation.columns() != rows.columns()) {
      throw new IllegalArgumentException(
          "need "
              + rows.columns()
              + " columns in the validation rows, got "
              + validation.columns());
    }
    return new FitRequest(rows, weights, validation, range, seed, tasks, progress, checkpoint);
  }

  /** This request for other levels. */
  public FitRequest withRange(NoiseRange range) {
    return new FitRequest(rows, weights, validation, range, seed, tasks, progress, checkpoint);
  }

  /** This request with another seed. */
  public FitRequest withSeed(long seed) {
    return new FitRequest(rows, weights, validation, range, seed, tasks, progress, checkpoint);
  }

  /** This request run elsewhere. */
  public FitRequest withTasks(Tasks tasks) {
    return new FitRequest(rows, weights, validation, range, seed, tasks, progress, checkpoint);
  }

  /** This request reporting elsewhere. */
  public FitRequest withProgress(Progress progress) {
    return new FitRequest(rows, weights, validation, range, seed, tasks, progress, checkpoint);
  }

  /** This request keeping the state of the fit in a folder, which is made when it is needed. */
  public FitRequest withCheckpoint(Path folder) {
    return new FitRequest(rows, weights, validation, range, seed, tasks, progress, folder);
  }
}
