package dev.espalier.estimators.network;

import dev.espalier.api.Size;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings of a network with everything chosen that was left to be chosen.
 *
 * @param hidden the widths of the layers
 * @param steps of training at most
 * @param batch rows in a step, a multiple of {@link #RUN}
 * @param check after how many steps the held-out loss is looked at
 */
record Plan(List<Integer> hidden, int steps, int batch, int check) implements Serializable {

  /** How many rows of a batch share a level. */
  static final int RUN = 16;

  /** Below, a narrow network and few steps do as well. */
  private static final int FEW = 500;

  /** Chooses for n rows, d columns seen and as many learned. */
  static Plan of(Network settings, int rows, int columns) {
    List<Integer> hidden = settings.hidden();
    if (hidden.isEmpty()) {
      hidden = new ArrayList<>();
      int width = width(rows, columns);
      for (int l = 0; l < 3; l++) {
        hidden.add(width);
      }
    }
    int batch = clamp(settings.batch(), rows < 2_000 ? 128 : 256);
    batch = (batch + RUN - 1) / RUN * RUN;
    int steps = clamp(settings.steps(), steps(rows));
    int check = Math.max(1, Math.min(200, (steps + 19) / 20));
    return new Plan(List.copyOf(hidden), steps, batch, check);
  }

  private static int width(int rows, int columns) {
    if (rows < FEW) {
      return 64;
    }
    return columns > 64 && rows >= 2_000 ? 256 : 128;
  }

  private static int steps(int rows) {
    return rows < FEW ? 4_000 : 20_000;
  }

  private static int clamp(Size size, int wanted) {
    return Math.max(Math.max(1, size.low()), Math.min(size.high(), wanted));
  }
}
