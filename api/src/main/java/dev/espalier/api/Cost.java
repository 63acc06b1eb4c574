package dev.espalier.api;

/**
 * What a fit is expected to take.
 *
 * @param seconds of one core of an ordinary machine
 * @param bytes at the peak, beside the rows themselves
 */
public record Cost(double seconds, long bytes) {

  /** Nothing worth a warning. */
  public static final Cost NEGLIGIBLE = new Cost(0, 0);

  /** Checks the ranges. */
  public Cost {
    if (!(seconds >= 0 && bytes >= 0)) {
      throw new IllegalArgumentException(
          "need seconds >= 0 and bytes >= 0, got " + seconds + " and " + bytes);
    }
  }
}
