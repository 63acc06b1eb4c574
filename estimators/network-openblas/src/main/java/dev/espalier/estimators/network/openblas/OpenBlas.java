package dev.espalier.estimators.network.openblas;

import dev.espalier.estimators.network.Engine;
import dev.espalier.estimators.network.Networks;
import dev.espalier.estimators.network.Shape;

/**
 * The engine whose matrix products are those of OpenBLAS, on one thread each.
 *
 * <p>What it computes agrees with the plain engine to the rounding of single precision, no more:
 * OpenBLAS chooses its loops by processor and by the number of rows. A library that cannot be
 * loaded is an error when the first network is made; there is nothing that it falls back to.
 */
public record OpenBlas() implements Engine {

  @Override
  public String name() {
    return "native";
  }

  @Override
  public int lot(Shape shape, int groups) {
    return 1;
  }

  @Override
  public long bytes(Shape shape, int groups) {
    long row = 2L * shape.inputs() + shape.outputs();
    for (int l = 0; l < shape.layers(); l++) {
      row += 3L * shape.width(l) + shape.fanIn(l) + shape.features() + 1;
    }
    return groups * shape.parameters() * 4 * 5
        + 8 * (shape.parameters() * 4 + BlasNetworks.CHUNK * row * 4);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if the library is not on the class path or does not load here;
   *     the message says what to add
   */
  @Override
  public Networks create(Shape shape, int groups, float[] parameters) {
    return new BlasNetworks(shape, groups, parameters, Library.open());
  }
}
