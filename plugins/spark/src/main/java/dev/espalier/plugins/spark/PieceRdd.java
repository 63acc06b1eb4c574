package dev.espalier.plugins.spark;

import dev.espalier.api.CancelledException;
import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.List$;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** The outcomes of pieces, packed, each computed by running its piece. */
final class PieceRdd extends RDD<byte[]> {
  private static final long serialVersionUID = 1;

  private final transient Partition[] ranges;
  private final @Nullable Broadcast<Parcel> shared;
  private final Shares shares;
  private final boolean enough;

  /**
   * Pieces to run.
   *
   * @param shared the whole work, where it is not sent piece by piece
   * @param shares where pieces report
   * @param enough what pieces that ask are told
   */
  PieceRdd(
      SparkContext context,
      PieceRange[] ranges,
      @Nullable Broadcast<Parcel> shared,
      Shares shares,
      boolean enough) {
    super(context, List$.MODULE$.empty(), ClassTag$.MODULE$.apply(byte[].class));
    this.ranges = ranges.clone();
    this.shared = shared;
    this.shares = shares;
    this.enough = enough;
  }

  @Override
  public Partition[] getPartitions() {
    return ranges.clone();
  }

  @Override
  public scala.collection.Iterator<byte[]> compute(Partition split, TaskContext context) {
    PieceRange.Sent sent = (PieceRange.Sent) split;
    Iterator<byte[]> outcomes =
        IntStream.range(sent.from(), sent.to())
            .mapToObj(index -> outcome(sent, index, context))
            .iterator();
    return CollectionConverters.asScala(outcomes);
  }

  private byte[] outcome(PieceRange.Sent sent, int index, TaskContext context) {
    Parcel parcel = shared == null ? sent.parcels().get(index - sent.from()) : shared.value();
    Tasks.Piece<?> piece = (Tasks.Piece<?>) parcel.open();
    Progress progress = new Reporting(index, context, shares, enough);
    try {
      progress.check();
      return Outcome.of(piece.run(index, progress));
    } catch (CancelledException e) {
      if (context.isInterrupted()) {
        throw new TaskKilledException("cancelled");
      }
      return Outcome.of(e);
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      return Outcome.of(e);
    }
  }

  /** What a piece on an executor reports to. */
  private record Reporting(int index, TaskContext context, Shares shares, boolean enough)
      implements Progress {
    @Override
    public void report(String stage, double done) {
      shares.add(new Shares.Share(index, stage, done));
    }

    @Override
    public boolean cancelled() {
      return context.isInterrupted();
    }
  }
}
