package dev.espalier.tables;

import dev.espalier.api.Streams;
import java.util.Arrays;

/** Uniform numbers tied to a seed, a column, a lane within the column, and a row. */
final class Jitter {

  private final Streams[] lanes;

  private Jitter(Streams[] lanes) {
    this.lanes = lanes;
  }

  /** No jitter: every number is a half. */
  static Jitter none() {
    return new Jitter(new Streams[0]);
  }

  Jitter(long seed, String column, int width) {
    Streams streams = new Streams(new Streams(seed).seed("table column " + column, 0));
    this.lanes = new Streams[width];
    for (int lane = 0; lane < width; lane++) {
      lanes[lane] = new Streams(streams.seed("lane", lane));
    }
  }

  /** The lanes from one on. */
  Jitter from(int lane) {
    return lanes.length == 0 ? this : new Jitter(Arrays.copyOfRange(lanes, lane, lanes.length));
  }

  /** A number in the open interval from 0 to 1. */
  double at(int lane, long row) {
    return lanes.length == 0 ? 0.5 : ((lanes[lane].seed("", row) >>> 11) + 0.5) * 0x1p-53;
  }
}
