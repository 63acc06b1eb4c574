package dev.espalier.plugins.subspace;

import java.util.Locale;

/** Numbers in a few digits. */
final class Numbers {
  private Numbers() {}

  static String text(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }
}
