package dev.espalier.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.api.Plugin;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;

/** Builds jars of plugins from sources, against the API alone, as a stranger would. */
final class OutsideJar {
  static final String SERVICES = "META-INF/services/dev.espalier.api.Plugin";

  private static final Path SOURCES = Path.of("src", "test", "resources", "outside");

  private OutsideJar() {}

  /** The jar of the sources kept with the tests. */
  static Path stranger(Path jar) {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      Map<String, String> sources = new TreeMap<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sources.put(SOURCES.relativize(file).toString().replace('\\', '/'), Files.readString(file));
      }
      return build(jar, sources, "stranger.StrangerPlugin # everything\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A jar of one plugin class, {@code package broken; public class Odd}, with the given body. */
  static Path odd(Path jar, String declaration, String services) {
    String source =
        "package broken;\n"
            + "import dev.espalier.api.*;\n"
            + "import java.util.List;\n"
            + declaration
            + "\n";
    return build(jar, Map.of("broken/Odd.java", source), services);
  }

  /** Compiles the sources and packs the classes with a services file. */
  static Path build(Path jar, Map<String, String> sources, String services) {
    try {
      Path work = Files.createTempDirectory("outside");
      Path classes = Files.createDirectory(work.resolve("classes"));
      for (Map.Entry<String, String> source : sources.entrySet()) {
        Path file = work.resolve(source.getKey());
        Files.createDirectories(file.getParent());
        Files.writeString(file, source.getValue());
      }
      if (!sources.isEmpty()) {
        compile(work, sources, classes);
      }
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
          Stream<Path> files = Files.walk(classes)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
          Files.copy(file, out);
        }
        out.putNextEntry(new JarEntry(SERVICES));
        out.write(services.getBytes(StandardCharsets.UTF_8));
      }
      try (Stream<Path> files = Files.walk(work)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void compile(Path work, Map<String, String> sources, Path classes)
      throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "--release",
            "17",
            "-proc:none",
            "-Xlint:all",
            "-Werror",
            "-d",
            classes.toString(),
            "-cp",
            Origin.of(Plugin.class).location()
                + System.getProperty("path.separator")
                + Origin.of(NullMarked.class).location());
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      var units =
          files.getJavaFileObjectsFromPaths(sources.keySet().stream().map(work::resolve).toList());
      boolean done = compiler.getTask(messages, files, null, options, null, units).call();
      assertEquals("true", done + messages.toString());
    }
  }
}
