/** Tables and samples as data sources of Tribuo, and back. */
module dev.espalier.formats.tribuo {
  requires transitive dev.espalier.tables;
  requires transitive org.tribuo.classification.core;
  requires transitive org.tribuo.core;
  requires transitive org.tribuo.multilabel.core;
  requires transitive org.tribuo.regression.core;
  requires com.oracle.labs.mlrg.olcut;
  requires static org.jspecify;

  exports dev.espalier.formats.tribuo;
}
