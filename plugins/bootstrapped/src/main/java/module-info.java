/** Training targets of less variance than the clean row. */
module dev.espalier.plugins.bootstrapped {
  requires transitive dev.espalier.api;
  requires ejml.core;
  requires ejml.ddense;
  requires static org.jspecify;

  exports dev.espalier.plugins.bootstrapped;

  provides dev.espalier.api.Plugin with
      dev.espalier.plugins.bootstrapped.BootstrappedPlugin;
}
