package dev.espalier.examples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a program prints. */
final class Output {
  private Output() {}

  /** Runs a program in this process and returns what it printed, with LF line ends. */
  static String of(Runnable program) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      program.run();
    } finally {
      System.setOut(before);
    }
    return unix(bytes.toString(StandardCharsets.UTF_8));
  }

  static String unix(String text) {
    return text.replace("\r\n", "\n");
  }
}
