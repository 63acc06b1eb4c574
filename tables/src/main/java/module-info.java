/** Typed columns to samples and back: CSV, schema, invertible encoders, the typed model. */
module dev.espalier.tables {
  requires transitive dev.espalier.api;
  requires transitive dev.espalier.runtime;
  requires com.github.luben.zstd_jni;
  requires de.siegmar.fastcsv;
  requires tools.jackson.core;
  requires tools.jackson.databind;
  requires static org.jspecify;

  uses dev.espalier.tables.Cluster.Connector;
  uses dev.espalier.tables.TableFormat;

  exports dev.espalier.tables;
}
