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

  /**
   * Writes numbers of single precision, kept as such where the place they go to can; read back by
   * {@link Reader#tensor}.
   *
   * @param name one word, {@code [a-z][a-zA-Z0-9_]*}, used once
   * @param values row-major, finite, as many as the product of {@code shape}
   * @param shape no dimension for a single number
   */
  default void tensor(String name, float[] values, long... shape) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    tensor(name, wide, shape);
  }

  /**
   * Writes bytes, kept as such where the place they go to can; read back by {@link Reader#bytes}.
   *
   * @param name one word, {@code [a-z][a-zA-Z0-9_]*}, used once
   */
  default void bytes(String name, byte[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = Byte.toUnsignedInt(values[i]);
    }
    tensor(name, wide, values.length);
  }

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
