package dev.espalier.api;

import java.io.Serializable;
import java.util.List;

/**
 * Where independent pieces of work run: in the caller's thread, in a pool, on a cluster.
 *
 * <p>Pieces share nothing: each returns its result, and results come back in the order of the
 * pieces, so where and when a piece runs changes no bit. A call made inside a piece runs in place.
 */
public interface Tasks {

  /**
   * Runs {@code count} pieces and returns their results in order.
   *
   * <p>If pieces fail, the failure of the first of them by index is thrown and no piece is left
   * running.
   *
   * @throws CancelledException if {@code progress} was cancelled
   */
  <R> List<R> map(int count, Piece<R> piece, Progress progress);

  /**
   * Tasks close to the caller, for pieces too short to be worth sending: a step of an iteration, or
   * one pass over rows that would all have to travel. Changes no bit.
   *
   * <p>These tasks themselves, unless they run pieces on other machines.
   */
  default Tasks near() {
    return this;
  }

  /** One independent piece of work; what it captures is serializable, and so is its result. */
  @FunctionalInterface
  interface Piece<R> extends Serializable {

    /**
     * Runs piece {@code index}.
     *
     * @param progress where a long piece reports its own share, from 0 to 1, and asks whether to go
     *     on
     */
    R run(int index, Progress progress);

    /**
     * What is sent to where piece {@code index} runs: a piece that returns the same for this index
     * and holds no more than that takes. This piece itself, unless it can be less.
     */
    default Piece<R> only(int index) {
      return this;
    }
  }

  /** Runs every piece in the calling thread. */
  static Tasks here() {
    return new ThreadTasks(1);
  }

  /**
   * Runs pieces in the calling thread and up to {@code threads − 1} others, which end when idle.
   *
   * @param threads at least 1
   */
  static Tasks threads(int threads) {
    return new ThreadTasks(threads);
  }
}
