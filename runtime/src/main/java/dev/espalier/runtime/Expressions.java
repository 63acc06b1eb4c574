package dev.espalier.runtime;

import dev.espalier.api.Provider;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Structure;
import dev.espalier.api.Structured;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Reads and prints the text form of everything that a catalogue provides.
 *
 * <p>An expression is a name with settings in parentheses, {@code gmm(components=1..20,
 * covariance=full)}. A setting is a number, a word, a string in quotes, a list {@code [64, 64]}, a
 * size ({@code auto}, {@code 3}, {@code 1..20}) or an expression. Settings left out have their
 * defaults; the first ones may be given without their keys, in the order of {@link Catalogue#keys};
 * empty parentheses may be left out. A structure takes the estimator that it goes around as {@code
 * inner}, which may stand last without its key.
 *
 * <p>What {@link #print} prints has every key, and {@link #parse} makes an equal object of it.
 */
public final class Expressions {

  /** The key of a structure's estimator. */
  static final String INNER = "inner";

  private final Catalogue catalogue;

  /** Expressions in the names of one catalogue. */
  public Expressions(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** The names. */
  public Catalogue catalogue() {
    return catalogue;
  }

  /**
   * Makes what the text describes.
   *
   * @param role what is wanted, such as {@code ScoreEstimator.class} or {@code Pipeline.class}
   * @throws ExpressionException if the text has an error, with its place; nothing else is thrown,
   *     whatever the text
   */
  public <T> T parse(Class<T> role, String text) {
    Syntax.Node node = Syntax.read(text);
    return role.cast(new Binding(text, List.of()).part(role, node, ""));
  }

  /**
   * The text of something that a provider of the catalogue made.
   *
   * @throws IllegalArgumentException if it, or a part of it, is from no provider
   */
  public String print(Object made) {
    return print(made, Style.STRICT);
  }

  /**
   * The text with those keys only whose values are not the defaults; for people to read.
   *
   * @throws IllegalArgumentException if it, or a part of it, is from no provider
   */
  public String brief(Object made) {
    return print(made, Style.BRIEF);
  }

  /**
   * The same with some of its parts changed, the innermost first.
   *
   * @param change gives for a part the one of the same role to put in its place, or the part itself
   * @throws IllegalArgumentException if it, or a part of it, is from no provider, or a provider
   *     refuses its settings with the changed part
   */
  public <T> T changed(Class<T> role, T made, UnaryOperator<Object> change) {
    return role.cast(changed(made, change, 0));
  }

  /**
   * Something and all its parts, the innermost first.
   *
   * @throws IllegalArgumentException if it, or a part of it, is from no provider
   */
  public List<Object> parts(Object made) {
    List<Object> parts = new ArrayList<>();
    changed(
        made,
        part -> {
          parts.add(part);
          return part;
        },
        0);
    return parts;
  }

  private Object changed(Object made, UnaryOperator<Object> change, int depth) {
    checkDepth(depth);
    Made found = requireMade(made);
    List<RecordSettings.Component> components = found.entry().settings().components();
    Object[] values = new Object[components.size()];
    boolean same = true;
    for (int i = 0; i < values.length; i++) {
      Object before = found.entry().settings().value(components.get(i), found.settings());
      values[i] = changed(components.get(i).kind(), before, change, depth + 1);
      same &= values[i].equals(before);
    }
    Object inner = made instanceof Structured around ? around.inner() : null;
    Object within = inner == null ? null : changed(inner, change, depth + 1);
    if (same && Objects.equals(inner, within)) {
      return change.apply(made);
    }
    Provider<?> provider = found.entry().provider();
    Object remade = provider.role().cast(provider.create(found.entry().settings().make(values)));
    return change.apply(
        within == null ? remade : ((Structure) remade).around((ScoreEstimator) within));
  }

  private Object changed(Kind kind, Object value, UnaryOperator<Object> change, int depth) {
    if (kind instanceof Kind.Many many) {
      List<Object> items = new ArrayList<>();
      ((List<?>) value).forEach(item -> items.add(changed(many.item(), item, change, depth)));
      return List.copyOf(items);
    }
    return kind instanceof Kind.Part ? changed(value, change, depth) : value;
  }

  /** What a text has, and what it may have. */
  private enum Style {
    /** Every key; every part from a provider. */
    STRICT,
    /** Every key; parts from no provider print as they please. */
    LENIENT,
    /** Keys that differ from their defaults; every part from a provider. */
    BRIEF
  }

  /**
   * The text of something with every key.
   *
   * @param lenient whether parts from no provider may print as they please
   */
  String print(Object made, boolean lenient) {
    return print(made, lenient ? Style.LENIENT : Style.STRICT);
  }

  private String print(Object made, Style style) {
    StringBuilder out = new StringBuilder();
    print(made, style, out, new TreeSet<>(), 0);
    return out.toString();
  }

  /** The names of all providers that took part in making something. */
  SortedSet<String> providersOf(Object made) {
    SortedSet<String> used = new TreeSet<>();
    print(made, Style.LENIENT, new StringBuilder(), used, 0);
    return used;
  }

  /** Adds a problem for every default that cannot be what it stands for. */
  void checkDefaults(List<String> problems) {
    catalogue
        .entries()
        .forEach(
            (name, entry) -> {
              for (RecordSettings.Component part : entry.settings().components()) {
                try {
                  if (part.initial().isPresent()) {
                    String text = part.initial().get();
                    String where = "'" + part.key() + "' of '" + name + "'";
                    new Binding(text, List.of(name)).value(part.kind(), Syntax.read(text), where);
                  }
                } catch (ExpressionException e) {
                  if (!e.missingProvider()) {
                    problems.add(
                        entry.whence()
                            + ": the default of '"
                            + part.key()
                            + "' of '"
                            + name
                            + "' is wrong: "
                            + e.problem());
                  }
                }
              }
            });
  }

  private void print(
      Object made, Style style, StringBuilder out, SortedSet<String> used, int depth) {
    checkDepth(depth);
    if (style == Style.LENIENT && whoMade(made).isEmpty()) {
      out.append(made);
      return;
    }
    Made found = requireMade(made);
    Catalogue.Entry entry = found.entry();
    used.add(entry.provider().name());
    out.append(entry.provider().name()).append('(');
    String separator = "";
    for (RecordSettings.Component part : entry.settings().components()) {
      Object value = entry.settings().value(part, found.settings());
      if (style == Style.BRIEF && isDefault(part, value)) {
        continue;
      }
      out.append(separator).append(part.key()).append('=');
      print(part.kind(), value, style, out, used, depth + 1);
      separator = ", ";
    }
    if (made instanceof Structured around) {
      out.append(separator).append(INNER).append('=');
      print(around.inner(), style, out, used, depth + 1);
    }
    out.append(')');
  }

  private boolean isDefault(RecordSettings.Component part, Object value) {
    return part.initial()
        .filter(
            text ->
                new Binding(text, List.of())
                    .value(part.kind(), Syntax.read(text), part.key())
                    .equals(value))
        .isPresent();
  }

  private void print(
      Kind kind, Object value, Style style, StringBuilder out, SortedSet<String> used, int depth) {
    if (kind instanceof Kind.Part) {
      print(value, style, out, used, depth);
    } else if (kind instanceof Kind.Many many) {
      out.append('[');
      String separator = "";
      for (Object item : (List<?>) value) {
        out.append(separator);
        print(many.item(), item, style, out, used, depth + 1);
        separator = ", ";
      }
      out.append(']');
    } else if (kind instanceof Kind.Real) {
      out.append(Numbers.print((Double) value));
    } else if (kind instanceof Kind.Words) {
      String text = (String) value;
      out.append(Syntax.plainWord(text) ? text : Syntax.quoted(text));
    } else if (kind instanceof Kind.Choice) {
      out.append(Kind.Choice.text((Enum<?>) value));
    } else if (kind instanceof Kind.Parsed) {
      String text = value.toString();
      out.append(Syntax.standsAlone(text) ? text : Syntax.quoted(text));
    } else {
      out.append(value);
    }
  }

  /** A provider and the settings from which it made something. */
  private record Made(Catalogue.Entry entry, Record settings) {}

  private static void checkDepth(int depth) {
    if (depth > Syntax.MAX_DEPTH) {
      throw new IllegalArgumentException(
          "need at most " + Syntax.MAX_DEPTH + " levels of nesting to print");
    }
  }

  private Made requireMade(Object made) {
    return whoMade(made)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no provider makes "
                        + (made instanceof Structured around ? around.structure() : made)
                            .getClass()
                            .getName()
                        + ", so it has no expression. There are "
                        + catalogue.entries().keySet()));
  }

  private Optional<Made> whoMade(Object made) {
    Object own = made instanceof Structured around ? around.structure() : made;
    for (Catalogue.Entry entry : catalogue.entries().values()) {
      Optional<Record> settings = entry.provider().settingsOf(own);
      if (settings.isPresent()) {
        return Optional.of(new Made(entry, settings.get()));
      }
    }
    return Optional.empty();
  }

  /** The names of providers that can stand where {@code role} is wanted. */
  private List<String> namesFor(Class<?> role) {
    List<String> names = new ArrayList<>();
    catalogue
        .entries()
        .forEach(
            (name, entry) -> {
              if (fits(entry.provider(), role)) {
                names.add(name);
              }
            });
    return names;
  }

  private static boolean fits(Provider<?> provider, Class<?> role) {
    return role.isAssignableFrom(provider.role()) || goesAround(provider, role);
  }

  /** Whether the provider's structure, around an inner estimator, is what is wanted. */
  private static boolean goesAround(Provider<?> provider, Class<?> role) {
    return role == ScoreEstimator.class && provider.role() == Structure.class;
  }

  /** Gives the nodes of one text their meaning. */
  private final class Binding {
    private final String text;

    /** The providers whose defaults are being read, outermost first. */
    private final List<String> expanding;

    Binding(String text, List<String> expanding) {
      this.text = text;
      this.expanding = expanding;
    }

    /**
     * Makes something of a role.
     *
     * @param where the setting that it is for, such as {@code 'inner' of 'subspace'}, or nothing
     */
    Object part(Class<?> role, Syntax.Node node, String where) {
      String name;
      List<Syntax.Argument> arguments = List.of();
      if (node instanceof Syntax.Call call) {
        name = call.name();
        arguments = call.arguments();
      } else if (node instanceof Syntax.Atom atom) {
        name = atom.text();
      } else {
        throw mismatch(new Kind.Part(role), node, where);
      }
      Catalogue.Entry entry = catalogue.entries().get(name);
      if (entry == null) {
        throw unknown(role, name, node);
      }
      Provider<?> provider = entry.provider();
      if (!fits(provider, role)) {
        throw error(
            node.start(),
            "need "
                + new Kind.Part(role).describe()
                + forWhere(where)
                + ", but '"
                + name
                + "' is "
                + new Kind.Part(provider.role()).describe()
                + ". There are "
                + namesFor(role));
      }
      return make(entry, goesAround(provider, role), arguments, node);
    }

    private Object make(
        Catalogue.Entry entry, boolean around, List<Syntax.Argument> arguments, Syntax.Node node) {
      String name = entry.provider().name();
      List<String> keys = new ArrayList<>(entry.settings().keys());
      if (around) {
        keys.add(INNER);
      }
      Map<String, Syntax.Node> given = assign(name, keys, around, arguments);
      List<String> missing = new ArrayList<>();
      for (RecordSettings.Component part : entry.settings().components()) {
        if (part.initial().isEmpty() && !given.containsKey(part.key())) {
          missing.add(part.key() + "=<" + part.kind().describe() + ">");
        }
      }
      if (around && !given.containsKey(INNER)) {
        missing.add(INNER + "=<a score estimator>");
      }
      if (!missing.isEmpty()) {
        throw error(
            node.start(),
            "'" + name + "' lacks what it must be given: " + String.join(", ", missing));
      }
      List<RecordSettings.Component> components = entry.settings().components();
      Object[] values = new Object[components.size()];
      for (int i = 0; i < values.length; i++) {
        RecordSettings.Component part = components.get(i);
        Syntax.Node value = given.get(part.key());
        String where = "'" + part.key() + "' of '" + name + "'";
        values[i] =
            value == null ? initial(part, name, where, node) : value(part.kind(), value, where);
      }
      Object made = created(entry, values, node);
      if (!around) {
        return made;
      }
      ScoreEstimator inner =
          (ScoreEstimator)
              part(ScoreEstimator.class, given.get(INNER), "'" + INNER + "' of '" + name + "'");
      return ((Structure) made).around(inner);
    }

    private Map<String, Syntax.Node> assign(
        String name, List<String> keys, boolean around, List<Syntax.Argument> arguments) {
      Map<String, Syntax.Node> given = new LinkedHashMap<>();
      boolean named = false;
      for (int i = 0; i < arguments.size(); i++) {
        Syntax.Argument argument = arguments.get(i);
        String key = argument.key();
        if (key == null) {
          if (named) {
            throw error(argument.start(), "need a key before this value, as one stands before it");
          }
          if (i >= keys.size()) {
            throw error(
                argument.start(),
                keys.isEmpty()
                    ? "'" + name + "' takes no settings"
                    : "too many values: '" + name + "' has the keys " + keys);
          }
          boolean last = i == arguments.size() - 1;
          key = last && around && isEstimator(argument.value()) ? INNER : keys.get(i);
        } else {
          named = true;
          if (!keys.contains(key)) {
            throw error(
                argument.start(),
                "'"
                    + name
                    + "' has no key '"
                    + shortened(key)
                    + "'"
                    + NearMisses.clause(
                        key, keys, keys.isEmpty() ? "It takes no settings" : "It has " + keys));
          }
        }
        if (given.put(key, argument.value()) != null) {
          throw error(argument.start(), "'" + key + "' of '" + name + "' is given twice");
        }
      }
      return given;
    }

    private boolean isEstimator(Syntax.Node node) {
      String name =
          node instanceof Syntax.Call call
              ? call.name()
              : node instanceof Syntax.Atom atom ? atom.text() : "";
      Catalogue.Entry entry = catalogue.entries().get(name);
      return entry != null && fits(entry.provider(), ScoreEstimator.class);
    }

    private Object initial(
        RecordSettings.Component part, String name, String where, Syntax.Node node) {
      String initial = part.initial().orElseThrow();
      try {
        if (expanding.contains(name)) {
          throw new ExpressionException("it contains itself", initial, 0);
        }
        List<String> deeper = new ArrayList<>(expanding);
        deeper.add(name);
        return new Binding(initial, deeper).value(part.kind(), Syntax.read(initial), where);
      } catch (ExpressionException e) {
        throw new ExpressionException(
            "the default of " + where + ", " + initial + ", cannot be used: " + e.problem(),
            text,
            node.start(),
            e.missingProvider(),
            e);
      }
    }

    private Object created(Catalogue.Entry entry, Object[] values, Syntax.Node node) {
      Provider<?> provider = entry.provider();
      try {
        return provider.role().cast(provider.create(entry.settings().make(values)));
      } catch (RuntimeException e) {
        throw new ExpressionException(
            "'" + provider.name() + "' refuses its settings: " + reason(e),
            text,
            node.start(),
            false,
            e);
      }
    }

    Object value(Kind kind, Syntax.Node node, String where) {
      if (kind instanceof Kind.Part part) {
        return part(part.role(), node, where);
      }
      if (kind instanceof Kind.Many many) {
        if (!(node instanceof Syntax.Items items)) {
          throw mismatch(kind, node, where);
        }
        List<Object> all = new ArrayList<>();
        items.items().forEach(item -> all.add(value(many.item(), item, where)));
        return List.copyOf(all);
      }
      if (kind instanceof Kind.Parsed parsed) {
        return parsed(parsed, node, where);
      }
      if (kind instanceof Kind.Words) {
        if (node instanceof Syntax.Quoted quoted) {
          return quoted.text();
        }
        if (node instanceof Syntax.Atom atom) {
          return atom.text();
        }
        throw mismatch(kind, node, where);
      }
      if (!(node instanceof Syntax.Atom atom)) {
        throw mismatch(kind, node, where);
      }
      if (kind instanceof Kind.Whole whole) {
        return whole(whole, atom, where);
      }
      if (kind instanceof Kind.Real) {
        return Numbers.parse(atom.text()).orElseThrow(() -> mismatch(kind, node, where));
      }
      if (kind instanceof Kind.Truth) {
        if (atom.text().equals("true") || atom.text().equals("false")) {
          return atom.text().equals("true");
        }
        throw mismatch(kind, node, where);
      }
      Kind.Choice choice = (Kind.Choice) kind;
      for (Enum<?> constant : choice.constants()) {
        if (Kind.Choice.text(constant).equals(atom.text())) {
          return constant;
        }
      }
      throw error(
          node.start(),
          "need "
              + choice.describe()
              + forWhere(where)
              + ", got '"
              + shortened(atom.text())
              + "'"
              + NearMisses.clause(atom.text(), choice.names()));
    }

    private Object whole(Kind.Whole kind, Syntax.Atom atom, String where) {
      if (!atom.text().matches("[+-]?[0-9]+")) {
        throw mismatch(kind, atom, where);
      }
      try {
        long value = Long.parseLong(atom.text());
        if (value >= kind.least() && value <= kind.greatest()) {
          return kind.equals(Kind.Whole.INT) ? (Object) (int) value : (Object) value;
        }
      } catch (NumberFormatException e) {
        throw outOfRange(kind, atom, where);
      }
      throw outOfRange(kind, atom, where);
    }

    private ExpressionException outOfRange(Kind.Whole kind, Syntax.Atom atom, String where) {
      return error(
          atom.start(),
          "need a whole number from "
              + kind.least()
              + " to "
              + kind.greatest()
              + forWhere(where)
              + ", got "
              + shortened(atom.text()));
    }

    private Object parsed(Kind.Parsed kind, Syntax.Node node, String where) {
      String source =
          node instanceof Syntax.Quoted quoted
              ? quoted.text()
              : text.substring(node.start(), node.end());
      try {
        return kind.type().cast(kind.read(source));
      } catch (RuntimeException e) {
        String what = where.isEmpty() ? kind.describe() : where;
        throw new ExpressionException(
            what + " cannot be '" + shortened(source) + "': " + reason(e),
            text,
            node.start(),
            false,
            e);
      }
    }

    private ExpressionException unknown(Class<?> role, String name, Syntax.Node node) {
      List<String> names = namesFor(role);
      Collection<String> near = names;
      if (NearMisses.of(name, names).isEmpty()) {
        near = catalogue.entries().keySet();
      }
      String problem =
          "no "
              + Kind.spaced(role)
              + " is named '"
              + shortened(name)
              + "'"
              + NearMisses.clause(
                  name, near, names.isEmpty() ? "None is there" : "There are " + names);
      return new ExpressionException(problem, text, node.start(), true, null);
    }

    private ExpressionException mismatch(Kind kind, Syntax.Node node, String where) {
      String got = shortened(text.substring(node.start(), node.end()));
      return error(
          node.start(), "need " + kind.describe() + forWhere(where) + ", got '" + got + "'");
    }

    private ExpressionException error(int position, String problem) {
      return new ExpressionException(problem, text, position);
    }
  }

  private static String forWhere(String where) {
    return where.isEmpty() ? "" : " for " + where;
  }

  private static String reason(RuntimeException e) {
    boolean says = e instanceof IllegalArgumentException && e.getMessage() != null;
    return says ? e.getMessage() : e.toString();
  }

  /** At most 40 characters on one line. */
  private static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= 40 ? line : line.substring(0, 37) + "...";
  }
}
