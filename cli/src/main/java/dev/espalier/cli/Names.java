package dev.espalier.cli;

import dev.espalier.tables.Compression;
import java.nio.file.Path;

/** Names of files made from names of files. */
final class Names {
  private Names() {}

  /** In the current directory: the file's name with another ending. */
  static Path beside(Path file, String ending) {
    return Path.of(stem(file) + ending);
  }

  /** In the file's directory: its name with another ending. */
  static Path replaced(Path file, String ending) {
    return file.resolveSibling(stem(file) + ending);
  }

  private static String stem(Path file) {
    if (file.toString().equals("-")) {
      throw new IllegalArgumentException("need --out where standard input is read");
    }
    String name = Compression.stripped(file.getFileName().toString());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
