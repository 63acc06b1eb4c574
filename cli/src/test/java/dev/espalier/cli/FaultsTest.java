package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Full disks, closed pipes, and plugins that break their word: contained, named and clear. */
@DisabledOnOs(OS.WINDOWS)
class FaultsTest {

  @TempDir private static Path shared;
  private static Path model;
  private static Path plugins;

  @TempDir private Path folder;

  @BeforeAll
  static void prepare() throws IOException {
    model = shared.resolve("model.esp");
    Command fit = Command.run("fit", Command.PENGUINS, "--estimator", "gaussian()", "--out", model);
    assertEquals(0, fit.code(), fit.err());
    plugins = Files.createDirectory(shared.resolve("plugins"));
    pack(plugins.resolve("odd.jar"), shared.resolve("classes"));
  }

  @Tag("long")
  @Test
  void outputThatNobodyTakesIsAnErrorInOneLine() throws Exception {
    for (String script :
        List.of(
            "exec \"$@\" > /dev/full", "\"$@\" | true; exit ${PIPESTATUS[0]}", "exec \"$@\" >&-")) {
      Command run = Forked.bash(folder, script, "sample", model, "--rows", 50_000, "--out", "-");
      assertEquals(Failures.BAD_INPUT, run.code(), script + ": " + run.err());
      assertEquals("espalier: " + StandardOutput.LOST, run.err().strip(), script);
    }
    Command names = Forked.bash(folder, "exec \"$@\" > /dev/full", "plugins");
    assertEquals(Failures.BAD_INPUT, names.code(), names.err());
    assertEquals("espalier: " + StandardOutput.LOST, names.err().strip());
  }

  @Tag("long")
  @Test
  void aDiskThatIsFullLeavesNothingBehind() throws Exception {
    Path rows = folder.resolve("rows.csv");
    // No file may grow beyond 64 blocks of 1 KiB: what a full disk is to a writer.
    Command run =
        Forked.bash(
            folder, "ulimit -f 64; exec \"$@\"", "sample", model, "--rows", 50_000, "--out", rows);
    assertEquals(Failures.BAD_INPUT, run.code(), run.err());
    assertTrue(run.err().contains("cannot write '" + rows + "'"), run.err());
    assertTrue(run.err().contains("make room"), run.err());
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(
          List.of("err.txt", "out.txt"),
          left.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void aFolderThatTakesNoFilesIsRefused() {
    Command run = Command.run("sample", model, "--rows", 5, "--out", "/proc/rows.csv");
    assertEquals(Failures.BAD_INPUT, run.code(), run.err());
    assertTrue(run.complaint().contains("cannot write '/proc/rows.csv'"), run.err());
  }

  @Tag("long")
  @Test
  void tooLittleMemoryIsSaidInOneLine() throws Exception {
    Command run =
        Forked.bash(
            folder,
            "java=$1; shift; exec \"$java\" \"${@/-Xmx512m/-Xmx40m}\"",
            "sample",
            model,
            "--rows",
            3_000_000,
            "--block",
            3_000_000,
            "--out",
            folder.resolve("rows.csv"));
    assertEquals(Failures.BAD_INPUT, run.code(), run.err());
    assertTrue(run.err().startsWith("espalier: need more memory than the "), run.err());
    assertEquals(1, run.err().strip().lines().count(), run.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "throws | 1 | a fault of the plugin odd.Odd from",
        "overflows | 1 | a fault of the plugin odd.Odd from",
        "nan | 4 | drew a value that is not a number, or need finite rows",
        "narrow | 1 | need a score of",
        "outside | 1 | a fault of the plugin odd.Odd from",
        "missing | 1 | a fault of the plugin odd.Odd from"
      })
  void aPluginThatBreaksItsWordIsNamed(String fault, int code, String words) {
    Path rows = folder.resolve("rows.csv");
    Command run =
        Command.run(
            "synthesize",
            Command.PENGUINS,
            "--plugins",
            plugins,
            "--estimator",
            "odd(" + fault + ")",
            "--rows",
            5,
            "--out",
            rows);
    assertEquals(code, run.code(), run.err());
    assertTrue(
        Stream.of(words.split(", or ")).anyMatch(run.complaint()::contains), run.complaint());
    assertEquals(1, run.complaint().lines().count());
    assertTrue(Files.notExists(rows));
  }

  @Tag("long")
  @Test
  void aPluginThatHangsIsEndedByASecondInterrupt() throws Exception {
    Path said = folder.resolve("said.txt");
    Process process =
        Forked.start(
            said,
            "fit",
            Command.PENGUINS,
            "--plugins",
            plugins,
            "--estimator",
            "odd(hangs)",
            "--out",
            folder.resolve("model.esp"));
    while (!Files.readString(said).contains("hanging")) {
      assertTrue(!process.waitFor(20, TimeUnit.MILLISECONDS), Files.readString(said));
    }
    signal(process);
    assertTrue(!process.waitFor(300, TimeUnit.MILLISECONDS), "the first one only asks");
    signal(process);
    assertTrue(process.waitFor(10, TimeUnit.SECONDS), "the second one ends it");
    assertEquals(Failures.CANCELLED, process.exitValue());
    assertTrue(Files.notExists(folder.resolve("model.esp")));
  }

  private static void signal(Process process) throws IOException, InterruptedException {
    assertEquals(0, new ProcessBuilder("kill", "-TERM", "" + process.pid()).start().waitFor());
  }

  /** An estimator with a fault of each kind. */
  private static final String ODD =
      """
      package odd;

      import dev.espalier.api.*;
      import java.util.List;

      public final class Odd implements Plugin {
        public enum Fault { THROWS, OVERFLOWS, NAN, NARROW, OUTSIDE, MISSING, HANGS }

        public record Estimator(@Setting(help = "which") Fault fault) implements ScoreEstimator {
          @Override public Score fit(FitRequest request) {
            int d = request.rows().columns();
            switch (fault) {
              case THROWS: throw new ArithmeticException("by zero");
              case OVERFLOWS: return fit(request);
              case MISSING: throw new NoSuchMethodError("of another version");
              case HANGS: System.out.println("hanging"); while (true) { Thread.onSpinWait(); }
              default: return new Answer(fault, fault == Fault.NARROW ? d - 1 : d);
            }
          }
        }

        public record Answer(Fault fault, int columns) implements Score {
          @Override public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
            java.util.Arrays.fill(out, Double.NaN);
            if (fault == Fault.OUTSIDE) {
              out[out.length] = 1;
            }
          }
        }

        @Override public List<Provider<?>> providers() {
          return List.of(
              Provider.of(ScoreEstimator.class, "odd", Estimator.class, "Breaks its word."));
        }
      }
      """;

  private static void pack(Path jar, Path classes) throws IOException {
    Files.createDirectory(classes);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var source =
        new SimpleJavaFileObject(
            URI.create("string:///odd/Odd.java"), javax.tools.JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreErrors) {
            return ODD;
          }
        };
    List<String> options =
        List.of(
            "-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
    assertTrue(compiler.getTask(null, null, null, options, null, List.of(source)).call());
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> files = Files.walk(classes)) {
      for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(each).toString()));
        Files.copy(each, out);
      }
      out.putNextEntry(new JarEntry("META-INF/services/dev.espalier.api.Plugin"));
      out.write("odd.Odd\n".getBytes(StandardCharsets.UTF_8));
    }
  }
}
