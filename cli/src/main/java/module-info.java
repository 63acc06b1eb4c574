/** The espalier command. */
module dev.espalier.cli {
  requires dev.espalier.api;
  requires dev.espalier.runtime;
  requires dev.espalier.tables;
  requires dev.espalier.evaluation;
  requires dev.espalier.report;
  requires dev.espalier.plots;
  requires dev.espalier.experiments;
  requires dev.espalier.samplers;
  requires info.picocli;
  requires me.tongfei.progressbar;
  requires tools.jackson.databind;
  requires static transitive org.jspecify;

  exports dev.espalier.cli;

  opens dev.espalier.cli to
      info.picocli;
}
