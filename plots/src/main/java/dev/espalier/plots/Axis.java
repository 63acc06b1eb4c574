package dev.espalier.plots;

import java.util.List;

/**
 * How a direction of a picture is marked.
 *
 * @param label what is measured, with its unit if it has one; may be empty
 * @param scale how values become places
 * @param ticks where it is marked; found from the data if there are none
 */
public record Axis(String label, Scale scale, List<Tick> ticks) {

  /** How values become places. */
  public enum Scale {
    /** Equal differences look equal. */
    LINEAR,
    /** Equal ratios look equal; values that are not positive are left out. */
    LOG
  }

  /**
   * A mark.
   *
   * @param at the value
   * @param text what is written there
   */
  public record Tick(double at, String text) {}

  /** Copies. */
  public Axis {
    ticks = List.copyOf(ticks);
  }

  /** On a linear scale. */
  public static Axis linear(String label) {
    return new Axis(label, Scale.LINEAR, List.of());
  }

  /** On a logarithmic scale. */
  public static Axis log(String label) {
    return new Axis(label, Scale.LOG, List.of());
  }

  /** The same with these marks. */
  public Axis withTicks(List<Tick> marks) {
    return new Axis(label, scale, marks);
  }
}
