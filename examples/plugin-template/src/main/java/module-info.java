/** The structure of rows that may be turned: see {@link com.example.stationary.Stationary}. */
module com.example.stationary {
  requires transitive dev.espalier.api;
  requires static org.jspecify;

  exports com.example.stationary;

  provides dev.espalier.api.Plugin with
      com.example.stationary.StationaryPlugin;
}
