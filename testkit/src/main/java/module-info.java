/** Contract tests that every plugin runs on itself, exact test laws, and statistical assertions. */
module dev.espalier.testkit {
  requires transitive dev.espalier.api;
  requires transitive org.junit.jupiter.api;
  requires jdk.management;
  requires static org.jspecify;

  exports dev.espalier.testkit;
}
