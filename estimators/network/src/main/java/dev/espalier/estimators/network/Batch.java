package dev.espalier.estimators.network;

import java.io.Serializable;

/**
 * Rows for every network of a group, in runs of rows that share one noise level.
 *
 * <p>The arrays are not copied and not to be changed.
 */
public final class Batch implements Serializable {
  private static final long serialVersionUID = 1;

  private static final int PIECE_ROWS = 128;
  private static final int PIECES = 8;
  private static final long WORTH_SPLITTING = 4_000_000;

  private final int rows;
  private final int run;
  private final float[] inputs;
  private final float[] features;

  /**
   * A batch.
   *
   * @param rows rows of each group
   * @param run how many consecutive rows share one level; the last run of a group may be shorter
   * @param inputs groups × rows × inputs
   * @param features groups × runs × features
   */
  public Batch(int rows, int run, float[] inputs, float[] features) {
    if (!(rows >= 0 && run >= 1)) {
      throw new IllegalArgumentException(
          "need rows >= 0 in runs of at least 1, got " + rows + " and " + run);
    }
    this.rows = rows;
    this.run = run;
    this.inputs = inputs;
    this.features = features;
  }

  /** Rows of each group. */
  public int rows() {
    return rows;
  }

  /** How many consecutive rows share one level. */
  public int run() {
    return run;
  }

  /** The number of runs of each group. */
  public int runs() {
    return (rows + run - 1) / run;
  }

  /** Into how many pieces a step cuts the rows of a group: by their number and the shape alone. */
  public int pieces(Shape shape) {
    if (rows * shape.parameters() < WORTH_SPLITTING) {
      return 1;
    }
    return Math.max(1, Math.min(PIECES, rows / PIECE_ROWS));
  }

  /** The inputs, groups × rows × inputs. */
  public float[] inputs() {
    return inputs;
  }

  /** The level features, groups × runs × features. */
  public float[] features() {
    return features;
  }

  /**
   * Checks the lengths for {@code groups} networks of a shape.
   *
   * @throws IllegalArgumentException naming what is too long or too short
   */
  public void require(Shape shape, int groups) {
    require("inputs", inputs.length, (long) groups * rows * shape.inputs());
    require("features", features.length, (long) groups * runs() * shape.features());
  }

  static void require(String what, int found, long needed) {
    if (found != needed) {
      throw new IllegalArgumentException("need " + needed + " " + what + ", got " + found);
    }
  }
}
