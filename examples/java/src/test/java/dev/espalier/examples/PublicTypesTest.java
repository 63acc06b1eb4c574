package dev.espalier.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every public type says what it is, and someone uses it. */
class PublicTypesTest {

  private static final Pattern PACKAGE =
      Pattern.compile("^package ([\\w.]+);?$", Pattern.MULTILINE);
  private static final Pattern TYPE =
      Pattern.compile(
          "^public (?:final |sealed |abstract |non-sealed )*"
              + "(?:class|record|interface|enum|@interface) (\\w+)",
          Pattern.MULTILINE);

  private static final Pattern WORD = Pattern.compile("\\w+");

  /** A source file of a module. */
  private record Source(
      Path module, boolean test, String file, String inPackage, String text, Set<String> words) {

    boolean names(Type type) {
      return words.contains(type.name())
          && (inPackage.equals(type.inPackage())
              || text.contains(type.inPackage() + "." + type.name())
              || text.contains("import " + type.inPackage() + ".*"));
    }

    /** Whether the type is in what this source offers to others, or offered by a plugin. */
    boolean offers(Type type) {
      return words.contains(type.name())
          && (file.endsWith("Plugin.java")
              || Pattern.compile("^ *public [^=;{]*\\b" + type.name() + "\\b", Pattern.MULTILINE)
                  .matcher(text)
                  .find());
    }
  }

  /** A public type of the module that the source is in. */
  private record Type(Source source, String inPackage, String name) {}

  private static List<Source> sources() throws IOException {
    List<Source> sources = new ArrayList<>();
    for (Path module : Modules.folders()) {
      for (String folder : List.of("main/java", "main/kotlin", "test/java", "test/kotlin")) {
        Path root = module.resolve("src").resolve(folder);
        if (Files.isDirectory(root)) {
          try (Stream<Path> files = Files.walk(root)) {
            files
                .filter(file -> file.toString().matches(".*\\.(java|kt)"))
                .sorted()
                .forEach(
                    file -> {
                      String text = Modules.read(file);
                      Matcher in = PACKAGE.matcher(text);
                      sources.add(
                          new Source(
                              module,
                              folder.startsWith("test"),
                              file.getFileName().toString(),
                              in.find() ? in.group(1) : "",
                              text,
                              WORD.matcher(text)
                                  .results()
                                  .map(MatchResult::group)
                                  .collect(Collectors.toSet())));
                    });
          }
        }
      }
    }
    return sources;
  }

  /** The public types of all modules but the programs that measure. */
  private static List<Type> types(List<Source> sources) {
    List<Type> types = new ArrayList<>();
    for (Source source : sources) {
      Matcher type = TYPE.matcher(source.text());
      if (!source.test()
          && !source.module().toString().contains("benchmarks")
          && source.file().endsWith(".java")
          && type.find()) {
        types.add(new Type(source, source.inPackage(), type.group(1)));
      }
    }
    return types;
  }

  /** The services that a module announces to the class path, each class on a line. */
  private static String services(Path module) throws IOException {
    Path folder = module.resolve("src/main/resources/META-INF/services");
    StringBuilder lines = new StringBuilder();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        files.sorted().forEach(file -> lines.append(Modules.read(file)));
      }
    }
    return lines.toString();
  }

  /** Whether the first sentence of the type's comment is there. */
  static boolean saysWhatItIs(String text) {
    Matcher type = TYPE.matcher(text);
    assertTrue(type.find(), "need a public type");
    int end = text.lastIndexOf("*/", type.start());
    int start = text.lastIndexOf("/**", type.start());
    if (start < 0 || end < start || text.substring(end + 2, type.start()).contains(";")) {
      return false;
    }
    String comment = text.substring(start + 3, end).replaceAll("(?m)^ *\\* ?", "").strip();
    return comment.split("(?m)^@", 2)[0].matches("(?s)[A-Z{].*[.:?](\\s.*)?");
  }

  @Test
  void everyPublicTypeSaysWhatItIs() throws IOException {
    List<Type> types = types(sources());
    assertEquals(
        List.of(),
        types.stream()
            .filter(type -> !saysWhatItIs(type.source().text()))
            .map(type -> type.inPackage() + "." + type.name())
            .toList());
    assertTrue(types.size() > 200, "types: " + types.size());
  }

  @Test
  void noPublicTypeIsUnused() throws IOException {
    List<Source> sources = sources();
    List<Type> left = types(sources);
    Set<Source> reached = new HashSet<>();
    for (Type type : List.copyOf(left)) {
      boolean used =
          sources.stream()
              .filter(each -> each.test() || !each.module().equals(type.source().module()))
              .anyMatch(each -> each.names(type));
      if (used || services(type.source().module()).contains(type.inPackage() + "." + type.name())) {
        left.remove(type);
        reached.add(type.source());
      }
    }
    // What a used type takes or returns is used with it, by a lambda or without being named.
    boolean more = true;
    while (more) {
      more = false;
      for (Type type : List.copyOf(left)) {
        if (reached.stream()
            .anyMatch(
                each ->
                    each.inPackage().equals(type.inPackage())
                        && !each.equals(type.source())
                        && each.offers(type))) {
          left.remove(type);
          more |= reached.add(type.source());
        }
      }
    }
    assertEquals(
        List.of(),
        left.stream().map(type -> type.inPackage() + "." + type.name()).toList(),
        "used by no example, test or other module");
  }

  @Test
  void aTypeWithoutASentenceIsFound() {
    assertTrue(saysWhatItIs("/** A thing. */\n@Deprecated\npublic final class A {}"));
    assertTrue(
        saysWhatItIs("/**\n * A thing: this one.\n *\n * @param a one\n */\npublic record A() {}"));
    assertFalse(saysWhatItIs("import java.util.List;\n\npublic interface A {}"));
    assertFalse(saysWhatItIs("/** a thing */\npublic interface A {}"));
    assertFalse(saysWhatItIs("/** B. */\ninterface B {}\n\nvoid f();\npublic interface A {}"));
  }
}
