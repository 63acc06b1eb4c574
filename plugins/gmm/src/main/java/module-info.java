/**
 * Gaussian mixtures fitted by expectation maximisation.
 *
 * @provides dev.espalier.api.Plugin the estimator {@code gmm}
 */
module dev.espalier.plugins.gmm {
  requires transitive dev.espalier.api;
  requires transitive dev.espalier.estimators.closedform;
  requires ejml.core;
  requires ejml.ddense;
  requires static org.jspecify;

  exports dev.espalier.plugins.gmm;

  provides dev.espalier.api.Plugin with
      dev.espalier.plugins.gmm.GmmPlugin;
}
