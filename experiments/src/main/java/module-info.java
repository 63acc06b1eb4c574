/** The acceptance experiments of the four papers, as tables beside their reference values. */
module dev.espalier.experiments {
  requires transitive dev.espalier.api;
  requires transitive dev.espalier.plots;
  requires dev.espalier.evaluation;
  requires dev.espalier.filtering;
  requires dev.espalier.samplers;
  requires dev.espalier.estimators.closedform;
  requires dev.espalier.estimators.network;
  requires dev.espalier.plugins.bootstrapped;
  requires dev.espalier.plugins.gmm;
  requires dev.espalier.plugins.localized;
  requires dev.espalier.plugins.subspace;
  requires ejml.core;
  requires ejml.ddense;
  requires static org.jspecify;

  exports dev.espalier.experiments;
}
