package dev.espalier.runtime;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a setting may hold: the type of one component of a settings record. */
sealed interface Kind {

  /** What a user should write, such as {@code a whole number}. */
  String describe();

  /** A whole number from {@code least} to {@code greatest}. */
  record Whole(long least, long greatest) implements Kind {
    static final Whole INT = new Whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
    static final Whole LONG = new Whole(Long.MIN_VALUE, Long.MAX_VALUE);

    @Override
    public String describe() {
      return "a whole number";
    }
  }

  /** A double. */
  record Real() implements Kind {
    @Override
    public String describe() {
      return "a number";
    }
  }

  /** A boolean. */
  record Truth() implements Kind {
    @Override
    public String describe() {
      return "true or false";
    }
  }

  /** A string. */
  record Words() implements Kind {
    @Override
    public String describe() {
      return "a string";
    }
  }

  /** A constant of an enum. */
  record Choice(List<Enum<?>> constants) implements Kind {
    static String text(Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    }

    List<String> names() {
      return constants.stream().map(Choice::text).toList();
    }

    @Override
    public String describe() {
      return "one of " + names();
    }
  }

  /** A type that reads its own text. */
  record Parsed(Class<?> type, Method method) implements Kind {
    Object read(String text) {
      try {
        return method.invoke(null, text);
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        throw new IllegalStateException(type.getName() + ".parse failed", e.getCause());
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(
            "cannot call " + type.getName() + ".parse; its package must be exported", e);
      }
    }

    @Override
    public String describe() {
      return article(spaced(type));
    }
  }

  /** Something that providers make. */
  record Part(Class<?> role) implements Kind {
    @Override
    public String describe() {
      return article(spaced(role));
    }
  }

  /** Any number of one kind. */
  record Many(Kind item) implements Kind {
    @Override
    public String describe() {
      return "a list of items, each " + item.describe();
    }
  }

  /**
   * The kind of a component's type.
   *
   * @throws IllegalArgumentException if a setting may not have this type
   */
  static Kind of(Type type) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      Kind item = of(list.getActualTypeArguments()[0]);
      if (item instanceof Many) {
        throw unsupported(type);
      }
      return new Many(item);
    }
    if (!(type instanceof Class<?> plain)) {
      throw unsupported(type);
    }
    if (plain == int.class || plain == Integer.class) {
      return Whole.INT;
    }
    if (plain == long.class || plain == Long.class) {
      return Whole.LONG;
    }
    if (plain == double.class || plain == Double.class) {
      return new Real();
    }
    if (plain == boolean.class || plain == Boolean.class) {
      return new Truth();
    }
    if (plain == String.class) {
      return new Words();
    }
    if (plain.isEnum()) {
      return choice(plain);
    }
    return parsedOrPart(plain);
  }

  private static Kind choice(Class<?> type) {
    List<Enum<?>> constants = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      constants.add((Enum<?>) constant);
    }
    Choice choice = new Choice(List.copyOf(constants));
    if (choice.names().stream().distinct().count() != constants.size()) {
      throw new IllegalArgumentException(
          "the constants of " + type.getName() + " differ in upper and lower case only");
    }
    return choice;
  }

  private static Kind parsedOrPart(Class<?> type) {
    for (Method method : type.getMethods()) {
      boolean parse =
          method.getName().equals("parse")
              && Modifier.isStatic(method.getModifiers())
              && method.getParameterCount() == 1
              && method.getParameterTypes()[0] == String.class
              && type.isAssignableFrom(method.getReturnType());
      if (parse) {
        return new Parsed(type, method);
      }
    }
    if (type.isInterface() && !type.isAnnotation() && !type.getName().startsWith("java.")) {
      return new Part(type);
    }
    throw unsupported(type);
  }

  private static IllegalArgumentException unsupported(Type type) {
    return new IllegalArgumentException(
        "need int, long, double, boolean, String, an enum, a type with public static"
            + " parse(String), an interface that providers make, or a List of one of these, got "
            + type.getTypeName());
  }

  /** The simple name of a type as words: {@code training target}. */
  static String spaced(Class<?> type) {
    StringBuilder out = new StringBuilder();
    for (char c : type.getSimpleName().toCharArray()) {
      if (Character.isUpperCase(c) && out.length() > 0) {
        out.append(' ');
      }
      out.append(Character.toLowerCase(c));
    }
    return out.toString();
  }

  /** The words with {@code a} or {@code an} before them. */
  static String article(String words) {
    return ("aeiou".indexOf(words.charAt(0)) >= 0 ? "an " : "a ") + words;
  }
}
