package dev.espalier.examples;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The descriptors of all modules, as their sources have them. */
final class Modules {

  /** The folder of the whole project. */
  static final Path ROOT = Path.of("..", "..");

  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);
  private static final Pattern MODULE =
      Pattern.compile("(?:open )?module\\s+(\\S+)\\s*\\{(.*)\\}", Pattern.DOTALL);
  private static final Pattern REQUIRED =
      Pattern.compile("requires (?:static |transitive )*(\\S+)");

  private Modules() {}

  /** The folders of the modules that the parent pom lists. */
  static List<Path> folders() {
    return Pattern.compile("<module>(.*?)</module>")
        .matcher(read(ROOT.resolve("pom.xml")))
        .results()
        .map(match -> ROOT.resolve(match.group(1)))
        .distinct()
        .toList();
  }

  /** The directives of every described module by its name, sorted, one a line. */
  static Map<String, List<String>> directives() {
    Map<String, List<String>> modules = new TreeMap<>();
    for (Path folder : folders()) {
      Path source = folder.resolve("src/main/java/module-info.java");
      if (Files.exists(source)) {
        Matcher module = MODULE.matcher(COMMENT.matcher(read(source)).replaceAll(""));
        if (!module.find()) {
          throw new AssertionError("need a module descriptor in " + source);
        }
        modules.put(
            module.group(1),
            Stream.of(module.group(2).split(";"))
                .map(directive -> directive.strip().replaceAll("\\s+", " "))
                .filter(directive -> !directive.isEmpty())
                .sorted()
                .toList());
      }
    }
    return modules;
  }

  /** The modules that a module requires, statically or not. */
  static List<String> required(List<String> directives) {
    return directives.stream()
        .map(REQUIRED::matcher)
        .filter(Matcher::matches)
        .map(match -> match.group(1))
        .toList();
  }

  /** All descriptors as one text. */
  static String text() {
    return directives().entrySet().stream()
        .map(each -> each.getKey() + "\n  " + String.join("\n  ", each.getValue()) + "\n")
        .collect(joining("\n"));
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
