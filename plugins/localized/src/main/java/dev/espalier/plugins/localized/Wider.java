package dev.espalier.plugins.localized;

import java.io.Serializable;

/**
 * A radius for noisy levels; its text is {@code "below:radius"}, such as {@code "2.4:8"}.
 *
 * @param below the log signal-to-noise ratio below which it holds, finite
 * @param radius the distance in the graph, at least 0
 */
public record Wider(double below, int radius) implements Serializable {

  /** Checks the ranges. */
  public Wider {
    if (!(Double.isFinite(below) && radius >= 0)) {
      throw new IllegalArgumentException(
          "need a finite log SNR and a radius >= 0, got " + below + " and " + radius);
    }
  }

  /** Reads {@code "2.4:8"}. */
  public static Wider parse(String text) {
    int colon = text.indexOf(':');
    try {
      return new Wider(
          Double.parseDouble(text.substring(0, Math.max(0, colon))),
          Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "need a log SNR and a radius like \"2.4:8\", got '" + text + "'");
    }
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    return below + ":" + radius;
  }
}
