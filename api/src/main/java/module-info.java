/**
 * The nouns of Espalier and the interfaces that plugins implement.
 *
 * <p>Depends on the JDK alone.
 */
module dev.espalier.api {
  requires static transitive org.jspecify;

  exports dev.espalier.api;
}
