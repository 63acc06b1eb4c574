package dev.espalier.api;

/** Where a fitted score writes its numbers, words and parts, by name. */
public interface Writer {

  /**
   * Writes numbers.
   *
   * @param name one word, {@code [a-z][a-zA-Z0-9_]*}, used once
   * @param values row-major, finite, as many as the product of {@code shape}
   * @param shape no dimension for a single number
   */
  void tensor(String name, double[] values, long... shape);

  /** Writes words. */
  void text(String name, String value);

  /**
   * Writes a part of this score.
   *
   * @throws IllegalArgumentException if the part is not {@link Stored}
   */
  void part(String name, Score part);

  /** Writes one number. */
  default void number(String name, double value) {
    tensor(name, new double[] {value});
  }
}
