package dev.espalier.api;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which rows to draw from which score, and how: seed, and where the work runs and reports.
 *
 * <p>Rows are named by index. Row {@code i} depends on the score, the seed and {@code i} alone, so
 * any subset in any order gives the same rows.
 */
public final class DrawRequest {
  private final Score score;
  private final Rows rows;
  private final long seed;
  private final Tasks tasks;
  private final Progress progress;
  private final @Nullable PathObserver observer;

  private DrawRequest(
      Score score,
      Rows rows,
      long seed,
      Tasks tasks,
      Progress progress,
      @Nullable PathObserver observer) {
    this.score = score;
    this.rows = rows;
    this.seed = seed;
    this.tasks = tasks;
    this.progress = progress;
    this.observer = observer;
  }

  /** A request for rows 0 to {@code count − 1}, with seed 0, in the calling thread, silently. */
  public static DrawRequest of(Score score, int count) {
    return new DrawRequest(score, Rows.range(0, count), 0, Tasks.here(), Progress.silent(), null);
  }

  /** The score to draw from. */
  public Score score() {
    return score;
  }

  /** The rows to draw. */
  public Rows rows() {
    return rows;
  }

  /** The seed of everything random in the draw. */
  public long seed() {
    return seed;
  }

  /** Where independent pieces run. */
  public Tasks tasks() {
    return tasks;
  }

  /** Where to report and to ask whether to go on. */
  public Progress progress() {
    return progress;
  }

  /** Who is shown the rows on their way, if anyone; samplers that take no steps show nothing. */
  public Optional<PathObserver> observer() {
    return Optional.ofNullable(observer);
  }

  /** This request for another score. */
  public DrawRequest withScore(Score score) {
    return new DrawRequest(score, rows, seed, tasks, progress, observer);
  }

  /** This request for other rows. */
  public DrawRequest withRows(Rows rows) {
    return new DrawRequest(score, rows, seed, tasks, progress, observer);
  }

  /** This request with another seed. */
  public DrawRequest withSeed(long seed) {
    return new DrawRequest(score, rows, seed, tasks, progress, observer);
  }

  /** This request run elsewhere. */
  public DrawRequest withTasks(Tasks tasks) {
    return new DrawRequest(score, rows, seed, tasks, progress, observer);
  }

  /** This request reporting elsewhere. */
  public DrawRequest withProgress(Progress progress) {
    return new DrawRequest(score, rows, seed, tasks, progress, observer);
  }

  /** This request with rows shown on their way, which changes no bit of them. */
  public DrawRequest withObserver(PathObserver observer) {
    return new DrawRequest(score, rows, seed, tasks, progress, observer);
  }

  /** The indices of rows to draw. */
  public static final class Rows implements Serializable {
    private static final long serialVersionUID = 1;

    private final long first;
    private final int count;
    private final long[] chosen;

    private Rows(long first, int count, long[] chosen) {
      this.first = first;
      this.count = count;
      this.chosen = chosen;
    }

    /** The rows from {@code first} on, {@code count} of them. */
    public static Rows range(long first, int count) {
      if (!(first >= 0 && count >= 0)) {
        throw new IllegalArgumentException(
            "need a first row >= 0 and a count >= 0, got " + first + " and " + count);
      }
      return new Rows(first, count, new long[0]);
    }

    /** The given rows, in the order given. */
    public static Rows of(long[] indices) {
      for (long index : indices) {
        if (index < 0) {
          throw new IllegalArgumentException("need row indices >= 0, got " + index);
        }
      }
      return new Rows(-1, indices.length, indices.clone());
    }

    /** How many rows. */
    public int count() {
      return count;
    }

    /** The index of the row at position {@code i}. */
    public long index(int i) {
      return first >= 0 ? first + i : chosen[i];
    }

    /** The rows at positions {@code from} to {@code to} (exclusive). */
    public Rows slice(int from, int to) {
      if (from < 0 || to < from || to > count) {
        throw new IndexOutOfBoundsException(
            "need 0 <= from <= to <= " + count + ", got " + from + " and " + to);
      }
      return first >= 0 ? range(first + from, to - from) : of(Arrays.copyOfRange(chosen, from, to));
    }
  }
}
