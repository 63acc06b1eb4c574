package dev.espalier.plugins.spark;

import dev.espalier.api.Tasks;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.Partition;

/**
 * Some consecutive pieces, run by one Spark task.
 *
 * <p>At the driver it knows the whole work. It is packed when its task is sent, and packs no more
 * than its own pieces need; so the driver never holds the parcels of all tasks.
 */
final class PieceRange implements Partition {
  private static final long serialVersionUID = 1;

  private final int index;
  private final transient Tasks.Piece<?> whole;
  private final int from;
  private final int to;
  private final boolean apart;

  /**
   * Pieces {@code from} to {@code to} (exclusive).
   *
   * @param apart whether each piece is sent by itself; else the executors have the whole already
   */
  PieceRange(int index, Tasks.Piece<?> whole, int from, int to, boolean apart) {
    this.index = index;
    this.whole = whole;
    this.from = from;
    this.to = to;
    this.apart = apart;
  }

  @Override
  public int index() {
    return index;
  }

  /** The first piece. */
  int from() {
    return from;
  }

  private Object writeReplace() {
    List<Parcel> parcels =
        apart
            ? IntStream.range(from, to).mapToObj(i -> Parcel.of(whole.only(i))).toList()
            : List.of();
    return new Sent(index, from, to, parcels);
  }

  /** What an executor gets: the parcels of pieces {@code from} on, or none if they share one. */
  record Sent(int index, int from, int to, List<Parcel> parcels)
      implements Partition, Serializable {}
}
