package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Score;
import java.util.List;
import java.util.random.RandomGenerator;

/** One step of a block of rows along a grid: the levels, the score, the noise and the memory. */
public final class Move {
  private final Score score;
  private final List<NoiseLevel> levels;
  private final int index;
  private final RandomGenerator[] streams;
  private final double[][] memory;

  Move(
      Score score,
      List<NoiseLevel> levels,
      int index,
      RandomGenerator[] streams,
      double[][] memory) {
    this.score = score;
    this.levels = levels;
    this.index = index;
    this.streams = streams;
    this.memory = memory;
  }

  /** The score to follow. */
  public Score score() {
    return score;
  }

  /** The number of steps taken before this one. */
  public int index() {
    return index;
  }

  /** The level that the rows are at. */
  public NoiseLevel from() {
    return levels.get(index);
  }

  /** The level that the rows go to; cleaner, and the data themselves at the end of some walks. */
  public NoiseLevel to() {
    return levels.get(index + 1);
  }

  /**
   * The level that the rows were at some steps ago.
   *
   * @param steps from 0, which is {@link #from()}, to {@link #index()}
   */
  public NoiseLevel before(int steps) {
    return levels.get(index - steps);
  }

  /** The number of rows. */
  public int rows() {
    return streams.length;
  }

  /** Writes fresh standard normal numbers for every row, each row from its own stream. */
  public void normals(double[] out) {
    normals(streams, out);
  }

  static void normals(RandomGenerator[] streams, double[] out) {
    int columns = out.length / Math.max(1, streams.length);
    for (int i = 0; i < streams.length; i++) {
      RandomGenerator stream = streams[i];
      for (int j = i * columns; j < (i + 1) * columns; j++) {
        out[j] = stream.nextGaussian();
      }
    }
  }

  /**
   * What the stepper left here in the step before, in the layout of the rows; zeros at first. To be
   * overwritten with what the next step shall find.
   *
   * @param i below {@link Stepper#memory()}
   */
  public double[] memory(int i) {
    return memory[i];
  }
}
