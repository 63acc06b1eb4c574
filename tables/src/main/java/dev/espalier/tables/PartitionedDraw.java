package dev.espalier.tables;

import dev.espalier.api.DrawRequest;
import java.io.Serializable;

/**
 * Rows to draw in so many partitions, consecutive and as even as can be.
 *
 * <p>Which partition a row is in changes no bit of it.
 *
 * @param first the index of the first row, at least 0
 * @param count how many rows, at least 0
 * @param seed of everything random in the draw
 * @param partitions how many, at least 1; may be empty where there are fewer rows
 */
public record PartitionedDraw(long first, long count, long seed, int partitions)
    implements Serializable {

  /** Checks the numbers. */
  public PartitionedDraw {
    if (!(first >= 0 && count >= 0 && first <= Long.MAX_VALUE - count)) {
      throw new IllegalArgumentException(
          "need a first row >= 0 and a count >= 0 within "
              + Long.MAX_VALUE
              + " rows, got "
              + first
              + " and "
              + count);
    }
    if (partitions < 1) {
      throw new IllegalArgumentException("need at least 1 partition, got " + partitions);
    }
  }

  /** How many rows partition {@code p} has. */
  public long size(int p) {
    return start(p + 1) - start(p);
  }

  /** The index of the first row of partition {@code p}. */
  public long firstOf(int p) {
    return first + start(p);
  }

  /** The rows of partition {@code p} from its row {@code from} on, at most {@code most}. */
  public DrawRequest.Rows rows(int p, long from, int most) {
    return DrawRequest.Rows.range(firstOf(p) + from, (int) Math.min(most, size(p) - from));
  }

  private long start(int p) {
    return count / partitions * p + Math.min(p, count % partitions);
  }
}
