package dev.espalier.runtime;

import java.util.regex.Pattern;

/** How the words, numbers and parts of a model file are named. */
final class PartName {

  /** How deep parts may nest. */
  static final int DEEPEST = 32;

  /** What follows the path of a part in the key that names its provider. */
  static final String PROVIDER = ":provider";

  private static final Pattern ENTRY = Pattern.compile("[a-z][a-zA-Z0-9_]{0,99}");
  private static final Pattern PROVIDER_NAME = Pattern.compile("[a-z][a-z0-9]{0,99}");

  private PartName() {}

  /** Whether this is a name of words, numbers or a part within its part. */
  static boolean isEntry(String name) {
    return ENTRY.matcher(name).matches();
  }

  /** Whether this can be the name of a provider. */
  static boolean isProvider(String name) {
    return PROVIDER_NAME.matcher(name).matches();
  }

  /** The name of an entry in the part of the given path. */
  static String join(String path, String name) {
    return path + '.' + name;
  }
}
