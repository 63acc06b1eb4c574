package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command with the jar of a plugin gone, and with all jars as modules. */
class PluginJarsTest {

  @TempDir private Path folder;

  /** What the class path of this test has, without tests and their tools. */
  private static List<Path> libraries() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(Files::exists)
        .filter(path -> !path.endsWith("test-classes"))
        .filter(
            path -> !path.toString().matches(".*(testkit|junit|opentest4j|apiguardian|surefire).*"))
        .toList();
  }

  /** Runs the command among the classes of another loader. */
  private static Command run(ClassLoader loader, Object... arguments) throws Exception {
    String[] words = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Object code =
          loader
              .loadClass("dev.espalier.cli.Main")
              .getMethod("run", String[].class, PrintWriter.class, PrintWriter.class)
              .invoke(null, words, new PrintWriter(out), new PrintWriter(err));
      return new Command((Integer) code, out.toString(), err.toString());
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private Path rows() {
    return Command.write(folder.resolve("rows.csv"), Structured.csv(Structured.chain(4, 60, 1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "localized | localized(radius=1, inner=gaussian())",
        "subspace | subspace(rank=2, inner=gaussian())",
        "bootstrapped | network(hidden=[4], steps=4, target=bootstrapped())"
      })
  void aJarThatIsGoneTakesItsNamesAlone(String plugin, String estimator) throws Exception {
    Path model = folder.resolve("kept.esp");
    Command kept = Command.run("fit", rows(), "--estimator", estimator, "--out", model);
    assertEquals(0, kept.code(), kept.err());
    List<URL> left = new ArrayList<>();
    for (Path path : libraries()) {
      String name = path.toString().replace(File.separatorChar, '/');
      if (!name.contains("plugin-" + plugin) && !name.contains("plugins/" + plugin + "/")) {
        left.add(path.toUri().toURL());
      }
    }
    assertEquals(libraries().size() - 1, left.size(), "need one jar less");
    try (URLClassLoader loader =
        new URLClassLoader(left.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Command names = run(loader, "plugins");
      assertEquals(0, names.code(), names.err());
      assertFalse(names.out().lines().anyMatch(line -> line.startsWith(plugin + " ")));
      Path other = folder.resolve("other.esp");
      Command works = run(loader, "fit", rows(), "--estimator", "gaussian()", "--out", other);
      assertEquals(0, works.code(), works.err());
      Command missing = run(loader, "fit", rows(), "--estimator", estimator, "--out", other);
      assertEquals(2, missing.code(), missing.err());
      assertTrue(missing.err().contains("'" + plugin + "'"), missing.err());
      Command closed =
          run(loader, "sample", model, "--rows", 3, "--out", folder.resolve("drawn.csv"));
      assertEquals(3, closed.code(), closed.err());
      assertTrue(closed.err().contains("the model needs a plugin"), closed.err());
      assertTrue(closed.err().contains("'" + plugin + "'"), closed.err());
    }
  }

  @Test
  void anEngineWhoseJarIsNotThereIsNamed() {
    Command missing =
        Command.run("fit", rows(), "--engine", "native", "--out", folder.resolve("never.esp"));
    assertEquals(2, missing.code(), missing.err());
    assertTrue(missing.err().contains("got 'native'; 'plain' always is"), missing.err());
    assertTrue(missing.err().contains("docs/engines.md"), missing.err());
    Command none =
        Command.run("fit", rows(), "--engine", "gmm", "--out", folder.resolve("never.esp"));
    assertTrue(none.err().contains("got 'gmm'; 'plain' always is"), none.err());
  }

  @Test
  void aModelFittedInVectorsIsThatOfPlainLoopsAndReadWithoutTheirJar() throws Exception {
    Path model = folder.resolve("vectors.esp");
    Path plain = folder.resolve("plain.esp");
    String estimator = "network(hidden=[16], steps=20, batch=32)";
    List<String> words =
        Forked.words("fit", rows(), "--estimator", estimator, "--out", model.toString());
    words.addAll(1, List.of("--add-modules", "jdk.incubator.vector"));
    Path said = folder.resolve("said.txt");
    Process fit =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertEquals(0, fit.waitFor(), Files.readString(said));
    assertTrue(Files.readString(said).contains("jdk.incubator.vector"), "need vectors, got none");
    Command loops = Command.run("fit", rows(), "--estimator", estimator, "--out", plain);
    assertEquals(0, loops.code(), loops.err());
    assertArrayEquals(Command.bytes(plain), Command.bytes(model));
    List<URL> left = new ArrayList<>();
    for (Path path : libraries()) {
      if (!path.toString().contains("network-vector")) {
        left.add(path.toUri().toURL());
      }
    }
    assertEquals(libraries().size() - 1, left.size(), "need one jar less");
    try (URLClassLoader loader =
        new URLClassLoader(left.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Path drawn = folder.resolve("drawn.csv");
      Command sample = run(loader, "sample", model, "--rows", 3, "--out", drawn);
      assertEquals(0, sample.code(), sample.err());
    }
  }

  @Test
  void everyPluginWorksAsAModule() throws Exception {
    // Parquet's libraries are no modules and stay on the class path.
    ModuleFinder finder =
        ModuleFinder.of(
            libraries().stream()
                .filter(path -> !path.toString().matches(".*(parquet|hadoop|slf4j).*"))
                .toArray(Path[]::new));
    ModuleLayer boot = ModuleLayer.boot();
    Configuration configuration =
        boot.configuration().resolveAndBind(finder, ModuleFinder.of(), Set.of("dev.espalier.cli"));
    ModuleLayer layer =
        boot.defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader());
    ClassLoader loader = layer.findLoader("dev.espalier.cli");
    assertTrue(
        loader.loadClass("dev.espalier.plugins.localized.LocalizedPlugin").getModule().isNamed());
    Command here = Command.run("plugins");
    assertEquals(here.out(), run(loader, "plugins").out());
    for (String estimator :
        List.of(
            "localized(radius=1, inner=gmm(components=2))",
            "subspace(rank=2, inner=localized(radius=1, inner=gaussian()))",
            "localized(radius=1, inner=network(hidden=[4], steps=4, target=bootstrapped()))")) {
      Path model = folder.resolve("model.esp");
      Path drawn = folder.resolve("drawn.csv");
      Command fit = run(loader, "fit", rows(), "--estimator", estimator, "--out", model);
      assertEquals(0, fit.code(), fit.err());
      Command modules = run(loader, "sample", model, "--rows", 3, "--out", drawn);
      assertEquals(0, modules.code(), modules.err());
      byte[] bytes = Command.bytes(drawn);
      Command path = Command.run("sample", model, "--rows", 3, "--out", drawn);
      assertEquals(0, path.code(), path.err());
      assertEquals(new String(bytes), new String(Command.bytes(drawn)));
    }
  }
}
