package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What stands on the command's class path: how much it is, and whose. */
class LibrariesTest {

  /** What the command does without where Parquet, Spark and native code are not wanted. */
  private static final String OPTIONAL =
      ".*/(parquet-|hadoop-|zstd-jni|snappy|aircompressor|commons-pool|jts-|javax\\.annotation"
          + "|spark|xgboost|openblas|javacpp|blas-|duckdb).*";

  /** All that is no test's. */
  private static List<Path> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(path -> !path.matches(".*(test-classes|junit|opentest4j|apiguardian|surefire).*"))
        .map(Path::of)
        .filter(Files::exists)
        .toList();
  }

  private static long size(Path path) {
    try (Stream<Path> files = Files.walk(path)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theJarsNeedLessThan40Megabytes() {
    List<Path> needed =
        classPath().stream()
            .filter(path -> !path.toString().replace('\\', '/').matches(OPTIONAL))
            .toList();
    assertTrue(needed.size() > 20, "need the jars on the class path, got " + needed);
    long bytes = needed.stream().mapToLong(LibrariesTest::size).sum();
    assertTrue(bytes < 40_000_000, "need less than 40 MB without optional jars, got " + bytes);
  }

  @Test
  void everyLicenceIsInTheNotice() throws IOException {
    String notice = Files.readString(Path.of("../NOTICE"));
    List<String> unnamed =
        classPath().stream()
            .map(path -> path.toString().replace('\\', '/'))
            .filter(path -> path.matches(".*[.]jar") && !path.matches(".*/espalier-[^/]*"))
            .filter(path -> notice.lines().noneMatch(line -> isOf(line.strip(), path)))
            .toList();
    assertEquals(List.of(), unnamed, "need the group of each in NOTICE, with its licence");
  }

  /** Whether a line of the notice begins with the group whose folder a jar lies in. */
  private static boolean isOf(String line, String path) {
    String group = line.split(" ", 2)[0];
    return !group.isEmpty() && path.contains("/" + group.replace('.', '/') + "/");
  }
}
