package dev.espalier.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links lead somewhere, and code shown is code that is compiled. */
class DocumentsTest {

  private static final Pattern FENCED =
      Pattern.compile("^```.*?^```\\s*?$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE =
      Pattern.compile(
          "(?:<!-- from: (\\S+)#(\\S+) -->\\s*)?^```(?:java|kotlin)\n(.*?)^```",
          Pattern.DOTALL | Pattern.MULTILINE);

  private static List<Path> documents() throws IOException {
    List<Path> found = new ArrayList<>();
    for (String name : new String[] {"README.md", "CONTRIBUTING.md", "CHANGELOG.md"}) {
      found.add(Modules.ROOT.resolve(name));
    }
    for (String folder : new String[] {"docs", "examples"}) {
      try (Stream<Path> files = Files.walk(Modules.ROOT.resolve(folder))) {
        files
            .filter(file -> file.toString().endsWith(".md"))
            .filter(file -> !file.toString().contains("target"))
            .sorted()
            .forEach(found::add);
      }
    }
    return found;
  }

  /** The lines of a source file between {@code // region NAME} and {@code // endregion}. */
  static String region(String source, String name) {
    Matcher region =
        Pattern.compile(
                "^ *// region " + Pattern.quote(name) + "\n(.*?)^ *// endregion$",
                Pattern.DOTALL | Pattern.MULTILINE)
            .matcher(source);
    assertTrue(region.find(), () -> "need a region '" + name + "'");
    return region.group(1).stripTrailing().stripIndent().strip() + "\n";
  }

  @Test
  void relativeLinksLeadToFiles() throws IOException {
    List<String> broken = new ArrayList<>();
    int tried = 0;
    for (Path document : documents()) {
      Matcher link = LINK.matcher(FENCED.matcher(Modules.read(document)).replaceAll(""));
      while (link.find()) {
        String target = link.group(1).replaceFirst("#.*", "");
        if (!target.isEmpty() && !target.matches("[a-z]+:.*")) {
          tried++;
          if (!Files.exists(document.resolveSibling(target))) {
            broken.add(document + " links to " + target);
          }
        }
      }
    }
    assertEquals(List.of(), broken);
    assertTrue(tried >= 20, "links tried: " + tried);
  }

  @Test
  void snippetsAreRegionsOfSourcesThatAreCompiled() throws IOException {
    List<String> wrong = new ArrayList<>();
    int tried = 0;
    for (Path document : documents()) {
      Matcher code = CODE.matcher(Modules.read(document));
      while (code.find()) {
        tried++;
        if (code.group(1) == null) {
          wrong.add(document + " has code from no source:\n" + code.group(3));
        } else {
          Path source = Modules.ROOT.resolve(code.group(1));
          String expected = region(Modules.read(source), code.group(2));
          if (!expected.equals(code.group(3))) {
            wrong.add(
                document + " should show of " + source + "#" + code.group(2) + "\n" + expected);
          }
        }
      }
    }
    assertEquals("", String.join("\n", wrong));
    assertTrue(tried >= 4, "snippets tried: " + tried);
  }

  @Test
  void regionsLoseTheirIndentation() {
    String source = "a\n  // region b\n  c\n    d\n  // endregion\ne\n";
    assertEquals("c\n  d\n", region(source, "b"));
  }
}
