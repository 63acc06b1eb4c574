package dev.espalier.runtime;

import dev.espalier.api.Score;
import dev.espalier.api.Stored;
import dev.espalier.api.Writer;

/** Counts the numbers that a score keeps in a model file. */
final class StoredNumbers implements Writer {
  private double count;

  private StoredNumbers() {}

  /** How many numbers a score keeps; 0 if it cannot be stored. */
  static double of(Score score) {
    StoredNumbers numbers = new StoredNumbers();
    numbers.part("score", score);
    return numbers.count;
  }

  @Override
  public void tensor(String name, double[] values, long... shape) {
    count += values.length;
  }

  @Override
  public void bytes(String name, byte[] values) {
    count += values.length / (double) Double.BYTES;
  }

  @Override
  public void text(String name, String value) {
    count += 0;
  }

  @Override
  public void part(String name, Score part) {
    part.ability(Stored.class).ifPresent(stored -> stored.write(this));
  }
}
