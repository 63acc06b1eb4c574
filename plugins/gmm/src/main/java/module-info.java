/** Gaussian mixtures fitted by expectation maximisation. */
module dev.espalier.plugins.gmm {
  requires transitive dev.espalier.api;
  requires dev.espalier.estimators.closedform;
  requires static org.jspecify;
}
