package dev.espalier.plugins.localized;

import java.io.Serializable;

/** Where a fitted window lies among the columns, and which of its components it answers for. */
final class Place implements Serializable {
  private static final long serialVersionUID = 1;

  private final int[] columns;
  private final int[] outputs;

  /**
   * Takes both arrays over.
   *
   * @param columns those that the window sees, in the order in which its score takes them
   * @param outputs positions in {@code columns}
   */
  Place(int[] columns, int[] outputs) {
    this.columns = columns;
    this.outputs = outputs;
  }

  int width() {
    return columns.length;
  }

  int[] columns() {
    return columns;
  }

  int[] outputs() {
    return outputs;
  }

  /** The columns that the window answers for. */
  int[] components() {
    int[] components = new int[outputs.length];
    for (int o = 0; o < components.length; o++) {
      components[o] = columns[outputs[o]];
    }
    return components;
  }

  /** The window's columns of rows of {@code d} values. */
  double[] gather(double[] rows, int d) {
    int n = rows.length / d;
    double[] window = new double[n * columns.length];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < columns.length; k++) {
        window[i * columns.length + k] = rows[i * d + columns[k]];
      }
    }
    return window;
  }

  /** Writes the components that the window answers for. */
  void scatter(double[] window, double[] rows, int d) {
    int n = rows.length / d;
    for (int i = 0; i < n; i++) {
      for (int output : outputs) {
        rows[i * d + columns[output]] = window[i * columns.length + output];
      }
    }
  }
}
