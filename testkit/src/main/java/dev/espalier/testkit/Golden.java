package dev.espalier.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.opentest4j.AssertionFailedError;

/**
 * Compares text with the files in {@code src/test/resources/golden} of the module under test.
 *
 * <p>{@code -Dgolden.update=true} rewrites the files instead; where the environment says {@code
 * CI=true} that is refused.
 */
public final class Golden {

  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?");

  private Golden() {}

  /** Fails unless {@code actual} is the text of the golden file, line ends aside. */
  public static void matches(String file, String actual) {
    compare(file, read(file, actual), actual);
  }

  static void compare(String file, String expected, String actual) {
    if (!expected.equals(unix(actual))) {
      throw differs(file, expected, actual);
    }
  }

  /**
   * Fails unless {@code actual} is the text of the golden file, with every number within {@code
   * tolerance}, relative to the greater of 1 and its size.
   */
  public static void matchesWithin(double tolerance, String file, String actual) {
    compareWithin(tolerance, file, read(file, actual), actual);
  }

  static void compareWithin(double tolerance, String file, String expected, String actual) {
    Matcher wanted = NUMBER.matcher(expected);
    Matcher got = NUMBER.matcher(unix(actual));
    if (!wanted.replaceAll("#").equals(got.replaceAll("#"))) {
      throw differs(file, expected, actual);
    }
    wanted.reset();
    got.reset();
    while (wanted.find() && got.find()) {
      double w = Double.parseDouble(wanted.group());
      double g = Double.parseDouble(got.group());
      if (!(Math.abs(w - g) <= tolerance * Math.max(1, Math.abs(w)))) {
        throw differs(file, expected, actual);
      }
    }
  }

  private static String read(String file, String actual) {
    return read(
        Path.of(System.getProperty("basedir", ""), "src", "test", "resources", "golden", file),
        actual,
        Boolean.getBoolean("golden.update"),
        "true".equals(System.getenv("CI")));
  }

  static String read(Path path, String actual, boolean update, boolean ci) {
    try {
      if (update) {
        if (ci) {
          throw new AssertionFailedError("golden files are not rewritten where CI=true");
        }
        Files.createDirectories(path.toAbsolutePath().getParent());
        Files.writeString(path, unix(actual), StandardCharsets.UTF_8);
      }
      if (!Files.exists(path)) {
        throw new AssertionFailedError(
            "there is no golden file " + path + "; write it with -Dgolden.update=true", "", actual);
      }
      return unix(Files.readString(path, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String unix(String text) {
    return text.replace("\r\n", "\n");
  }

  private static AssertionFailedError differs(String file, String expected, String actual) {
    return new AssertionFailedError(
        "the text differs from golden/"
            + file
            + "; if that is meant, run with -Dgolden.update=true",
        expected,
        unix(actual));
  }
}
