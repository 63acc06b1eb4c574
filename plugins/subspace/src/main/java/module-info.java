/** Data near a linear subspace: a score of the coordinates in it, lifted. */
module dev.espalier.plugins.subspace {
  requires transitive dev.espalier.api;
  requires dev.espalier.estimators.closedform;
  requires ejml.core;
  requires ejml.ddense;
  requires static org.jspecify;

  exports dev.espalier.plugins.subspace;

  provides dev.espalier.api.Plugin with
      dev.espalier.plugins.subspace.SubspacePlugin;
}
