package dev.espalier.plugins.spark;

import java.io.Serializable;
import org.apache.spark.util.AccumulatorV2;

/** What the piece that a task is at has last reported; travels with the executors' heartbeats. */
final class Shares extends AccumulatorV2<Shares.Share, Shares.Share> {
  private static final long serialVersionUID = 1;

  private static final Share NOTHING = new Share(-1, "", 0);

  private volatile Share last = NOTHING;

  /** The share done of a piece. */
  record Share(int index, String stage, double done) implements Serializable {}

  @Override
  public boolean isZero() {
    return last.index() < 0;
  }

  @Override
  public Shares copy() {
    Shares copy = new Shares();
    copy.last = last;
    return copy;
  }

  @Override
  public void reset() {
    last = NOTHING;
  }

  @Override
  public void add(Share share) {
    last = share;
  }

  @Override
  public void merge(AccumulatorV2<Share, Share> other) {
    if (!other.isZero()) {
      last = other.value();
    }
  }

  @Override
  public Share value() {
    return last;
  }
}
