package dev.espalier.estimators.network;

/** The engine in plain Java: every sum in a fixed order, so the same bits everywhere. */
public record PlainEngine() implements Engine {

  @Override
  public String name() {
    return "plain";
  }

  @Override
  public int lot(Shape shape, int groups) {
    return 1;
  }

  @Override
  public long bytes(Shape shape, int groups) {
    long work = 2L * shape.layers() + 4;
    long workspace = work * shape.widest() * PlainNetworks.CHUNK * 4;
    return groups * shape.parameters() * 4 * 5 + 8 * (shape.parameters() * 4 + workspace);
  }

  @Override
  public Networks create(Shape shape, int groups, float[] parameters) {
    return new PlainNetworks(shape, groups, parameters, MatrixKernels.fastest());
  }
}
