package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A fit in a process of its own, stopped in every way there is. */
@DisabledOnOs(OS.WINDOWS)
final class InterruptedFitTest {

  private static final Path DIGITS = Path.of("../examples/data/digits_8x8.csv");

  /** Some seconds of work. */
  private static final String LONG = "network(hidden=[64,64],steps=2000,batch=128,patience=1000)";

  private static List<String> fit(Path model, String... more) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("fit", DIGITS.toString(), "--estimator", LONG, "--threads", "1"));
    words.addAll(List.of("--out", model.toString()));
    words.addAll(List.of(more));
    return words;
  }

  /** Starts the command, its progress shown as on a terminal. */
  private static Process start(Path err, List<String> words) throws IOException {
    List<String> command = new ArrayList<>();
    // A process started in the background of a script may ignore INT and hand that down.
    if (Files.isExecutable(Path.of("/usr/bin/env")) && takesDefaults()) {
      command.addAll(List.of("/usr/bin/env", "--default-signal=INT"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Despalier.terminal=true", "-Xmx512m", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(words);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(err.toFile())
        .start();
  }

  private static boolean takesDefaults() throws IOException {
    Process tried =
        new ProcessBuilder("/usr/bin/env", "--default-signal=INT", "true")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return tried.onExit().join().exitValue() == 0;
  }

  /** What must come true while the process runs. */
  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Process process, Path err, Condition condition)
      throws IOException, InterruptedException {
    while (!condition.holds()) {
      assertFalse(
          process.waitFor(20, TimeUnit.MILLISECONDS),
          "need it to run on, got the end: " + Files.readString(err));
    }
  }

  private static int end(Process process, String signal) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start();
    assertEquals(0, kill.waitFor());
    return process.waitFor();
  }

  private static boolean kept(Path state) throws IOException {
    if (!Files.isDirectory(state)) {
      return false;
    }
    try (Stream<Path> files = Files.list(state)) {
      return files.anyMatch(file -> file.toString().endsWith(".state"));
    }
  }

  private static Command run(List<String> words) {
    return Command.run(words.toArray());
  }

  @Test
  void killedStoppedAndTakenUpAgainItEndsWithTheSameBytes(@TempDir Path folder) throws Exception {
    Path undisturbed = folder.resolve("undisturbed.esp");
    assertEquals(0, run(fit(undisturbed)).code());
    assertFalse(Files.exists(folder.resolve("undisturbed.esp.state")));

    Path model = folder.resolve("model.esp");
    Path state = folder.resolve("model.esp.state");
    Path err = folder.resolve("err.txt");
    Process killed = start(err, fit(model));
    await(killed, err, () -> kept(state));
    assertEquals(128 + 9, end(killed, "KILL"));
    assertFalse(Files.exists(model));
    assertTrue(kept(state));

    // Neither is the state taken up unasked, nor for another fit.
    Command unasked = run(fit(model));
    assertEquals(2, unasked.code());
    assertTrue(unasked.err().contains("--resume"), unasked.err());
    Command other = run(fit(model, "--resume", "--seed", "5"));
    assertEquals(2, other.code());
    assertTrue(other.err().contains("need the fit whose state is in"), other.err());

    Process stopped = start(err, fit(model, "--resume"));
    await(stopped, err, () -> Files.readString(err).contains(" left"));
    assertEquals(130, end(stopped, "INT"));
    String said = Files.readString(err);
    assertTrue(said.matches("(?s).*loss [0-9.]+, held out [0-9.]+, [0-9]+ rows/s, .*"), said);
    assertTrue(said.contains("may take up to ") && said.contains(" MB"), said);
    assertTrue(said.contains("with --resume goes on"), said);
    assertFalse(Files.exists(model));

    Command settled = run(fit(model, "--settle"));
    assertEquals(0, settled.code(), settled.err());
    assertTrue(settled.err().contains("that it was enough"), settled.err());
    assertTrue(kept(state));
    byte[] best = Command.bytes(model);

    Command resumed = run(fit(model, "--resume"));
    assertEquals(0, resumed.code(), resumed.err());
    assertArrayEquals(Command.bytes(undisturbed), Command.bytes(model));
    assertFalse(Arrays.equals(best, Command.bytes(model)));
    assertFalse(Files.exists(state));
  }

  @Test
  void twoFitsDoNotWorkOnOneModel(@TempDir Path folder) throws Exception {
    Path model = folder.resolve("model.esp");
    Path state = folder.resolve("model.esp.state");
    Path err = folder.resolve("err.txt");
    Process first = start(err, fit(model));
    await(first, err, () -> kept(state));
    for (String option : List.of("--quiet", "--resume", "--settle")) {
      Command second = run(fit(model, option));
      assertEquals(2, second.code());
      assertEquals(
          "[espalier: need an --out that no other fit is at work on, got one whose state in '"
              + state
              + "' process "
              + first.pid()
              + " keeps; wait for its end or stop it, or give another --out]",
          second.complaint());
    }
    assertTrue(first.isAlive() && kept(state) && Files.exists(state.resolve(Hold.FILE)));
    assertEquals(128 + 9, end(first, "KILL"));

    // What the dead one left does not stand in the way.
    assertTrue(Files.exists(state.resolve(Hold.FILE)));
    Command resumed = run(fit(model, "--settle"));
    assertEquals(0, resumed.code(), resumed.err());
    assertFalse(Files.exists(state.resolve(Hold.FILE)));
  }

  @Test
  void aFolderIsHeldByOneAtATime(@TempDir Path folder) throws Exception {
    Path state = folder.resolve("state");
    Hold held = Hold.of(state).orElseThrow();
    assertTrue(Hold.of(state).isEmpty());
    assertEquals(ProcessHandle.current().pid(), Hold.owner(state).orElseThrow());
    held.close();
    assertFalse(Files.exists(state));
    Files.createDirectory(state);
    Files.writeString(state.resolve(Hold.FILE), "1");
    Hold.of(state).orElseThrow().close();
    assertFalse(Files.exists(state));
  }

  @Test
  void aTermSignalStopsAsCtrlCDoes(@TempDir Path folder) throws Exception {
    Path model = folder.resolve("model.esp");
    Path err = folder.resolve("err.txt");
    Process stopped = start(err, fit(model));
    await(stopped, err, () -> Files.readString(err).contains(" left"));
    assertEquals(130, end(stopped, "TERM"));
    assertTrue(kept(folder.resolve("model.esp.state")));
    assertFalse(Files.exists(model));
  }

  @Test
  void whatIsNotThereCannotBeTakenUp(@TempDir Path folder) {
    for (String option : List.of("--resume", "--settle")) {
      Command refused = run(fit(folder.resolve("model.esp"), option));
      assertEquals(2, refused.code());
      assertTrue(refused.err().contains("leave out --resume"), refused.err());
    }
  }
}
