package dev.espalier.plugins.spark;

import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Pieces of work as tasks of a Spark cluster.
 *
 * <p>A piece is sent with what {@link Tasks.Piece#only} leaves of it; what all pieces share is sent
 * to every executor once. Pieces that take long are run anew where their executor is lost, others
 * are not. What fails by itself is not tried again. Pieces report as often as executors tell the
 * driver that they live ({@code spark.executor.heartbeatInterval}); those that run when another
 * fails, or when the progress is cancelled, end at their next check. An answer to {@link
 * Progress#enough} is the one of when the call began.
 *
 * <p>Safe for concurrent use. The session stays the caller's to stop.
 */
public final class SparkTasks implements Tasks {

  private final SparkContext context;
  private final Tasks near = Tasks.threads(Runtime.getRuntime().availableProcessors());

  private SparkTasks(SparkContext context) {
    this.context = context;
  }

  /** Tasks on the executors of a session. */
  public static SparkTasks on(SparkSession session) {
    return new SparkTasks(session.sparkContext());
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if Spark gives the work up, such as for want of executors
   * @throws IllegalArgumentException if a piece or a result cannot be serialized
   */
  @Override
  public <R> List<R> map(int count, Piece<R> piece, Progress progress) {
    progress.check();
    return count == 0 ? List.of() : new Run<>(context, count, piece, progress).results();
  }

  /** Threads of the driver, one for each processor. */
  @Override
  public Tasks near() {
    return near;
  }
}
