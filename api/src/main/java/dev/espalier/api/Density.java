package dev.espalier.api;

/** The ability of a score to give the logarithm of its density. */
@FunctionalInterface
public interface Density {

  /**
   * Writes {@code log p(x)} at the level for every row of {@code x}; natural logarithm.
   *
   * @param x rows, row-major
   * @param out one value a row
   */
  void logDensity(NoiseLevel level, double[] x, double[] out);
}
