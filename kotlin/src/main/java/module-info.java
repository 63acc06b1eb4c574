/** Espalier as Kotlin reads it: factories with default and named arguments, and operators. */
module dev.espalier.kotlin {
  requires transitive dev.espalier.api;
  requires transitive dev.espalier.runtime;
  requires static dev.espalier.samplers;
  requires static dev.espalier.estimators.closedform;
  requires static dev.espalier.estimators.network;
  requires static dev.espalier.plugins.gmm;
  requires static dev.espalier.plugins.bootstrapped;
  requires static dev.espalier.plugins.localized;
  requires static dev.espalier.plugins.stratified;
  requires static dev.espalier.plugins.subspace;
  requires static dev.espalier.tables;
  requires static kotlinx.coroutines.core;
  requires transitive kotlin.stdlib;

  exports dev.espalier.kotlin;
}
