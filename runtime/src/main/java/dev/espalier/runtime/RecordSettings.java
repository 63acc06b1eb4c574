package dev.espalier.runtime;

import dev.espalier.api.Setting;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A settings record seen through reflection: its keys in order, how to make it and read it. */
final class RecordSettings {

  /** One component; {@code initial} is the text of its default, if it has one. */
  record Component(String key, Kind kind, Optional<String> initial, String help, Method accessor) {}

  private final Class<? extends Record> type;
  private final List<Component> components;
  private final Constructor<? extends Record> constructor;

  private RecordSettings(
      Class<? extends Record> type,
      List<Component> components,
      Constructor<? extends Record> constructor) {
    this.type = type;
    this.components = components;
    this.constructor = constructor;
  }

  /**
   * Looks at a record type.
   *
   * @param problems where everything is added that keeps it from being a settings record
   */
  static Optional<RecordSettings> of(Class<? extends Record> type, List<String> problems) {
    int before = problems.size();
    RecordComponent[] parts = type.getRecordComponents();
    if (parts == null || !reachable(type)) {
      problems.add(
          "need a public record in an exported package for the settings, got " + type.getName());
      return Optional.empty();
    }
    Class<?>[] types =
        Arrays.stream(parts).map(RecordComponent::getType).toArray(size -> new Class<?>[size]);
    Constructor<? extends Record> constructor;
    try {
      constructor = type.getConstructor(types);
    } catch (NoSuchMethodException e) {
      problems.add("need a public canonical constructor in " + type.getName());
      return Optional.empty();
    }
    List<Component> components = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      RecordComponent part = parts[i];
      Setting setting = part.getAnnotation(Setting.class);
      if (setting == null) {
        setting = constructor.getParameters()[i].getAnnotation(Setting.class);
      }
      if (setting == null) {
        problems.add("need @Setting on '" + part.getName() + "' of " + type.getName());
        continue;
      }
      if (setting.help().isBlank()) {
        problems.add("need a line of help for '" + part.getName() + "' of " + type.getName());
      }
      Optional<String> initial =
          Optional.of(setting.value()).filter(text -> !text.equals(Setting.REQUIRED));
      try {
        Kind kind = Kind.of(part.getGenericType());
        components.add(
            new Component(part.getName(), kind, initial, setting.help(), part.getAccessor()));
      } catch (IllegalArgumentException e) {
        problems.add(
            "'" + part.getName() + "' of " + type.getName() + " cannot be set: " + e.getMessage());
      }
    }
    if (problems.size() > before) {
      return Optional.empty();
    }
    return Optional.of(new RecordSettings(type, List.copyOf(components), constructor));
  }

  private static boolean reachable(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
      if (!Modifier.isPublic(each.getModifiers())) {
        return false;
      }
    }
    return type.getModule().isExported(type.getPackageName(), RecordSettings.class.getModule());
  }

  List<Component> components() {
    return components;
  }

  List<String> keys() {
    return components.stream().map(Component::key).toList();
  }

  /**
   * Makes the record.
   *
   * @param values one a component, in order
   * @throws RuntimeException whatever the record's own constructor throws
   */
  Record make(Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("cannot make a " + type.getName(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + type.getName(), e);
    }
  }

  /** The value of one component. */
  Object value(Component component, Record settings) {
    try {
      return component.accessor().invoke(settings);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "cannot read '" + component.key() + "' of " + type.getName(), e);
    }
  }
}
