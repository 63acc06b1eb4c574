/** Scores in closed form: Gaussian laws and mixtures, and the posterior mean over the data. */
module dev.espalier.estimators.closedform {
  requires transitive dev.espalier.api;
  requires ejml.core;
  requires ejml.ddense;
  requires ejml.dsparse;
  requires static org.jspecify;

  exports dev.espalier.estimators.closedform;

  provides dev.espalier.api.Plugin with
      dev.espalier.estimators.closedform.ClosedFormPlugin;
}
