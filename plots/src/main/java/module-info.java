/** Pictures of numbers as SVG. */
module dev.espalier.plots {
  requires static transitive org.jspecify;

  exports dev.espalier.plots;
}
