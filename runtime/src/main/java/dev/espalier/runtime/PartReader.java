package dev.espalier.runtime;

import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Provider;
import dev.espalier.api.Reader;
import dev.espalier.api.Score;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One part of a model that was read, and the parts in it. */
final class PartReader implements Reader {
  private final String source;
  private final String path;
  private final @Nullable String provider;
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, TensorFile.Tensor> tensors = new LinkedHashMap<>();
  private final Map<String, PartReader> parts = new LinkedHashMap<>();
  private final Map<String, Provider<?>> providers;

  private PartReader(
      String source, String path, @Nullable String provider, Map<String, Provider<?>> providers) {
    this.source = source;
    this.path = path;
    this.provider = provider;
    this.providers = providers;
  }

  /**
   * The tree of parts, checked: every entry belongs to a part, no two share a name, and every part
   * has a provider that is there. Nothing is built yet.
   *
   * @param source what errors call the file
   * @param roots the names at the top; one that nothing was written under is left out
   */
  static Map<String, PartReader> tree(
      String source, TensorFile file, List<String> roots, Collection<Provider<?>> available) {
    Map<String, Provider<?>> providers = new TreeMap<>();
    available.forEach(each -> providers.put(each.name(), each));
    Tree tree = new Tree(source, roots, providers);
    TreeMap<String, String> parts = new TreeMap<>();
    file.texts()
        .forEach(
            (key, value) -> {
              if (key.endsWith(PartName.PROVIDER)) {
                parts.put(key.substring(0, key.length() - PartName.PROVIDER.length()), value);
              }
            });
    parts.forEach(tree::part);
    file.texts()
        .forEach(
            (key, value) -> {
              if (!key.endsWith(PartName.PROVIDER) && !key.startsWith(ModelMetadata.PREFIX)) {
                tree.around(key).texts.put(tree.name(key), value);
              }
            });
    file.tensors().forEach((key, value) -> tree.around(key).tensors.put(tree.name(key), value));
    tree.check(parts.values());
    return tree.tops;
  }

  /** A tree that grows from the top; a path sorts before what is below it. */
  private static final class Tree {
    private final String source;
    private final List<String> roots;
    private final Map<String, Provider<?>> providers;
    private final Map<String, PartReader> all = new LinkedHashMap<>();
    private final Map<String, PartReader> tops = new LinkedHashMap<>();

    Tree(String source, List<String> roots, Map<String, Provider<?>> providers) {
      this.source = source;
      this.roots = roots;
      this.providers = providers;
    }

    void part(String path, String provider) {
      if (!PartName.isProvider(provider)) {
        throw damaged("need a provider's name, got " + Quote.of(provider));
      }
      PartReader part = new PartReader(source, path, provider, providers);
      if (roots.contains(path)) {
        tops.put(path, part);
      } else {
        around(path).parts.put(name(path), part);
      }
      all.put(path, part);
    }

    /** The part that an entry of this key stands in. */
    PartReader around(String key) {
      int dot = key.lastIndexOf('.');
      String path = dot < 0 ? "" : key.substring(0, dot);
      PartReader part = all.get(path);
      if (part == null && roots.contains(path)) {
        part = new PartReader(source, path, null, providers);
        all.put(path, part);
        tops.put(path, part);
      }
      if (part == null) {
        throw damaged(Quote.of(key) + " belongs to no part of the model");
      }
      if (path.chars().filter(c -> c == '.').count() >= PartName.DEEPEST) {
        throw damaged("need parts nested at most " + PartName.DEEPEST + " deep");
      }
      if (part.has(name(key))) {
        throw damaged(Quote.of(key) + " is there twice");
      }
      return part;
    }

    /** The name within the part. */
    String name(String key) {
      String name = key.substring(key.lastIndexOf('.') + 1);
      if (!PartName.isEntry(name)) {
        throw damaged("need a name of letters, digits and '_', got " + Quote.of(key));
      }
      return name;
    }

    void check(Collection<String> needed) {
      TreeSet<String> missing = new TreeSet<>(needed);
      missing.removeAll(providers.keySet());
      if (!missing.isEmpty()) {
        throw new InvalidDataException(
            "the model needs a plugin that provides "
                + String.join(" and one that provides ", missing.stream().map(Quote::of).toList())
                + "; the class path has "
                + providers.keySet()
                + ". Add the plugin's jar to open "
                + source);
      }
    }

    private InvalidDataException damaged(String what) {
      return new InvalidDataException(source + " is damaged: " + what);
    }
  }

  /**
   * The score that this part is.
   *
   * @throws InvalidDataException if its provider cannot restore it
   */
  Score score() {
    if (provider == null) {
      throw new InvalidDataException(
          source + " is damaged: it names no provider of " + Quote.of(path));
    }
    try {
      return providers.get(provider).read(this);
    } catch (RuntimeException e) {
      String words = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
      if (e instanceof InvalidDataException && words.contains(source)) {
        throw e;
      }
      throw new InvalidDataException(
          source
              + " is damaged: '"
              + provider
              + "' cannot restore "
              + Quote.of(path)
              + ": "
              + words,
          e);
    }
  }

  @Override
  public double[] tensor(String name, long... shape) {
    TensorFile.Tensor tensor = require(name);
    if (!tensor.fits(shape)) {
      throw new InvalidDataException(
          "need numbers of shape "
              + shown(shape)
              + " in '"
              + PartName.join(path, name)
              + "' of "
              + source
              + ", got "
              + shown(tensor.shape()));
    }
    return tensor.values();
  }

  private static String shown(long[] shape) {
    List<String> lengths = new ArrayList<>();
    for (long length : shape) {
      lengths.add(length < 0 ? "any" : Long.toString(length));
    }
    return lengths.toString();
  }

  @Override
  public byte[] bytes(String name) {
    TensorFile.Tensor tensor = require(name);
    return tensor.isBytes() ? tensor.bytes() : Reader.super.bytes(name);
  }

  @Override
  public long[] shape(String name) {
    return require(name).shape();
  }

  private TensorFile.Tensor require(String name) {
    TensorFile.Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw missing("numbers", name, tensors.keySet());
    }
    return tensor;
  }

  @Override
  public String text(String name) {
    String text = texts.get(name);
    if (text == null) {
      throw missing("words", name, texts.keySet());
    }
    return text;
  }

  @Override
  public Score part(String name) {
    PartReader part = parts.get(name);
    if (part == null) {
      throw missing("a part", name, parts.keySet());
    }
    return part.score();
  }

  private InvalidDataException missing(String kind, String name, Collection<String> there) {
    return new InvalidDataException(
        "need "
            + kind
            + " '"
            + PartName.join(path, name)
            + "' in "
            + source
            + ", got "
            + Quote.plain(there.toString(), 200));
  }

  @Override
  public boolean has(String name) {
    return texts.containsKey(name) || tensors.containsKey(name) || parts.containsKey(name);
  }
}
