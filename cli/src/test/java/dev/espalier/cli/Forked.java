package dev.espalier.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command in a process of its own. */
final class Forked {

  private Forked() {}

  /** The words that start Java with the command and its arguments. */
  static List<String> words(Object... arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Shared memory for monitors of the JVM would count as a file that is written.
    words.addAll(List.of("-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "-Xmx512m", "-cp"));
    words.add(System.getProperty("java.class.path"));
    words.add(Main.class.getName());
    for (Object argument : arguments) {
      words.add(argument.toString());
    }
    return words;
  }

  /** Starts it; what it says goes to a file. */
  static Process start(Path said, Object... arguments) throws IOException {
    return new ProcessBuilder(words(arguments))
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start();
  }

  /**
   * Runs a script of bash in which {@code "$@"} is the command with its arguments.
   *
   * @return the exit code, and what was said on standard error
   */
  static Command bash(Path folder, String script, Object... arguments)
      throws IOException, InterruptedException {
    Path err = folder.resolve("err.txt");
    Path out = folder.resolve("out.txt");
    List<String> words = new ArrayList<>(List.of("bash", "-c", script, "bash"));
    words.addAll(words(arguments));
    int code =
        new ProcessBuilder(words)
            .redirectError(err.toFile())
            .redirectOutput(out.toFile())
            .start()
            .waitFor();
    return new Command(code, Files.readString(out), Files.readString(err));
  }

  /** Ends a process as {@code kill -9} does: nothing in it gets to run. */
  static void kill(Process process) throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
