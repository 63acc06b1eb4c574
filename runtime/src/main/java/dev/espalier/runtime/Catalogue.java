package dev.espalier.runtime;

import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Structure;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;

/**
 * What all plugins provide, by name. Immutable.
 *
 * <p>Being in the catalogue makes a provider available and changes nothing until an expression
 * names it. Two providers of one name are an error, as is anything that would make a provider fail
 * later for want of a proper name or settings record; all such problems are reported at once.
 */
public final class Catalogue {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*");

  /** A provider with where it came from and its settings. */
  record Entry(Provider<?> provider, Origin origin, RecordSettings settings) {
    String whence() {
      return origin.plugin() + " from " + origin.location();
    }
  }

  private final ClassLoader loader;
  private final List<Plugin> plugins;
  private final SortedMap<String, Entry> entries = new TreeMap<>();

  private Catalogue(
      ClassLoader loader,
      List<Plugin> plugins,
      List<String> problems,
      Function<String, ? extends RuntimeException> failure) {
    this.loader = loader;
    this.plugins = List.copyOf(plugins);
    add(new RuntimePlugin(new PipelineProvider(this), new AutoProvider(this)), problems);
    this.plugins.forEach(plugin -> add(plugin, problems));
    if (problems.isEmpty()) {
      new Expressions(this).checkDefaults(problems);
    }
    if (!problems.isEmpty()) {
      throw failure.apply(String.join("\n", problems));
    }
  }

  /**
   * The plugins that the context class loader of the calling thread sees.
   *
   * @throws InvalidDataException if a plugin is broken or two claim one name; the message names
   *     files and classes
   */
  public static Catalogue discover() {
    return discover(contextLoader());
  }

  /**
   * The plugins that a class loader sees.
   *
   * @throws InvalidDataException as for {@link #discover()}
   */
  public static Catalogue discover(ClassLoader loader) {
    List<String> problems = new ArrayList<>();
    return new Catalogue(loader, load(loader, problems), problems, InvalidDataException::new);
  }

