package dev.espalier.estimators.network;

import dev.espalier.api.Streams;
import java.util.random.RandomGenerator;

/** Random shapes, parameters and batches for tests of engines. */
final class Batches {

  private Batches() {}

  static float[] normals(String name, int count, double deviation) {
    RandomGenerator random = new Streams(5).stream(name, count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }

  static float[] parameters(Shape shape, int groups) {
    return normals("parameters", Math.toIntExact(groups * shape.parameters()), 0.4);
  }

  static Batch batch(Shape shape, int groups, int rows, int run) {
    int runs = (rows + run - 1) / run;
    return new Batch(
        rows,
        run,
        normals("inputs", groups * rows * shape.inputs(), 1),
        normals("features", groups * runs * shape.features(), 1));
  }

  static Networks.Goal goal(Shape shape, int groups, int rows) {
    int cells = groups * rows * shape.outputs();
    float[] weights = normals("weights", cells, 1);
    for (int i = 0; i < cells; i++) {
      weights[i] = i % 5 == 0 ? 0 : weights[i] * weights[i] / cells;
    }
    return new Networks.Goal(normals("targets", cells, 1), weights);
  }
}
