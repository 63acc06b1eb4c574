package dev.espalier.cli;

import picocli.CommandLine.Option;

/** How a draw is cut up. */
final class BlockOptions {

  @Option(
      names = "--block",
      paramLabel = "N",
      defaultValue = "4096",
      description = "Rows drawn and written at a time; never changes a result.")
  private int block;

  int block() {
    if (block < 1) {
      throw new IllegalArgumentException("need --block >= 1, got " + block);
    }
    return block;
  }
}
