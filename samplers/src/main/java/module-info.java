/** Noise schedules, time grids and the steps that draw rows from a score. */
module dev.espalier.samplers {
  requires transitive dev.espalier.api;
  requires static org.jspecify;

  exports dev.espalier.samplers;

  provides dev.espalier.api.Plugin with
      dev.espalier.samplers.SamplersPlugin;
}
