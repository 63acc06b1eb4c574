package dev.espalier.cli;

import dev.espalier.api.InvalidDataException;
import dev.espalier.runtime.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Looks at the files that a command will write, before it works for them. */
final class Outputs {
  private Outputs() {}

  /**
   * Fails if a file to write cannot be written, is one to read, or is written twice.
   *
   * @param read the files that the command reads
   * @param written the files that it will write
   */
  static void check(List<Path> read, List<Path> written) {
    for (int k = 0; k < written.size(); k++) {
      Path target = written.get(k);
      for (Path source : read) {
        if (same(source, target)) {
          throw new IllegalArgumentException(
              "need another file to write than '"
                  + source
                  + "', which is read; give another name with --out");
        }
      }
      for (Path other : written.subList(0, k)) {
        if (same(other, target)) {
          throw new IllegalArgumentException(
              "need different files for rows and model, got '"
                  + target
                  + "' for both; give --out another ending");
        }
      }
      OutputFile.check(target);
    }
  }

  private static boolean same(Path one, Path other) {
    try {
      return Files.exists(one) && Files.exists(other)
          ? Files.isSameFile(one, other)
          : one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    } catch (IOException e) {
      throw new InvalidDataException(
          "cannot read '" + one + "' or '" + other + "': " + e.getMessage(), e);
    }
  }
}
