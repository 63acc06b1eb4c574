package dev.espalier.testkit;

import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import java.util.random.RandomGenerator;

/** Three laws in the plane that a normal law is far from: to draw rows of, and to look at. */
public enum PlaneLaw {
  /** Two half circles of radius 1, interleaved, with deviation 0.1. */
  MOONS {
    @Override
    void draw(RandomGenerator random, double[] out, int at) {
      double angle = Math.PI * random.nextDouble();
      boolean upper = random.nextBoolean();
      out[at] =
          (upper ? StrictMath.cos(angle) : 1 - StrictMath.cos(angle)) + 0.1 * random.nextGaussian();
      out[at + 1] =
          (upper ? StrictMath.sin(angle) : 0.5 - StrictMath.sin(angle))
              + 0.1 * random.nextGaussian();
    }
  },
  /** Eight normal laws of deviation 0.15 on a circle of radius 2. */
  EIGHT {
    @Override
    void draw(RandomGenerator random, double[] out, int at) {
      double angle = Math.PI * random.nextInt(8) / 4;
      out[at] = 2 * StrictMath.cos(angle) + 0.15 * random.nextGaussian();
      out[at + 1] = 2 * StrictMath.sin(angle) + 0.15 * random.nextGaussian();
    }
  },
  /** Uniform on the black squares of a board of four by four. */
  CHECKERBOARD {
    @Override
    void draw(RandomGenerator random, double[] out, int at) {
      int column = random.nextInt(4);
      int row = 2 * random.nextInt(2) + column % 2;
      out[at] = column - 2 + random.nextDouble();
      out[at + 1] = row - 2 + random.nextDouble();
    }
  };

  abstract void draw(RandomGenerator random, double[] out, int at);

  /** Rows of two columns; a pure function of the arguments. */
  public Samples rows(int count, long seed) {
    RandomGenerator random = new Streams(seed).stream(name(), 0);
    double[] values = new double[2 * count];
    for (int i = 0; i < count; i++) {
      draw(random, values, 2 * i);
    }
    return Samples.of(2, values);
  }
}
