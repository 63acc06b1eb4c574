/** Ensembles that follow a moving state by what is observed of it. */
module dev.espalier.filtering {
  requires transitive dev.espalier.api;
  requires static org.jspecify;

  exports dev.espalier.filtering;
}
