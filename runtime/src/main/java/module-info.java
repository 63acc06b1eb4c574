/** Finds plugins, reads and prints pipelines, composes them, keeps fitted models. */
module dev.espalier.runtime {
  requires transitive dev.espalier.api;
  requires transitive com.google.guice;
  requires transitive jakarta.inject;
  requires tools.jackson.databind;
  requires static org.jspecify;

  exports dev.espalier.runtime;

  opens dev.espalier.runtime to
      com.google.guice;

  uses dev.espalier.api.Plugin;
}
