/** Scores whose components look at their neighbourhoods in a graph. */
module dev.espalier.plugins.localized {
  requires transitive dev.espalier.api;
  requires dev.espalier.estimators.closedform;
  requires static org.jspecify;

  exports dev.espalier.plugins.localized;

  provides dev.espalier.api.Plugin with
      dev.espalier.plugins.localized.LocalizedPlugin;
}
