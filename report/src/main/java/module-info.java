/** What drawn tables are worth, as one page for people. */
module dev.espalier.report {
  requires transitive dev.espalier.api;
  requires transitive dev.espalier.evaluation;
  requires transitive dev.espalier.plots;
  requires transitive dev.espalier.runtime;
  requires transitive dev.espalier.tables;
  requires static transitive org.jspecify;

  exports dev.espalier.report;
}
