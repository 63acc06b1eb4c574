/** Finds plugins, reads and prints pipelines, composes them, keeps fitted models. */
module dev.espalier.runtime {
  requires transitive dev.espalier.api;
  requires com.google.guice;
  requires tools.jackson.databind;
  requires static org.jspecify;
}
