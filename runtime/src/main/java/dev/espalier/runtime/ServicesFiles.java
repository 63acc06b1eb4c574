package dev.espalier.runtime;

import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Plugin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The lines of all services files that a class loader sees, to say which one is wrong. */
final class ServicesFiles {

  static final String NAME = "META-INF/services/" + Plugin.class.getName();

  /** A line that names a class. */
  private record Line(String file, int number, String type) {
    @Override
    public String toString() {
      return file + ", line " + number + ",";
    }
  }

  private final List<Line> lines;

  private ServicesFiles(List<Line> lines) {
    this.lines = lines;
  }

  static ServicesFiles seenBy(ClassLoader loader) {
    List<Line> lines = new ArrayList<>();
    try {
      for (URL file : Collections.list(loader.getResources(NAME))) {
        read(file, lines);
      }
    } catch (IOException e) {
      throw new InvalidDataException("cannot read the services files of plugins: " + e, e);
    }
    return new ServicesFiles(lines.stream().distinct().toList());
  }

  private static void read(URL file, List<Line> lines) throws IOException {
    URLConnection connection = file.openConnection();
    connection.setUseCaches(false);
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        int comment = line.indexOf('#');
        String type = (comment < 0 ? line : line.substring(0, comment)).strip();
        if (!type.isEmpty()) {
          lines.add(new Line(readable(file), number, type));
        }
      }
    }
  }

  private static String readable(URL file) {
    String address = file.toString();
    int inner = address.indexOf("!/");
    return address.startsWith("jar:") && inner > 0
        ? Origin.readable(address.substring(4, inner)) + "!" + address.substring(inner + 1)
        : Origin.readable(address);
  }

  /** Where a class is named. */
  String placeOf(Class<?> type) {
    Optional<Line> line =
        lines.stream().filter(each -> each.type.equals(type.getName())).findFirst();
    return line.map(Line::toString).orElse("the module " + type.getModule().getName());
  }

  /** A problem for each class that two files name, so that only one of two jars would be used. */
  List<String> duplicates() {
    Map<String, Line> seen = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    for (Line line : lines) {
      Line before = seen.putIfAbsent(line.type, line);
      if (before != null && !before.file.equals(line.file)) {
        problems.add(
            "two jars have the plugin "
                + line.type
                + ": "
                + before.file
                + " and "
                + line.file
                + ". Remove one of them");
      }
    }
    return problems;
  }

  /** A problem for each line whose class cannot be a plugin. */
  List<String> broken(ClassLoader loader) {
    List<String> problems = new ArrayList<>();
    for (Line line : lines) {
      fault(line.type, loader).ifPresent(fault -> problems.add(line + " names " + fault));
    }
    return problems;
  }

  private static Optional<String> fault(String name, ClassLoader loader) {
    Class<?> type;
    try {
      type = Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      return Optional.of("'" + name + "', but there is no such class");
    } catch (LinkageError e) {
      return Optional.of(name + ", which cannot be loaded: " + e);
    }
    if (!Plugin.class.isAssignableFrom(type)) {
      return Optional.of(name + ", which does not implement " + Plugin.class.getName());
    }
    boolean constructible =
        Modifier.isPublic(type.getModifiers())
            && !Modifier.isAbstract(type.getModifiers())
            && List.of(type.getConstructors()).stream()
                .anyMatch(constructor -> constructor.getParameterCount() == 0);
    return constructible
        ? Optional.empty()
        : Optional.of(
            name + ", which is no public class with a public constructor without arguments");
  }
}
