package dev.espalier.plugins.spark;

import dev.espalier.api.CancelledException;
import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.jspecify.annotations.Nullable;
import scala.Function0;
import scala.Function1;
import scala.Function2;
import scala.collection.Iterator;
import scala.collection.immutable.Range$;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/** One call of {@link SparkTasks#map}: a Spark job, watched by the thread that called. */
final class Run<R> {

  /** Tasks for each slot of the cluster: so many that slots end nearly together. */
  private static final int TASKS_A_SLOT = 32;

  /** Bytes of parcels in one task, if it is not a single one: Spark's messages are bounded. */
  private static final int MOST_BYTES = 16 << 20;

  private static final String DESCRIPTION = "spark.job.description";

  private final SparkContext context;
  private final Tasks.Piece<R> piece;
  private final Progress progress;
  private final PieceRange[] ranges;
  private final boolean apart;
  private final Shares shares = new Shares();
  private final LinkedBlockingQueue<Object> news = new LinkedBlockingQueue<>();
  private final List<@Nullable Object> results;
  private final double[] done;
  private double sum;
  private int finished;
  private int failedAt = Integer.MAX_VALUE;
  private @Nullable Throwable failure;

  /** The outcomes of the pieces of one task. */
  private record Arrival(int range, byte[][] outcomes) {}

  Run(SparkContext context, int count, Tasks.Piece<R> piece, Progress progress) {
    this.context = context;
    this.piece = piece;
    this.progress = progress;
    this.results = new ArrayList<>(Collections.nCopies(count, null));
    this.done = new double[count];
    Tasks.Piece<R> first = piece.only(0);
    this.apart = first != piece;
    int most = apart ? Math.max(1, MOST_BYTES / Parcel.bytes(first).length) : Integer.MAX_VALUE;
    this.ranges = ranges(count, Math.min(most, even(count)));
  }

  /** Pieces a task so that every slot has enough tasks. */
  private int even(int count) {
    long tasks = (long) TASKS_A_SLOT * context.defaultParallelism();
    return (int) ((count + tasks - 1) / tasks);
  }

  private PieceRange[] ranges(int count, int length) {
    PieceRange[] all = new PieceRange[(count + length - 1) / length];
    for (int k = 0; k < all.length; k++) {
      int from = k * length;
      all[k] = new PieceRange(k, piece, from, Math.min(count, from + length), apart);
    }
    return all;
  }

  /** Runs the job and returns the results in order. */
  List<R> results() {
    Broadcast<Parcel> shared = apart ? null : broadcast(Parcel.of(piece));
    context.register(shares);
    SparkListener listener = new Listener();
    context.addSparkListener(listener);
    String described = context.getLocalProperty(DESCRIPTION);
    context.setLocalProperty(DESCRIPTION, "espalier: " + done.length + " pieces");
    try {
      watch(submit(new PieceRdd(context, ranges, shared, shares, progress.enough())));
    } finally {
      context.setLocalProperty(DESCRIPTION, described);
      context.removeSparkListener(listener);
      if (shared != null) {
        shared.destroy();
      }
    }
    if (failure != null) {
      throw rethrown(failure);
    }
    return ordered();
  }

  private Broadcast<Parcel> broadcast(Parcel parcel) {
    return context.broadcast(parcel, ClassTag$.MODULE$.apply(Parcel.class));
  }

  /** A function that travels to executors. */
  private interface Collected extends Function1<Iterator<byte[]>, byte[][]>, Serializable {}

  private SimpleFutureAction<BoxedUnit> submit(PieceRdd rdd) {
    Collected collected =
        outcomes -> CollectionConverters.asJava(outcomes.toSeq()).toArray(new byte[0][]);
    Function2<Object, byte[][], BoxedUnit> arrived =
        (range, outcomes) -> {
          news.add(new Arrival((int) range, outcomes));
          return BoxedUnit.UNIT;
        };
    Function0<BoxedUnit> end = () -> BoxedUnit.UNIT;
    return context.submitJob(rdd, collected, Range$.MODULE$.apply(0, ranges.length), arrived, end);
  }

  /** Takes what arrives until all is there, something fails, or the progress is cancelled. */
  private void watch(SimpleFutureAction<BoxedUnit> job) {
    try {
      while (finished < done.length && failure == null) {
        if (progress.cancelled()) {
          throw new CancelledException("cancelled");
        }
        boolean ended = job.isCompleted();
        Object next = news.poll(100, TimeUnit.MILLISECONDS);
        if (next instanceof Arrival arrival) {
          take(arrival);
        } else if (next instanceof Shares.Share share) {
          advance(share);
        } else if (ended) {
          throw givenUp(job);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException("interrupted");
    } finally {
      if (finished < done.length) {
        job.cancel();
      }
    }
  }

  private void take(Arrival arrival) {
    int from = ranges[arrival.range()].from();
    for (int k = 0; k < arrival.outcomes().length; k++) {
      Outcome outcome = (Outcome) Parcel.from(arrival.outcomes()[k]);
      int index = from + k;
      if (outcome.failure() != null && index < failedAt) {
        failedAt = index;
        failure = outcome.failure();
      }
      results.set(index, outcome.result());
      finished++;
      advance(new Shares.Share(index, "", 1));
    }
  }

  /** The whole's progress is the mean of the pieces' shares. */
  private void advance(Shares.Share share) {
    double before = done[share.index()];
    if (share.done() > before) {
      done[share.index()] = share.done();
      sum += share.done() - before;
      String stage = share.stage().isEmpty() ? finished + " of " + done.length : share.stage();
      progress.report(stage, Math.min(1, sum / done.length));
    }
  }

  private static RuntimeException givenUp(SimpleFutureAction<BoxedUnit> job)
      throws InterruptedException {
    try {
      job.get();
    } catch (Exception e) {
      return new IllegalStateException("Spark gave the work up: " + e.getMessage(), e);
    }
    return new IllegalStateException("Spark says that all is done, but results are missing");
  }

  @SuppressWarnings("unchecked")
  private List<R> ordered() {
    return (List<R>) new ArrayList<>(results);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException rethrown(Throwable failure) throws T {
    throw (T) failure;
  }

  /** Passes on what the pieces say in the executors' heartbeats. */
  private final class Listener extends SparkListener {
    @Override
    public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
      CollectionConverters.asJava(update.accumUpdates())
          .forEach(task -> CollectionConverters.asJava(task._4()).forEach(this::tell));
    }

    private void tell(AccumulableInfo info) {
      if (info.id() == shares.id() && info.update().isDefined()) {
        news.add((Shares.Share) info.update().get());
      }
    }
  }
}
