package dev.espalier.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/**
 * Where a provider came from.
 *
 * @param plugin the class name of the plugin
 * @param location the jar or the folder of classes, or {@code unknown}
 * @param version of that jar, or {@code unversioned}
 */
public record Origin(String plugin, String location, String version) {

  private static final String UNVERSIONED = "unversioned";

  static Origin of(Class<?> plugin) {
    CodeSource source = plugin.getProtectionDomain().getCodeSource();
    String location =
        source == null || source.getLocation() == null
            ? "unknown"
            : readable(source.getLocation().toString());
    return new Origin(plugin.getName(), location, version(plugin, location));
  }

  /** A file's path where the address is a file's, else the address. */
  static String readable(String address) {
    try {
      URI uri = new URI(address);
      return "file".equals(uri.getScheme()) ? Path.of(uri).toString() : address;
    } catch (URISyntaxException | IllegalArgumentException e) {
      return address;
    }
  }

  private static String version(Class<?> plugin, String location) {
    String manifest = plugin.getPackage().getImplementationVersion();
    if (manifest != null) {
      return manifest;
    }
    ModuleDescriptor module = plugin.getModule().getDescriptor();
    return module == null
        ? compiledVersion(Path.of(location).resolve("module-info.class"))
        : module.rawVersion().orElse(UNVERSIONED);
  }

  /** The version in the descriptor of a folder of classes. */
  private static String compiledVersion(Path descriptor) {
    if (!Files.isRegularFile(descriptor)) {
      return UNVERSIONED;
    }
    try (InputStream in = Files.newInputStream(descriptor)) {
      return ModuleDescriptor.read(in).rawVersion().orElse(UNVERSIONED);
    } catch (IOException e) {
      return UNVERSIONED;
    }
  }

  @Override
  public String toString() {
    return plugin + " " + version + " from " + location;
  }
}
