/**
 * Scores learned by networks: residual perceptrons, one wide or many small ones at once.
 *
 * @provides dev.espalier.api.Plugin
 */
module dev.espalier.estimators.network {
  requires transitive dev.espalier.api;
  requires static org.jspecify;

  exports dev.espalier.estimators.network;

  uses dev.espalier.estimators.network.MatrixKernels;

  provides dev.espalier.api.Plugin with
      dev.espalier.estimators.network.NetworkPlugin;
}
