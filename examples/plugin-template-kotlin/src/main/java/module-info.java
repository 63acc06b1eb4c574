/** The structure of rows that have mirror images: see {@code Mirrored}. */
module com.example.mirrored {
  requires transitive dev.espalier.api;
  requires kotlin.stdlib;

  exports com.example.mirrored;

  provides dev.espalier.api.Plugin with
      com.example.mirrored.MirroredPlugin;
}
