/** The documents of the project as pages of HTML, with every link checked. */
module dev.espalier.site {
  requires dev.espalier.plots;
  requires org.commonmark;
  requires org.commonmark.ext.gfm.tables;
  requires static org.jspecify;

  exports dev.espalier.site;
}
