package dev.espalier.plugins.spark;

import java.io.Serializable;
import org.apache.spark.util.AccumulatorV2;
import org.jspecify.annotations.Nullable;

/** What the piece that a task is at has last reported; travels with the executors' heartbeats. */
final class Shares extends AccumulatorV2<Shares.Share, Shares.@Nullable Share> {
  private static final long serialVersionUID = 1;

  /** Null for nothing: so it is while this is unpacked, when a heartbeat may ask already. */
  private volatile @Nullable Share last;

  /** The share done of a piece. */
  record Share(int index, String stage, double done) implements Serializable {}

  @Override
  public boolean isZero() {
    return last == null;
  }

  @Override
  public Shares copy() {
    Shares copy = new Shares();
    copy.last = last;
    return copy;
  }

  @Override
  public void reset() {
    last = null;
  }

  @Override
  public void add(Share share) {
    last = share;
  }

  @Override
  public void merge(AccumulatorV2<Share, @Nullable Share> other) {
    if (!other.isZero()) {
      last = other.value();
    }
  }

  @Override
  public @Nullable Share value() {
    return last;
  }
}
