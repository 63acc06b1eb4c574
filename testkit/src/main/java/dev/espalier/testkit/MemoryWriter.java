package dev.espalier.testkit;

import dev.espalier.api.Plugin;
import dev.espalier.api.Score;
import dev.espalier.api.Stored;
import dev.espalier.api.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A writer that keeps a fitted score in memory and hands out a {@link MemoryReader}. */
public final class MemoryWriter implements Writer {
  private final String provider;
  private final Map<String, Tensor> tensors = new TreeMap<>();
  private final Map<String, String> texts = new TreeMap<>();
  private final Map<String, MemoryWriter> parts = new TreeMap<>();

  private MemoryWriter(String provider) {
    this.provider = provider;
  }

  /**
   * Writes a score.
   *
   * @throws IllegalArgumentException if it is not {@link Stored}
   */
  public static MemoryWriter of(Score score) {
    Stored stored =
        score
            .ability(Stored.class)
            .orElseThrow(
                () -> new IllegalArgumentException("need a score that is Stored, got " + score));
    MemoryWriter writer = new MemoryWriter(stored.provider());
    stored.write(writer);
    return writer;
  }

  /** A reader of what was written, which asks the providers of these plugins. */
  public MemoryReader reader(List<Plugin> plugins) {
    return new MemoryReader(this, plugins);
  }

  /** The name of the provider that reads this back. */
  public String provider() {
    return provider;
  }

  @Override
  public void tensor(String name, double[] values, long... shape) {
    long product = 1;
    for (long length : shape) {
      product *= length;
    }
    if (product != values.length) {
      throw new IllegalArgumentException(
          "need as many values in '"
              + name
              + "' as the shape "
              + Arrays.toString(shape)
              + " has, got "
              + values.length);
    }
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("need finite values in '" + name + "', got " + value);
      }
    }
    claim(name);
    tensors.put(name, new Tensor(values.clone(), shape.clone()));
  }

  @Override
  public void text(String name, String value) {
    claim(name);
    texts.put(name, value);
  }

  @Override
  public void part(String name, Score part) {
    claim(name);
    parts.put(name, of(part));
  }

  private void claim(String name) {
    if (!name.matches("[a-z][a-zA-Z0-9_]*")) {
      throw new IllegalArgumentException("need one word like 'mean' as a name, got '" + name + "'");
    }
    if (has(name)) {
      throw new IllegalArgumentException("need every name used once, got '" + name + "' again");
    }
  }

  boolean has(String name) {
    return tensors.containsKey(name) || texts.containsKey(name) || parts.containsKey(name);
  }

  Map<String, Tensor> tensors() {
    return tensors;
  }

  Map<String, String> texts() {
    return texts;
  }

  Map<String, MemoryWriter> parts() {
    return parts;
  }

  /** Numbers and their shape. */
  static final class Tensor {
    final double[] values;
    final long[] shape;

    Tensor(double[] values, long[] shape) {
      this.values = values;
      this.shape = shape;
    }
  }
}
