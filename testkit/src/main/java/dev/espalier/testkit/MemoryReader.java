package dev.espalier.testkit;

import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import dev.espalier.api.Reader;
import dev.espalier.api.Score;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A reader of what a {@link MemoryWriter} kept. */
public final class MemoryReader implements Reader {
  private final MemoryWriter written;
  private final List<Plugin> plugins;

  MemoryReader(MemoryWriter written, List<Plugin> plugins) {
    this.written = written;
    this.plugins = List.copyOf(plugins);
  }

  /**
   * The score, restored by its provider.
   *
   * @throws InvalidDataException if no plugin has the provider, or the provider fails
   */
  public Score score() {
    for (Plugin plugin : plugins) {
      for (Provider<?> provider : plugin.providers()) {
        if (provider.name().equals(written.provider())) {
          return provider.read(this);
        }
      }
    }
    throw new InvalidDataException(
        "need a plugin with the provider '" + written.provider() + "', got " + plugins);
  }

  @Override
  public double[] tensor(String name, long... shape) {
    MemoryWriter.Tensor tensor = need(name, written.tensors());
    boolean fits = tensor.shape.length == shape.length;
    for (int i = 0; fits && i < shape.length; i++) {
      fits = shape[i] == ANY || shape[i] == tensor.shape[i];
    }
    if (!fits) {
      throw new InvalidDataException(
          "need shape "
              + Arrays.toString(shape)
              + " in '"
              + name
              + "', got "
              + Arrays.toString(tensor.shape));
    }
    return tensor.values.clone();
  }

  @Override
  public long[] shape(String name) {
    return need(name, written.tensors()).shape.clone();
  }

  @Override
  public String text(String name) {
    return need(name, written.texts());
  }

  @Override
  public Score part(String name) {
    return need(name, written.parts()).reader(plugins).score();
  }

  @Override
  public boolean has(String name) {
    return written.has(name);
  }

  private static <T> T need(String name, Map<String, T> entries) {
    T entry = entries.get(name);
    if (entry == null) {
      throw new InvalidDataException("need an entry '" + name + "', got " + entries.keySet());
    }
    return entry;
  }
}
