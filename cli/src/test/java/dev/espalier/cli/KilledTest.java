package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Streams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands killed at random moments: what is there under the names of their outputs is whole, and
 * the same as without a kill.
 *
 * <p>Each is killed 3 times; {@code -Dkills=100} says how often else.
 */
@DisabledOnOs(OS.WINDOWS)
@Tag("long")
class KilledTest {

  private static final int KILLS = Integer.getInteger("kills", 3);

  /** Some seconds of work. */
  private static final String NETWORK =
      "network(hidden=[64,64], steps=800, batch=128, patience=1000)";

  @TempDir private Path folder;

  private final RandomGenerator random = new Streams(1).stream("kills", 0);

  /**
   * Runs the command to its end, moves what it wrote to another folder, since reports tell of their
   * places, and returns what it took, in milliseconds.
   */
  private long whole(Path[] folders, Object... arguments) throws Exception {
    long took = undisturbed(arguments);
    for (Path file : files(folders[1])) {
      Files.move(file, folders[0].resolve(file.getFileName()));
    }
    return took;
  }

  private long undisturbed(Object... arguments) throws Exception {
    long start = System.nanoTime();
    Path said = folder.resolve("said.txt");
    assertEquals(0, Forked.start(said, arguments).waitFor(), Files.readString(said));
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  /** Starts the command and kills it somewhere in its time, unless it ends before. */
  private void killed(long longest, Object... arguments) throws Exception {
    Process process = Forked.start(folder.resolve("said.txt"), arguments);
    if (!process.waitFor(random.nextLong(longest), TimeUnit.MILLISECONDS)) {
      Forked.kill(process);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Checks every file that has the name of an output, and returns how many there are. */
  private static int requireWhole(Path whole, Path found) throws IOException {
    int count = 0;
    for (Path file : files(whole)) {
      Path same = found.resolve(file.getFileName());
      if (Files.exists(same)) {
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(same), same.toString());
        count++;
      }
    }
    return count;
  }

  /** A folder in which the command is killed, beside one in which it never was. */
  private Path[] folders() throws IOException {
    return new Path[] {
      Files.createDirectory(folder.resolve("whole")), Files.createDirectory(folder.resolve("found"))
    };
  }

  @Test
  void aFitThatIsKilledAgainAndAgainEndsWithTheSameModel() throws Exception {
    Path[] folders = folders();
    List<Object> fit =
        List.of(
            "fit",
            "../examples/data/digits_8x8.csv",
            "--estimator",
            NETWORK,
            "--threads",
            1,
            "--out");
    Path model = folders[1].resolve("model.esp");
    long longest = whole(folders, with(fit, model));
    Path state = folders[1].resolve("model.esp.state");
    for (int k = 0; k < KILLS; k++) {
      killed(longest, resumed(with(fit, model), state));
      requireWhole(folders[0], folders[1]);
      Files.deleteIfExists(model);
    }
    undisturbed(resumed(with(fit, model), state));
    assertEquals(1, requireWhole(folders[0], folders[1]));
    assertTrue(Files.notExists(state));
  }

  private static Object[] with(List<Object> words, Path out) {
    List<Object> all = new ArrayList<>(words);
    all.add(out);
    return all.toArray();
  }

  private static Object[] resumed(Object[] words, Path state) {
    List<Object> all = new ArrayList<>(List.of(words));
    if (Files.exists(state)) {
      all.add("--resume");
    }
    return all.toArray();
  }

  @Test
  void rowsThatWereBeingDrawnAreWholeOrNotThere() throws Exception {
    Path model = folder.resolve("model.esp");
    assertEquals(
        0, Command.run("fit", Command.PENGUINS, "--estimator", "gmm(2)", "--out", model).code());
    Path[] folders = folders();
    List<Object> sample = List.of("sample", model, "--rows", 60_000, "--out");
    long longest = whole(folders, with(sample, folders[1].resolve("rows.csv")));
    for (int k = 0; k < KILLS; k++) {
      killed(longest, with(sample, folders[1].resolve("rows.csv")));
      requireWhole(folders[0], folders[1]);
      Files.deleteIfExists(folders[1].resolve("rows.csv"));
    }
    undisturbed(with(sample, folders[1].resolve("rows.csv")));
    assertEquals(2, requireWhole(folders[0], folders[1]));
  }

  @Test
  void aTableThatWasBeingSynthesizedIsWholeOrNotThere() throws Exception {
    Path[] folders = folders();
    List<Object> synthesize =
        List.of("synthesize", Command.PENGUINS, "--estimator", "gmm(2)", "--rows", 2_000, "--out");
    long longest = whole(folders, with(synthesize, folders[1].resolve("rows.csv")));
    for (int k = 0; k < KILLS; k++) {
      killed(longest, with(synthesize, folders[1].resolve("rows.csv")));
      requireWhole(folders[0], folders[1]);
      for (Path file : files(folders[1])) {
        Files.delete(file);
      }
    }
    undisturbed(with(synthesize, folders[1].resolve("rows.csv")));
    assertEquals(files(folders[0]).size(), requireWhole(folders[0], folders[1]));
  }
}
