package dev.espalier.cli;

import picocli.CommandLine.Option;

/** What a draw depends on, and how it is cut up. */
final class DrawOptions {

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "The seed of everything random; ${DEFAULT-VALUE} unless given.")
  private long seed;

  @Option(
      names = "--block",
      paramLabel = "N",
      defaultValue = "4096",
      description = "Rows drawn and written at a time; never changes a result.")
  private int block;

  long seed() {
    return seed;
  }

  int block() {
    if (block < 1) {
      throw new IllegalArgumentException("need --block >= 1, got " + block);
    }
    return block;
  }

  /** A number of rows, checked. */
  int checked(int rows) {
    if (rows < 0) {
      throw new IllegalArgumentException("need --rows >= 0, got " + rows);
    }
    return rows;
  }
}
