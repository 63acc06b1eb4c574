/**
 * An engine for networks whose matrix products are those of OpenBLAS.
 *
 * @provides dev.espalier.api.Plugin
 */
module dev.espalier.estimators.network.openblas {
  requires transitive dev.espalier.estimators.network;
  requires dev.ludovic.netlib.blas;
  requires org.bytedeco.javacpp;
  requires org.bytedeco.openblas;
  requires static org.jspecify;

  exports dev.espalier.estimators.network.openblas;

  provides dev.espalier.api.Plugin with
      dev.espalier.estimators.network.openblas.OpenBlasPlugin;
}
