package dev.espalier.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The public signatures of this module, so that a change to the SPI shows up in review. */
class PublicApiGoldenTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden/public-api.txt");
  private static final Set<String> OF_OBJECT = Set.of("equals", "hashCode", "toString");

  @Test
  void theSignaturesAreThoseOfTheGoldenFile() throws IOException {
    String actual = String.join("\n", signatures()) + "\n";
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(GOLDEN, actual);
    }
    assertEquals(Files.readString(GOLDEN), actual);
  }

  private static List<String> signatures() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Class<?> type : publicTypes()) {
      lines.add(kind(type) + " " + name(type));
      List<String> members = new ArrayList<>();
      for (Field field : type.getDeclaredFields()) {
        if (Modifier.isPublic(field.getModifiers())) {
          members.add("  " + name(field.getType()) + " " + field.getName());
        }
      }
      for (Executable constructor : type.getDeclaredConstructors()) {
        if (Modifier.isPublic(constructor.getModifiers())) {
          members.add("  new" + parameters(constructor));
        }
      }
      for (Method method : type.getDeclaredMethods()) {
        if (Modifier.isPublic(method.getModifiers())
            && !method.isSynthetic()
            && !OF_OBJECT.contains(method.getName())) {
          members.add(
              "  "
                  + (Modifier.isStatic(method.getModifiers()) ? "static " : "")
                  + (Modifier.isAbstract(method.getModifiers()) ? "abstract " : "")
                  + name(method.getReturnType())
                  + " "
                  + method.getName()
                  + parameters(method));
        }
      }
      members.sort(null);
      lines.addAll(members);
    }
    return lines;
  }

  private static List<Class<?>> publicTypes() throws IOException {
    Path root = Path.of("target/classes/dev/espalier/api");
    try (Stream<Path> files = Files.list(root)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
          .map(file -> load("dev.espalier.api." + file.substring(0, file.length() - 6)))
          .filter(PublicApiGoldenTest::visible)
          .sorted((a, b) -> a.getName().compareTo(b.getName()))
          .collect(Collectors.toList());
    }
  }

  private static boolean visible(Class<?> type) {
    return Modifier.isPublic(type.getModifiers())
        && (type.getDeclaringClass() == null || visible(type.getDeclaringClass()));
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static String kind(Class<?> type) {
    return type.isAnnotation()
        ? "annotation"
        : type.isInterface() ? "interface" : type.isRecord() ? "record" : "class";
  }

  private static String parameters(Executable of) {
    return Arrays.stream(of.getParameterTypes())
        .map(PublicApiGoldenTest::name)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String name(Class<?> type) {
    return type.getTypeName().replace("dev.espalier.api.", "").replaceAll("java\\.[a-z.]+\\.", "");
  }
}