  /**
   * The plugins of all jars in a folder, beside those of the context class loader.
   *
   * <p>The jars stay open as long as anything made from them is in use.
   *
   * @throws InvalidDataException if the folder is not there or has no plugin, a jar is not
   *     readable, and as for {@link #discover()}
   */
  public static Catalogue discover(Path folder) {
    List<Path> jars = jars(folder);
    URL[] addresses = new URL[jars.size()];
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] = address(jars.get(i));
    }
    ClassLoader parent = contextLoader();
    ClassLoader loader = new URLClassLoader("plugins", addresses, parent);
    List<String> problems = new ArrayList<>();
    List<Plugin> found = load(loader, problems);
    boolean nothingNew =
        problems.isEmpty()
            && found.stream().noneMatch(plugin -> plugin.getClass().getClassLoader() == loader);
    if (nothingNew) {
      problems.add(
          "none of the jars in '"
              + folder
              + "' has a plugin: "
              + jars.stream().map(jar -> jar.getFileName().toString()).toList()
              + ". A plugin's jar has a file "
              + ServicesFiles.NAME);
    }
    return new Catalogue(loader, found, problems, InvalidDataException::new);
  }

  /**
   * The given plugins and no others.
   *
   * @throws IllegalArgumentException if a plugin is broken or two claim one name
   */
  public static Catalogue of(Collection<? extends Plugin> plugins) {
    return of(contextLoader(), List.copyOf(plugins));
  }

  /**
   * This catalogue with more plugins.
   *
   * @throws IllegalArgumentException if a plugin is broken or claims a name that is taken
   */
  public Catalogue with(Collection<? extends Plugin> more) {
    List<Plugin> all = new ArrayList<>(plugins);
    all.addAll(more);
    return of(loader, all);
  }

  private static Catalogue of(ClassLoader loader, List<Plugin> plugins) {
    return new Catalogue(loader, plugins, new ArrayList<>(), IllegalArgumentException::new);
  }

  /**
   * The class loader in which plugins were looked for. What they made and was serialized is read
   * back by a thread with this context class loader.
   */
  public ClassLoader loader() {
    return loader;
  }

  /** All providers, sorted by name. */
  public List<Provider<?>> providers() {
    return entries.values().stream().<Provider<?>>map(Entry::provider).toList();
  }

  /** The provider of a name, if there is one. */
  public Optional<Provider<?>> find(String name) {
    return Optional.ofNullable(entries.get(name)).map(Entry::provider);
  }

  /**
   * The provider of a name.
   *
   * @throws IllegalArgumentException if there is none, naming near misses and what there is
   */
  public Provider<?> require(String name) {
    return entry(name).provider();
  }

  /**
   * Where the provider of a name came from.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Origin origin(String name) {
    return entry(name).origin();
  }

  /**
   * The keys that the expression of a name takes, in the order in which they may stand without
   * their key.
   *
   * @throws IllegalArgumentException if there is no such provider
   */
  public List<SettingKey> keys(String name) {
    Entry entry = entry(name);
    List<SettingKey> keys = new ArrayList<>();
    entry
        .settings()
        .components()
        .forEach(
            part ->
                keys.add(
                    new SettingKey(
                        part.key(), part.kind().describe(), part.initial(), part.help())));
    if (entry.provider().role() == Structure.class) {
      keys.add(
          new SettingKey(
              Expressions.INNER,
              new Kind.Part(ScoreEstimator.class).describe(),
              Optional.empty(),
              "learns the smaller scores that this structure makes"));
    }
    return List.copyOf(keys);
  }

  /** The entries, sorted by name. */
  SortedMap<String, Entry> entries() {
    return entries;
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          "no provider is named '"
              + name
              + "'"
              + NearMisses.clause(
                  name,
                  entries.keySet(),
                  "There are "
                      + entries.keySet()
                      + "; a plugin must be on the class path or in the folder of plugins"));
    }
    return entry;
  }

  private void add(Plugin plugin, List<String> problems) {
    Origin origin = Origin.of(plugin.getClass());
    List<Provider<?>> provided;
    try {
      provided = List.copyOf(plugin.providers());
    } catch (RuntimeException | LinkageError e) {
      problems.add(
          "the plugin "
              + origin.plugin()
              + " from "
              + origin.location()
              + " does not say what it"
              + " provides: "
              + e);
      return;
    }
    provided.forEach(provider -> add(provider, origin, problems));
  }

  private void add(Provider<?> provider, Origin origin, List<String> problems) {
    List<String> own = new ArrayList<>();
    String name = provider.name();
    if (!NAME.matcher(name).matches()) {
      own.add("need a name like 'gmm', lower-case letters and digits, got '" + name + "'");
    }
    if (!provider.role().isInterface() && provider.role() != Pipeline.class) {
      own.add("need an interface as the role of '" + name + "', got " + provider.role().getName());
    }
    Optional<RecordSettings> settings = RecordSettings.of(provider.settings(), own);
    if (provider.role() == Structure.class
        && settings.filter(each -> each.keys().contains(Expressions.INNER)).isPresent()) {
      own.add("the structure '" + name + "' has a key 'inner', which is the inner estimator's");
    }
    if (settings.isEmpty() || !own.isEmpty()) {
      String whence = origin.plugin() + " from " + origin.location() + ": ";
      own.forEach(problem -> problems.add(whence + problem));
      return;
    }
    Entry entry = new Entry(provider, origin, settings.get());
    Entry before = entries.putIfAbsent(name, entry);
    if (before != null) {
      problems.add(
          "two providers are named '"
              + name
              + "': one of "
              + before.whence()
              + ", one of "
              + entry.whence()
              + ". Remove one of them");
    }
  }

  private static ClassLoader contextLoader() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context == null ? Catalogue.class.getClassLoader() : context;
  }

  /** The one place that asks the service loader. */
  private static List<Plugin> load(ClassLoader loader, List<String> problems) {
    ServicesFiles files = ServicesFiles.seenBy(loader);
    problems.addAll(files.duplicates());
    List<Plugin> found = new ArrayList<>();
    try {
      List<ServiceLoader.Provider<Plugin>> lines =
          ServiceLoader.load(Plugin.class, loader).stream().collect(Collectors.toList());
      for (ServiceLoader.Provider<Plugin> line : lines) {
        instantiate(line, files, problems).ifPresent(found::add);
      }
    } catch (ServiceConfigurationError e) {
      List<String> broken = files.broken(loader);
      problems.addAll(broken.isEmpty() ? List.of(String.valueOf(e.getMessage())) : broken);
    }
    return found;
  }

  private static Optional<Plugin> instantiate(
      ServiceLoader.Provider<Plugin> line, ServicesFiles files, List<String> problems) {
    try {
      return Optional.of(line.get());
    } catch (ServiceConfigurationError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      problems.add(
          files.placeOf(line.type())
              + " names "
              + line.type().getName()
              + ", whose constructor failed: "
              + cause);
      return Optional.empty();
    }
  }

  /**
   * The jars of a folder of plugins, sorted.
   *
   * @throws InvalidDataException if the folder is not there or empty, or a jar is not readable
   */
  public static List<Path> jars(Path folder) {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
      files.forEach(jars::add);
    } catch (NotDirectoryException e) {
      throw new InvalidDataException("need a folder of plugin jars, got the file '" + folder + "'");
    } catch (IOException e) {
      throw new InvalidDataException(
          "cannot read the folder of plugins '"
              + folder
              + "'"
              + (Files.exists(folder) ? ": " + e.getMessage() : ": there is none"),
          e);
    }
    if (jars.isEmpty()) {
      throw new InvalidDataException(
          "need at least one jar in the folder '" + folder + "', got none");
    }
    jars.sort(null);
    jars.forEach(Catalogue::checkJar);
    return jars;
  }

  private static void checkJar(Path jar) {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      zip.size();
    } catch (IOException e) {
      throw new InvalidDataException(
          "cannot read '" + jar + "' as a jar: " + e.getMessage() + ". Replace or remove it", e);
    }
  }

  private static URL address(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("a file has an address: " + jar, e);
    }
  }

  @Override
  public String toString() {
    return "Catalogue"
        + entries.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    each -> each.getValue().whence(),
                    (a, b) -> a,
                    TreeMap::new));
  }
}
