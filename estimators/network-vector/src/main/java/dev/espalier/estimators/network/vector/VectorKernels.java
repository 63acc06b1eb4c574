package dev.espalier.estimators.network.vector;

import dev.espalier.estimators.network.MatrixKernels;

/**
 * The kernels in vectors of the processor, as {@code jdk.incubator.vector} offers them.
 *
 * <p>Available where that module is; this class itself does not touch it.
 */
public final class VectorKernels implements MatrixKernels {

  /** As a service: nothing is done. */
  public VectorKernels() {}

  @Override
  public boolean available() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  @Override
  public void addProduct(
      float[][] a,
      int a0,
      float[][] b,
      int b0,
      float[][] c,
      int c0,
      int rows,
      int terms,
      int width) {
    Products.add(a, a0, b, b0, c, c0, rows, terms, width);
  }

  @Override
  public void addTransposedProduct(
      float[][] a,
      int a0,
      float[][] b,
      int b0,
      float[][] c,
      int c0,
      int rows,
      int terms,
      int width) {
    Products.addTransposed(a, a0, b, b0, c, c0, rows, terms, width);
  }

  @Override
  public float dot(float[] u, float[] v, int width) {
    // In vectors of eight it would be a second length, and then Java 17 keeps all vectors on the
    // heap.
    return MatrixKernels.plain().dot(u, v, width);
  }

  @Override
  public void silu(float[] z, float[] work, float[] value, float[] slope, int width) {
    Elements.silu(z, value, slope, width);
  }

  @Override
  public void siluValue(float[] z, float[] work, float[] value, int width) {
    Elements.siluValue(z, value, width);
  }

  @Override
  public void move(
      float[] gradient,
      float[] first,
      float[] second,
      float[] w,
      float[] average,
      int from,
      int to,
      Move move) {
    Elements.move(gradient, first, second, w, average, from, to, move);
  }
}
