/** How far drawn rows are from real ones. */
module dev.espalier.evaluation {
  requires transitive dev.espalier.api;
  requires static org.jspecify;

  exports dev.espalier.evaluation;

  provides dev.espalier.api.Plugin with
      dev.espalier.evaluation.EvaluationPlugin;
}
