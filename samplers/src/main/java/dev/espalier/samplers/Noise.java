package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;
import java.util.List;
import java.util.random.RandomGenerator;

/** The random numbers of a block of rows on their way down. */
interface Noise {

  /** Writes the standard normal numbers of a step, of one of several paths. */
  void normals(int step, int path, double[] out);

  /** A number from [0, 1) for every row. */
  double[] uniforms();

  /** Everything from one stream a row, in the order of the calls. */
  record Fresh(RandomGenerator[] streams) implements Noise {

    @Override
    public void normals(int step, int path, double[] out) {
      Move.normals(streams, out);
    }

    @Override
    public double[] uniforms() {
      return Noise.uniforms(streams);
    }
  }

  /**
   * The increments of Brownian paths in the clock {@code a²/b}, put together from those over finer
   * levels.
   *
   * @param streams a stream of every row for every path, and one for uniform numbers at last
   * @param fine the finer levels
   * @param times finer steps in a step
   */
  record Summed(RandomGenerator[][] streams, List<NoiseLevel> fine, int times) implements Noise {
    static final int PATHS = 8;

    @Override
    public void normals(int step, int path, double[] out) {
      if (path >= PATHS) {
        throw new IllegalArgumentException(
            "need at most " + PATHS + " noises a step to refine a path, got " + (path + 1));
      }
      double[] z = new double[out.length];
      double[] sum = new double[out.length];
      double whole = 0;
      for (int k = step * times; k < (step + 1) * times; k++) {
        double length = clock(fine.get(k + 1)) - clock(fine.get(k));
        double root = Double.isInfinite(length) ? 1 : Math.sqrt(length);
        Move.normals(streams[path], z);
        for (int i = 0; i < z.length; i++) {
          sum[i] = (Double.isInfinite(length) ? 0 : sum[i]) + root * z[i];
        }
        whole = Double.isInfinite(length) ? 1 : whole + length;
      }
      for (int i = 0; i < out.length; i++) {
        out[i] = sum[i] / Math.sqrt(whole);
      }
    }

    private static double clock(NoiseLevel level) {
      return level.a() * level.a() / level.b();
    }

    @Override
    public double[] uniforms() {
      return Noise.uniforms(streams[PATHS]);
    }
  }

  private static double[] uniforms(RandomGenerator[] streams) {
    double[] each = new double[streams.length];
    for (int i = 0; i < each.length; i++) {
      each[i] = streams[i].nextDouble();
    }
    return each;
  }
}
