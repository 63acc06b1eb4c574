package dev.espalier.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Standard output that fails where nobody takes what is written, which {@code System.out} hides.
 */
final class StandardOutput extends OutputStream {

  /** What is said when standard output took less than was written. */
  static final String LOST =
      "cannot write all to standard output: its reader has gone, or the disk is full";

  private final PrintStream out;

  StandardOutput(PrintStream out) {
    this.out = out;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    out.write(bytes, from, count);
    if (out.checkError()) {
      throw new IOException(LOST);
    }
  }
}
