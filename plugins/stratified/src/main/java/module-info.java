/** One inner score for every category of a label. */
module dev.espalier.plugins.stratified {
  requires transitive dev.espalier.api;
  requires static org.jspecify;

  exports dev.espalier.plugins.stratified;

  provides dev.espalier.api.Plugin with
      dev.espalier.plugins.stratified.StratifiedPlugin;
}
