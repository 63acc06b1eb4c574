/** Typed columns to samples and back: CSV, schema, invertible encoders, the typed model. */
module dev.espalier.tables {
  requires transitive dev.espalier.api;
  requires transitive dev.espalier.runtime;
  requires de.siegmar.fastcsv;
  requires tools.jackson.core;
  requires tools.jackson.databind;
  requires static org.jspecify;

  exports dev.espalier.tables;
}
