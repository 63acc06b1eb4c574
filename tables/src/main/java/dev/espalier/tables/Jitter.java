package dev.espalier.tables;

import dev.espalier.api.Streams;

/** Uniform numbers tied to a seed, a column, a lane within the column, and a row. */
final class Jitter {

  private final Streams[] lanes;

  private Jitter() {
    this.lanes = new Streams[0];
  }

  /** No jitter: every number is a half. */
  static Jitter none() {
    return new Jitter();
  }

  Jitter(long seed, String column, int width) {
    Streams streams = new Streams(new Streams(seed).seed("table column " + column, 0));
    this.lanes = new Streams[width];
    for (int lane = 0; lane < width; lane++) {
      lanes[lane] = new Streams(streams.seed("lane", lane));
    }
  }

  /** A number in the open interval from 0 to 1. */
  double at(int lane, long row) {
    return lanes.length == 0 ? 0.5 : ((lanes[lane].seed("", row) >>> 11) + 0.5) * 0x1p-53;
  }
}
