package dev.espalier.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Examples print the same with all libraries on the module path as on the class path.
 *
 * <p>The examples themselves have no descriptor and stay on the class path, as the application of a
 * user may.
 */
class ModulePathTest {

  @TempDir Path folder;

  /** What the class path of this test has, without the folders of this module and the tests. */
  private static List<Path> libraries() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(Files::exists)
        .filter(path -> !path.startsWith(Path.of("target").toAbsolutePath()))
        .filter(
            path -> !path.toString().matches(".*(testkit|junit|opentest4j|apiguardian|surefire).*"))
        .toList();
  }

  private static String joined(List<Path> paths) {
    return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private String onTheModulePath(Class<?> example, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-Dguice_custom_class_loading=CHILD",
                "-p",
                joined(libraries()),
                "--add-modules",
                "ALL-MODULE-PATH",
                "-cp",
                Path.of("target", "classes").toString(),
                example.getName()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    int code = process.waitFor();
    assertEquals("", Files.readString(err, StandardCharsets.UTF_8));
    assertEquals(0, code);
    return Output.unix(Files.readString(out, StandardCharsets.UTF_8));
  }

  @Test
  void ourLibrariesAreModulesOfTheirOwn() {
    Set<String> described =
        ModuleFinder.of(libraries().toArray(Path[]::new)).findAll().stream()
            .map(ModuleReference::descriptor)
            .filter(descriptor -> !descriptor.isAutomatic())
            .map(descriptor -> descriptor.name())
            .collect(Collectors.toSet());
    assertTrue(
        described.containsAll(
            Set.of(
                "dev.espalier.api",
                "dev.espalier.estimators.closedform",
                "dev.espalier.plugins.gmm",
                "dev.espalier.plugins.stratified",
                "dev.espalier.runtime",
                "dev.espalier.samplers",
                "dev.espalier.tables")),
        () -> "need all modules, got " + described);
  }

  @Test
  void pluginsAreFoundInModulesAndOnTheClassPathTogether() throws Exception {
    assertEquals(Output.of(WriteYourOwnPlugin::main), onTheModulePath(WriteYourOwnPlugin.class));
  }

  @Test
  void guiceComposesInModules() throws Exception {
    assertEquals(Output.of(WiringWithGuice::main), onTheModulePath(WiringWithGuice.class));
  }

  @Test
  void tablesAreLearnedInModules() throws Exception {
    String file = "../data/penguins.csv";
    assertEquals(
        Output.of(() -> SyntheticPenguins.main(file)),
        onTheModulePath(SyntheticPenguins.class, file));
  }
}
