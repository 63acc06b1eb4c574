package dev.espalier.cli;

import dev.espalier.api.InvalidDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder beside a model file in which a long fit keeps its state until the model is written.
 *
 * <p>A file in it says which fit it belongs to, so that no other goes on from there.
 */
final class FitState {
  private static final String FIT = "fit.txt";

  private final Path folder;

  private FitState(Path folder) {
    this.folder = folder;
  }

  /** Beside the file that the model will be. */
  static FitState beside(Path model) {
    return new FitState(model.resolveSibling(model.getFileName() + ".state"));
  }

  Path folder() {
    return folder;
  }

  /**
   * Makes the folder for a new fit, or looks at that of one that was stopped.
   *
   * @param fit lines that say which fit this is
   * @param resume whether to go on from a state that was kept
   * @throws IllegalArgumentException if there is a state without {@code resume}, there is none with
   *     it, or it is of another fit
   */
  void begin(List<String> fit, boolean resume) {
    boolean kept = kept();
    if (kept && !resume) {
      throw new IllegalArgumentException(
          "'"
              + folder
              + "' holds the state of a fit that was stopped; go on from there with --resume, make"
              + " the model of the best so far with --settle, or delete the folder to start again");
    }
    if (!Files.exists(folder) && resume) {
      throw new IllegalArgumentException(
          "need a fit that was stopped to go on with, got no state in '"
              + folder
              + "'; leave out --resume or --settle, or give the same --out");
    }
    try {
      Path words = folder.resolve(FIT);
      if (resume && Files.exists(words) && !Files.readAllLines(words).equals(fit)) {
        throw new IllegalArgumentException(
            "need the fit whose state is in '"
                + folder
                + "', "
                + Files.readAllLines(words)
                + ", got "
                + fit
                + "; give the same arguments, or another --out");
      }
      Files.createDirectories(folder);
      Files.write(words, fit);
    } catch (IOException e) {
      throw new InvalidDataException(
          "cannot keep the state of the fit in '"
              + folder
              + "': "
              + e
              + "; make room and allow writing there, or give another --out",
          e);
    }
  }

  /** Whether a fit that was stopped has left something to go on from. */
  boolean kept() {
    return files().stream().anyMatch(file -> file.toString().endsWith(".state"));
  }

  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new InvalidDataException("cannot read '" + folder + "': " + e, e);
    }
  }

  /** Removes the folder with what fits put into it; other files stay, and the folder with them. */
  void remove() {
    try {
      for (Path file : files()) {
        String name = file.getFileName().toString();
        if (name.equals(FIT) || name.endsWith(".state") || name.endsWith(".state.new")) {
          Files.delete(file);
        }
      }
      if (files().isEmpty()) {
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new InvalidDataException("cannot remove '" + folder + "': " + e, e);
    }
  }
}
