package dev.espalier.cli;

import dev.espalier.api.InvalidDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder beside a model file in which a long fit keeps its state until the model is written.
 *
 * <p>A file in it says which fit it belongs to, so that no other goes on from there, and one
 * process at a time has it.
 */
final class FitState implements AutoCloseable {
  private static final String FIT = "fit.txt";

  private final Path folder;
  private @Nullable Hold hold;

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
   *     it, it is of another fit, or another process has it
   */
  void begin(List<String> fit, boolean resume) {
    if (!Files.exists(folder) && resume) {
      throw new IllegalArgumentException(
          "need a fit that was stopped to go on with, got no state in '"
              + folder
              + "'; leave out --resume or --settle, or give the same --out");
    }
    hold();
    if (kept() && !resume) {
      throw new IllegalArgumentException(
          "'"
              + folder
              + "' holds the state of a fit that was stopped; go on from there with --resume, make"
              + " the model of the best so far with --settle, or delete the folder to start again");
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
      Files.write(words, fit);
    } catch (IOException e) {
      throw cannotKeep(e);
    }
  }

  private void hold() {
    try {
      Optional<Hold> claimed = Hold.of(folder);
      if (claimed.isEmpty()) {
        String owner = Hold.owner(folder).map(pid -> "process " + pid).orElse("another process");
        throw new IllegalArgumentException(
            "need an --out that no other fit is at work on, got one whose state in '"
                + folder
                + "' "
                + owner
                + " keeps; wait for its end or stop it, or give another --out");
      }
      hold = claimed.get();
    } catch (IOException e) {
      throw cannotKeep(e);
    }
  }

  private InvalidDataException cannotKeep(IOException e) {
    return new InvalidDataException(
        "cannot keep the state of the fit in '"
            + folder
            + "': "
            + e
            + "; make room and allow writing there, or give another --out",
        e);
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

  /** Removes what fits put into the folder; other files stay. */
  void remove() {
    try {
      for (Path file : files()) {
        String name = file.getFileName().toString();
        if (name.equals(FIT) || name.endsWith(".state") || name.endsWith(".state.new")) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new InvalidDataException("cannot remove '" + folder + "': " + e, e);
    }
  }

  /** Lets other processes have the folder, and removes it if nothing is in it. */
  @Override
  public void close() {
    Hold held = hold;
    hold = null;
    try {
      if (held != null) {
        held.close();
      }
    } catch (IOException e) {
      throw new InvalidDataException("cannot remove '" + folder + "': " + e, e);
    }
  }
}
