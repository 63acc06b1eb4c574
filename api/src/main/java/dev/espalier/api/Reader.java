package dev.espalier.api;

/**
 * Where a fitted score reads back what it wrote.
 *
 * <p>Every method fails with an {@link InvalidDataException} that names the missing or misshapen
 * entry.
 */
public interface Reader {

  /** The length that {@link #tensor} accepts whatever it is. */
  long ANY = -1;

  /** Numbers of the given shape, {@link #ANY} standing for any length. */
  double[] tensor(String name, long... shape);

  /** The shape of the numbers. */
  long[] shape(String name);

  /** Bytes. */
  default byte[] bytes(String name) {
    double[] wide = tensor(name, ANY);
    byte[] values = new byte[wide.length];
    for (int i = 0; i < wide.length; i++) {
      if (wide[i] != Math.rint(wide[i]) || !(wide[i] >= 0 && wide[i] <= 255)) {
        throw new InvalidDataException(
            "need bytes in '" + name + "' of the model file, got " + wide[i]);
      }
      values[i] = (byte) wide[i];
    }
    return values;
  }

  /** Words. */
  String text(String name);

  /** A part, restored by its own provider. */
  Score part(String name);

  /** Whether there is an entry of that name. */
  boolean has(String name);

  /** One number. */
  default double number(String name) {
    return tensor(name)[0];
  }

  /** One whole number. */
  default int whole(String name) {
    double value = number(name);
    if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
      throw new InvalidDataException(
          "need a whole number in '" + name + "' of the model file, got " + value);
    }
    return (int) value;
  }
}
