package dev.espalier.estimators.network.openblas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.FitRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.estimators.network.Batch;
import dev.espalier.estimators.network.Engine;
import dev.espalier.estimators.network.Network;
import dev.espalier.estimators.network.Networks;
import dev.espalier.estimators.network.Shape;
import dev.espalier.testkit.Law;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The engine against the plain one, whose gradients are held against central differences. */
final class BlasNetworksTest {

  private static final List<Shape> SHAPES =
      List.of(
          new Shape(1, 0, List.of(1), 1),
          new Shape(3, 2, List.of(8, 8, 8), 3),
          new Shape(11, 9, List.of(20, 20), 1),
          new Shape(5, 4, List.of(7, 13, 13, 6), 20));

  private static float[] normals(String name, long count, double deviation) {
    RandomGenerator random = new Streams(1).stream(name, count);
    float[] values = new float[Math.toIntExact(count)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }

  private static Batch batch(Shape shape, int groups, int rows, int run) {
    int runs = (rows + run - 1) / run;
    return new Batch(
        rows,
        run,
        normals("inputs", (long) groups * rows * shape.inputs(), 1),
        normals("features", (long) groups * runs * shape.features(), 1));
  }

  private static Networks.Goal goal(Shape shape, int groups, int rows) {
    int count = groups * rows * shape.outputs();
    float[] weights = normals("weights", count, 1);
    for (int i = 0; i < count; i++) {
      weights[i] = i % 7 == 6 ? 0 : Math.abs(weights[i]) / rows;
    }
    return new Networks.Goal(normals("targets", count, 1), weights);
  }

  private static void near(float[] expected, float[] found, double tolerance) {
    double size = 1e-30;
    double off = 0;
    for (int i = 0; i < expected.length; i++) {
      size = Math.max(size, Math.abs(expected[i]));
      off = Math.max(off, Math.abs(expected[i] - (double) found[i]));
    }
    assertEquals(expected.length, found.length);
    double relative = off / size;
    assertTrue(relative <= tolerance, () -> "need at most " + tolerance + ", got " + relative);
  }

  @Test
  void valuesAndDerivativesAreThoseOfThePlainEngine() {
    for (Shape shape : SHAPES) {
      for (int rows : List.of(1, 50, 300)) {
        int groups = 2;
        float[] parameters = normals("parameters", groups * shape.parameters(), 0.4);
        Networks plain = Engine.plain().create(shape, groups, parameters);
        Networks found = new OpenBlas().create(shape, groups, parameters);
        Batch batch = batch(shape, groups, rows, 16);
        Networks.Goal goal = goal(shape, groups, rows);
        float[][] slopes = new float[2][parameters.length];
        double[] losses = plain.gradients(batch, goal, slopes[0], Tasks.here(), Progress.silent());
        double[] others = found.gradients(batch, goal, slopes[1], Tasks.here(), Progress.silent());
        assertArrayEquals(losses, others, 1e-5 * (1 + losses[0]));
        near(slopes[0], slopes[1], 2e-5);
        int many = groups * rows;
        float[][] out = new float[2][many * shape.outputs()];
        plain.outputs(batch, out[0]);
        found.outputs(batch, out[1]);
        near(out[0], out[1], 1e-5);
        float[] along = normals("along", (long) many * shape.inputs(), 1);
        plain.tangents(batch, along, out[0]);
        found.tangents(batch, along, out[1]);
        near(out[0], out[1], 1e-5);
        float[] pull = normals("pull", (long) many * shape.outputs(), 1);
        float[][] back = new float[2][many * shape.inputs()];
        plain.cotangents(batch, pull, back[0]);
        found.cotangents(batch, pull, back[1]);
        near(back[0], back[1], 1e-5);
      }
    }
  }

  @Test
  void stepsFollowThePlainEngineWhateverTheThreads() {
    Shape shape = new Shape(6, 3, List.of(96, 96), 6);
    float[] parameters = normals("parameters", shape.parameters(), 0.1);
    Batch batch = batch(shape, 1, 1024, 16);
    Networks.Goal goal = goal(shape, 1, 1024);
    for (int threads : List.of(1, 3)) {
      Networks plain = Engine.plain().create(shape, 1, parameters);
      Networks found = new OpenBlas().create(shape, 1, parameters);
      for (int step = 1; step <= 10; step++) {
        Networks.Update update = new Networks.Update(step, 0.001, 0.1, 0.3, 0.2);
        double[] losses = plain.step(batch, goal, update, Tasks.here(), Progress.silent());
        double[] others =
            found.step(batch, goal, update, Tasks.threads(threads), Progress.silent());
        assertArrayEquals(losses, others, 1e-4 * losses[0]);
      }
      for (Networks.State each : Networks.State.values()) {
        near(plain.state(each), found.state(each), 1e-2);
      }
    }
  }

  @Test
  void stateIsRestoredAndLengthsAreChecked() {
    Shape shape = SHAPES.get(1);
    float[] parameters = normals("parameters", 2 * shape.parameters(), 0.3);
    Networks networks = new OpenBlas().create(shape, 2, parameters);
    float[] other = normals("other", parameters.length, 1);
    networks.restore(Networks.State.PARAMETERS, other);
    assertArrayEquals(other, networks.state(Networks.State.PARAMETERS));
    assertArrayEquals(parameters, networks.state(Networks.State.AVERAGE));
    networks.restore(Networks.State.SECOND_MOMENT, other);
    assertArrayEquals(other, networks.state(Networks.State.SECOND_MOMENT));
    assertThrows(
        IllegalArgumentException.class, () -> new OpenBlas().create(shape, 1, new float[2]));
  }

  @Test
  void gradientThatIsNotFiniteLeavesTheGroupAsItIs() {
    Shape shape = SHAPES.get(1);
    float[] parameters = normals("parameters", shape.parameters(), 0.3);
    Networks networks = new OpenBlas().create(shape, 1, parameters);
    Batch batch = batch(shape, 1, 8, 4);
    batch.inputs()[3] = Float.NaN;
    double[] losses =
        networks.step(
            batch,
            goal(shape, 1, 8),
            new Networks.Update(1, 0.1, 0, 1, 0.1),
            Tasks.here(),
            Progress.silent());
    assertTrue(Double.isNaN(losses[0]));
    assertArrayEquals(parameters, networks.state(Networks.State.PARAMETERS));
  }

  @Test
  void fitLearnsWhatThePlainEngineLearnsAndSaysWhoDid() {
    Samples rows = Law.threeInThePlane().rows(400, 1);
    Network network = Network.hidden(24, 24).steps(200).batch(64);
    Score plain = network.fit(FitRequest.of(rows));
    Score found = network.engine(new OpenBlas()).fit(FitRequest.of(rows));
    NoiseLevel level = NoiseLevel.preserving(0.5);
    double[] x = rows.toArray();
    double[] expected = new double[x.length];
    double[] means = new double[x.length];
    plain.posteriorMean(level, x, expected);
    found.posteriorMean(level, x, means);
    double off = 0;
    double size = 0;
    for (int i = 0; i < x.length; i++) {
      off += (means[i] - expected[i]) * (means[i] - expected[i]);
      size += expected[i] * expected[i];
    }
    double relative = Math.sqrt(off / size);
    assertTrue(relative < 1e-2, () -> "off by " + relative);
    assertTrue(found.notes().stream().anyMatch(note -> note.contains("engine native")));
    assertTrue(plain.notes().stream().noneMatch(note -> note.contains("engine")));
  }
}
