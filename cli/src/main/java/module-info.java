/** The espalier command. */
module dev.espalier.cli {
  requires dev.espalier.api;
  requires dev.espalier.runtime;
  requires dev.espalier.tables;
  requires dev.espalier.evaluation;
  requires dev.espalier.experiments;
  requires info.picocli;
  requires static org.jspecify;
}
