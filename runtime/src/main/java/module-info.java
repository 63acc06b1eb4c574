/**
 * Finds plugins, reads and prints pipelines, composes them, keeps fitted models.
 *
 * <p>Guava is required for Guice, which is an automatic module and cannot say so itself.
 */
module dev.espalier.runtime {
  requires transitive dev.espalier.api;
  requires transitive com.google.guice;
  requires transitive jakarta.inject;
  requires com.google.common;
  requires tools.jackson.databind;
  requires static org.jspecify;

  exports dev.espalier.runtime;

  opens dev.espalier.runtime to
      com.google.guice;

  uses dev.espalier.api.Plugin;
}
