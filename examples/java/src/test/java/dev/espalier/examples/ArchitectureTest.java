package dev.espalier.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.testkit.Golden;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which module requires which: every change of that is seen in a review. */
class ArchitectureTest {

  private static final Map<String, List<String>> MODULES = Modules.directives();

  private static boolean isPlugin(String module) {
    return module.startsWith("dev.espalier.plugins.");
  }

  private static List<String> required(String module) {
    return Modules.required(MODULES.get(module));
  }

  private static Set<String> requiring(String module) {
    Set<String> found = new TreeSet<>();
    MODULES.forEach(
        (name, directives) -> {
          if (Modules.required(directives).contains(module)) {
            found.add(name);
          }
        });
    return found;
  }

  @Test
  void descriptorsAreAsReviewed() {
    Golden.matches("modules.txt", Modules.text());
  }

  @Test
  void theApiDependsOnTheJdkAlone() {
    assertEquals(List.of("org.jspecify"), required("dev.espalier.api"));
    assertTrue(MODULES.get("dev.espalier.api").contains("requires static transitive org.jspecify"));
  }

  @Test
  void pluginsDoNotKnowEachOther() {
    Map<String, List<String>> known = new TreeMap<>();
    for (String module : MODULES.keySet()) {
      if (isPlugin(module)) {
        List<String> others = required(module).stream().filter(ArchitectureTest::isPlugin).toList();
        known.put(module, others);
      }
    }
    assertTrue(known.size() >= 2, () -> "need the plugins, got " + known);
    known.forEach((module, others) -> assertEquals(List.of(), others, module));
  }

  @Test
  void pluginsSamplersAndEstimatorsDoNotKnowTheRuntime() {
    for (String module : MODULES.keySet()) {
      if (MODULES.get(module).stream().anyMatch(each -> each.startsWith("provides "))) {
        boolean inside = module.equals("dev.espalier.runtime");
        assertTrue(inside || !required(module).contains("dev.espalier.runtime"), module);
      }
    }
  }

  @Test
  void onlyTheRuntimeRequiresGuiceAndItsServicesFormatsAndKernelsAreLookedUp() {
    assertEquals(Set.of("dev.espalier.runtime"), requiring("com.google.guice"));
    Set<String> users = new TreeSet<>();
    MODULES.forEach(
        (name, directives) -> {
          // Kernels all have the same bits, so which one is found changes the time alone.
          String kernels = "uses dev.espalier.estimators.network.MatrixKernels";
          if (directives.stream()
              .anyMatch(each -> each.startsWith("uses ") && !each.equals(kernels))) {
            users.add(name);
          }
        });
    assertEquals(Set.of("dev.espalier.runtime", "dev.espalier.tables"), users);
  }

  /** Tribuo brings many jars and a native library: only who asks for it gets it. */
  @Test
  void onlyModulesOfItsOwnKnowTribuo() {
    Set<String> knowing = new TreeSet<>();
    MODULES.forEach(
        (name, directives) -> {
          if (required(name).stream().anyMatch(each -> each.startsWith("org.tribuo."))) {
            knowing.add(name);
          }
        });
    Set<String> own = Set.of("dev.espalier.estimators.tribuo", "dev.espalier.formats.tribuo");
    assertEquals(own, knowing);
    own.forEach(module -> assertEquals(Set.of(), requiring(module), module));
    Set<String> depending = new TreeSet<>();
    for (Path folder : Modules.folders()) {
      if (Modules.read(folder.resolve("pom.xml")).contains("tribuo")) {
        depending.add(Modules.ROOT.relativize(folder).toString());
      }
    }
    assertEquals(
        Set.of(
            "benchmarks",
            "estimators/tribuo",
            "examples/java",
            "examples/kotlin",
            "formats/tribuo"),
        depending);
  }

  @Test
  void everyDescribedModuleHasOnePackage() {
    MODULES.forEach(
        (name, directives) ->
            assertEquals(
                List.of("exports " + name),
                directives.stream().filter(each -> each.startsWith("exports ")).toList()));
  }
}
