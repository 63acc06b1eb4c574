package dev.espalier.cli;

import dev.espalier.api.InvalidDataException;
import dev.espalier.tables.Reading;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files that can be read more than once, standard input ({@code -}) being copied for it. */
final class Rereadable implements AutoCloseable {

  private static final Path INPUT = Path.of("-");

  private final @Nullable Path copy;

  /**
   * Copies standard input if it is among the paths.
   *
   * @throws IllegalArgumentException if it is there twice
   */
  Rereadable(List<Path> paths) {
    long inputs = paths.stream().filter(INPUT::equals).count();
    if (inputs > 1) {
      throw new IllegalArgumentException(
          "need standard input for one table, got '-' for " + inputs);
    }
    try {
      copy = inputs == 0 ? null : Files.createTempFile("espalier-", ".in");
      if (copy != null) {
        Files.copy(System.in, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  Table read(Path path, Reading how) {
    if (copy == null || !path.equals(INPUT)) {
      return TableFiles.read(path, how);
    }
    try (InputStream in = Files.newInputStream(copy)) {
      return TableFiles.read("standard input", in, how);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static InvalidDataException unreadable(IOException e) {
    return new InvalidDataException("cannot read standard input: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      if (copy != null) {
        Files.delete(copy);
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }
}
