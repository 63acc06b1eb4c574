package dev.espalier.estimators.tribuo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.estimators.tribuo.program.BoostedRows;
import java.io.File;
import java.io.IOException;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything is a module but XGBoost, whose jar has a name that no module may have. */
class ModulePathTest {

  @TempDir Path folder;

  private static boolean isModule(Path path) {
    try {
      return !ModuleFinder.of(path).findAll().isEmpty();
    } catch (FindException e) {
      return false;
    }
  }

  private static String joined(List<Path> paths) {
    return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  @Test
  void boostedTreesLearnInModulesWithXgBoostBesideThem() throws IOException, InterruptedException {
    Map<Boolean, List<Path>> paths =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(Files::exists)
            .filter(
                path ->
                    !path.toString().matches(".*(testkit|junit|opentest4j|apiguardian|surefire).*"))
            .collect(Collectors.partitioningBy(ModulePathTest::isModule));
    List<String> apart =
        paths.get(false).stream().map(path -> path.getFileName().toString()).sorted().toList();
    assertEquals(List.of("test-classes", "xgboost4j_2.12-1.6.2.jar"), apart);
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-p",
                joined(paths.get(true)),
                "--add-modules",
                "ALL-MODULE-PATH",
                "-cp",
                joined(paths.get(false)),
                BoostedRows.class.getName(),
                folder.resolve("modules.esp").toString())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    int code = process.waitFor();
    String printed = Files.readString(out);
    // newer Javas warn of what Tribuo's protocol buffers call
    assertEquals(
        List.of(),
        Files.readAllLines(err).stream().filter(line -> !line.startsWith("WARNING: ")).toList());
    assertEquals(0, code, printed);
    assertEquals(
        List.of(
            "module dev.espalier.estimators.tribuo",
            "module org.tribuo.core",
            "false",
            BoostedRows.drawn(folder.resolve("class-path.esp"))),
        printed.lines().toList());
    assertEquals(
        -1, Files.mismatch(folder.resolve("modules.esp"), folder.resolve("class-path.esp")));
  }
}
