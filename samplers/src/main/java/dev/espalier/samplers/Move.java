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
  private final Noise noise;
  private final double[][] memory;

  Move(Score score, List<NoiseLevel> levels, int index, Noise noise, double[][] memory) {
    this.score = score;
    this.levels = levels;
    this.index = index;
    this.noise = noise;
    this.memory = memory;
  }

  /** The score to follow. */
  public Score score() {
    return score;
  }

  /** The number of steps of the whole walk. */
  public int steps() {
    return levels.size() - 1;
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

  /** Writes the standard normal numbers of this step for every row; as {@code normals(0, out)}. */
  public void normals(double[] out) {
    normals(0, out);
  }

  /**
   * Writes standard normal numbers for every row, each row from its own stream.
   *
   * <p>A step that needs noise more than once asks for paths 0, 1, … in this order. Where a path is
   * {@linkplain Refined refined}, the numbers are those of the increment of a Brownian path between
   * the levels of this step, in the clock {@code a²/b}.
   */
  public void normals(int path, double[] out) {
    noise.normals(index, path, out);
  }

  /** A fresh number from [0, 1) for every row, each from its own stream. */
  public double[] uniforms() {
    return noise.uniforms();
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
