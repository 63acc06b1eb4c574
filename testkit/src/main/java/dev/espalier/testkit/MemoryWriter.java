package dev.espalier.testkit;

import dev.espalier.api.Plugin;
import dev.espalier.api.Score;
import dev.espalier.api.Stored;
import dev.espalier.api.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

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

  /** Copies with one entry each that is missing, cut short or something else. */
  List<Damaged> damaged() {
    List<Damaged> all = new ArrayList<>();
    tensors.forEach(
        (name, tensor) -> {
          all.add(damaged(name + " missing", copy -> copy.tensors.remove(name)));
          int last = tensor.values.length - 1;
          if (last < 0) {
            return;
          }
          if (tensor.shape.length == 1) {
            double[] less = Arrays.copyOf(tensor.values, last);
            all.add(
                damaged(
                    name + " cut short",
                    copy -> copy.tensors.put(name, new Tensor(less, new long[] {last}))));
          }
          for (int at : IntStream.of(0, last / 2, last).distinct().toArray()) {
            for (double other :
                new double[] {-1, 0, 0.5, tensor.values[at] + 1, Integer.MAX_VALUE}) {
              double[] values = tensor.values.clone();
              values[at] = other;
              all.add(
                  damaged(
                      name + "[" + at + "] = " + other,
                      copy -> copy.tensors.put(name, new Tensor(values, tensor.shape))));
            }
          }
        });
    texts.forEach(
        (name, text) -> {
          all.add(damaged(name + " missing", copy -> copy.texts.remove(name)));
          for (String other : List.of("", text + "x")) {
            all.add(damaged(name + " = " + other, copy -> copy.texts.put(name, other)));
          }
        });
    parts.forEach(
        (name, part) -> {
          all.add(damaged(name + " missing", copy -> copy.parts.remove(name)));
          for (Damaged inner : part.damaged()) {
            all.add(damaged(name + "." + inner.what, copy -> copy.parts.put(name, inner.written)));
          }
        });
    return all;
  }

  private Damaged damaged(String what, Consumer<MemoryWriter> damage) {
    MemoryWriter copy = new MemoryWriter(provider);
    copy.tensors.putAll(tensors);
    copy.texts.putAll(texts);
    copy.parts.putAll(parts);
    damage.accept(copy);
    return new Damaged(what, copy);
  }

  /** What was written with some damage, and where that is. */
  static final class Damaged {
    final String what;
    final MemoryWriter written;

    Damaged(String what, MemoryWriter written) {
      this.what = what;
      this.written = written;
    }
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
