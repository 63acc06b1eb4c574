package dev.espalier.plots;

import java.util.List;

/**
 * Numbers of one kind, such as those of the real rows.
 *
 * @param name what they are, for the legend
 * @param values the numbers
 */
public record Group(String name, List<Double> values) {

  /** Copies. */
  public Group {
    values = List.copyOf(values);
  }

  /** Numbers with a name. */
  public static Group of(String name, double... values) {
    return new Group(name, Line.boxed(values));
  }
}
