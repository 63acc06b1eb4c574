package dev.espalier.cli;

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
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
