/**
 * A form of the network kernels in vectors of the processor, with the bits of the plain one.
 *
 * <p>It runs where the Java virtual machine was started with {@code --add-modules
 * jdk.incubator.vector}, and stands aside elsewhere.
 *
 * @provides dev.espalier.estimators.network.MatrixKernels
 */
module dev.espalier.estimators.network.vector {
  requires transitive dev.espalier.estimators.network;
  requires static jdk.incubator.vector;
  requires static org.jspecify;

  exports dev.espalier.estimators.network.vector;

  provides dev.espalier.estimators.network.MatrixKernels with
      dev.espalier.estimators.network.vector.VectorKernels;
}
