package dev.espalier.api;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Pieces on the calling thread and helpers; a call made by a helper or inside a piece stays put.
 */
final class ThreadTasks implements Tasks {

  private static final ThreadLocal<Boolean> INSIDE = ThreadLocal.withInitial(() -> false);

  private final int threads;
  private final ThreadPoolExecutor helpers;

  ThreadTasks(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("need at least 1 thread, got " + threads);
    }
    this.threads = threads;
    this.helpers =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            1,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> {
              Thread thread = new Thread(work, "espalier-tasks");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public <R> List<R> map(int count, Piece<R> piece, Progress progress) {
    Run<R> run = new Run<>(count, piece, progress);
    int wanted = INSIDE.get() ? 0 : Math.min(threads, count) - 1;
    for (int i = 0; i < wanted; i++) {
      helpers.execute(run);
    }
    run.help();
    run.awaitAll();
    return run.results();
  }

  /** One call: a counter that hands out pieces, and a slot for each outcome. */
  private static final class Run<R> implements Runnable {
    private final int count;
    private final Piece<R> piece;
    private final Progress progress;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReferenceArray<Object> results;
    private final AtomicReferenceArray<Throwable> failures;
    private final double[] shares;
    private int finished;
    private boolean failed;

    Run(int count, Piece<R> piece, Progress progress) {
      this.count = count;
      this.piece = piece;
      this.progress = progress;
      this.results = new AtomicReferenceArray<>(count);
      this.failures = new AtomicReferenceArray<>(count);
      this.shares = new double[count];
    }

    @Override
    public void run() {
      help();
    }

    void help() {
      boolean before = INSIDE.get();
      INSIDE.set(true);
      try {
        for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
          runPiece(i);
        }
      } finally {
        INSIDE.set(before);
      }
    }

    private void runPiece(int index) {
      boolean failedHere = false;
      try {
        if (!stopped()) {
          progress.check();
          results.set(index, piece.run(index, share(index)));
        }
      } catch (Throwable failure) {
        failures.set(index, failure);
        failedHere = true;
      } finally {
        finish(failedHere);
      }
    }

    private synchronized boolean stopped() {
      return failed;
    }

    private synchronized void finish(boolean failedHere) {
      failed |= failedHere;
      finished++;
      if (finished == count) {
        notifyAll();
      }
    }

    /** The whole's progress is the mean of the pieces' shares. */
    private Progress share(int index) {
      return new Progress() {
        @Override
        public void report(String stage, double done) {
          double sum = 0;
          synchronized (shares) {
            shares[index] = done;
            for (double each : shares) {
              sum += each;
            }
          }
          progress.report(stage, sum / count);
        }

        @Override
        public void measured(String curve, double at, double value) {
          progress.measured(curve, at, value);
        }

        @Override
        public boolean cancelled() {
          return progress.cancelled() || stopped();
        }

        @Override
        public boolean enough() {
          return progress.enough();
        }
      };
    }

    synchronized void awaitAll() {
      boolean interrupted = false;
      while (finished < count) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
          failed = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
        throw new CancelledException("interrupted");
      }
    }

    @SuppressWarnings("unchecked")
    List<R> results() {
      Throwable cancelled = null;
      for (int i = 0; i < count; i++) {
        Throwable failure = failures.get(i);
        if (failure instanceof CancelledException) {
          cancelled = cancelled == null ? failure : cancelled;
        } else if (failure != null) {
          throw rethrown(failure);
        }
      }
      if (cancelled != null) {
        throw rethrown(cancelled);
      }
      List<R> ordered = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        ordered.add((R) results.get(i));
      }
      return ordered;
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException rethrown(Throwable failure) throws T {
      throw (T) failure;
    }
  }
}
