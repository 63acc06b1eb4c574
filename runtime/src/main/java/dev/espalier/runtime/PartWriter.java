package dev.espalier.runtime;

import dev.espalier.api.Score;
import dev.espalier.api.Stored;
import dev.espalier.api.Writer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes one part of a model under its path, and the parts in it below that. */
final class PartWriter implements Writer {
  private final TensorFile.Builder file;
  private final String path;
  private final List<Score> around;
  private final Set<String> names = new HashSet<>();

  private PartWriter(TensorFile.Builder file, String path, List<Score> around) {
    this.file = file;
    this.path = path;
    this.around = around;
  }

  /** A writer of entries that belong to no score. */
  static PartWriter at(TensorFile.Builder file, String path) {
    return new PartWriter(file, path, List.of());
  }

  /**
   * Writes a score and all its parts.
   *
   * @throws IllegalArgumentException if it or a part cannot be stored
   */
  static void write(TensorFile.Builder file, String path, Score score) {
    write(file, path, score, List.of());
  }

  private static void write(TensorFile.Builder file, String path, Score score, List<Score> around) {
    Stored stored =
        score
            .ability(Stored.class)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "need a score that can be kept in a model file as '"
                            + path
                            + "', got "
                            + score.getClass().getName()
                            + "; it must have the ability Stored"));
    for (Score each : around) {
      if (each == score) {
        throw new IllegalArgumentException("the score '" + path + "' is a part of itself");
      }
    }
    if (around.size() == PartName.DEEPEST) {
      throw new IllegalArgumentException(
          "need parts nested at most " + PartName.DEEPEST + " deep, got '" + path + "'");
    }
    if (!PartName.isProvider(stored.provider())) {
      throw new IllegalArgumentException(
          "need a provider's name of '" + path + "', got " + Quote.of(stored.provider()));
    }
    file.text(path + PartName.PROVIDER, stored.provider());
    List<Score> inside = new ArrayList<>(around);
    inside.add(score);
    stored.write(new PartWriter(file, path, List.copyOf(inside)));
  }

  @Override
  public void tensor(String name, double[] values, long... shape) {
    file.tensor(claim(name), values, shape);
  }

  @Override
  public void tensor(String name, float[] values, long... shape) {
    file.tensor(claim(name), values, shape);
  }

  @Override
  public void bytes(String name, byte[] values) {
    file.bytes(claim(name), values);
  }

  @Override
  public void text(String name, String value) {
    file.text(claim(name), value);
  }

  @Override
  public void part(String name, Score part) {
    write(file, claim(name), part, around);
  }

  private String claim(String name) {
    if (!PartName.isEntry(name)) {
      throw new IllegalArgumentException(
          "need a name of at most 100 letters, digits and '_', the first a lower case letter, in '"
              + path
              + "', got "
              + Quote.of(name));
    }
    if (!names.add(name)) {
      throw new IllegalArgumentException(
          "need each name once in '" + path + "', got '" + name + "' again");
    }
    return PartName.join(path, name);
  }
}
