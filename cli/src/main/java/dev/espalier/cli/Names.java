package dev.espalier.cli;

import dev.espalier.api.ScoreEstimator;
import dev.espalier.runtime.Expressions;
import dev.espalier.tables.Compression;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Names of files made from names of files. */
final class Names {

  private static final Pattern LIST = Pattern.compile("\\[[^\\]]{24,}\\]");
  private static final int MOST = 90;

  private Names() {}

  /** An estimator in a few words: edges and other long lists are left out. */
  static String of(ScoreEstimator estimator, Expressions expressions) {
    String brief = LIST.matcher(expressions.brief(estimator)).replaceAll("[…]");
    return brief.length() <= MOST ? brief : brief.substring(0, MOST - 1) + "…";
  }

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
