package dev.espalier.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a draw depends on, and how it is cut up. */
final class DrawOptions {

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "The seed of everything random; ${DEFAULT-VALUE} unless given.")
  private long seed;

  @Mixin private BlockOptions blocks;

  long seed() {
    return seed;
  }

  int block() {
    return blocks.block();
  }

  /** A number of rows, checked. */
  int checked(int rows) {
    if (rows < 0) {
      throw new IllegalArgumentException("need --rows >= 0, got " + rows);
    }
    return rows;
  }
}
