package dev.espalier.estimators.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NetworksTest {

  private static final List<Shape> SHAPES =
      List.of(
          new Shape(1, 0, List.of(1), 1),
          new Shape(3, 2, List.of(8, 8, 8), 3),
          new Shape(11, 9, List.of(20, 20), 1),
          new Shape(5, 4, List.of(7, 13, 13, 6), 20));

  private static double[] doubles(float[] values) {
    double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i];
    }
    return out;
  }

  /** The greatest difference relative to the greatest value. */
  private static double off(double[] found, double[] expected) {
    double most = 0;
    double size = 1e-30;
    for (int i = 0; i < found.length; i++) {
      most = Math.max(most, Math.abs(found[i] - expected[i]));
      size = Math.max(size, Math.abs(expected[i]));
    }
    return most / size;
  }

  @Test
  void referenceGradientsAreCentralDifferences() {
    for (Shape shape : SHAPES) {
      int groups = 2;
      ReferenceEngine.Reference networks =
          new ReferenceEngine().create(shape, groups, Batches.parameters(shape, groups));
      Batch batch = Batches.batch(shape, groups, 7, 3);
      Networks.Goal goal = Batches.goal(shape, groups, 7);
      double[] gradient = new double[networks.parameters().length];
      networks.loss(batch, goal, gradient);
      double[] slopes = new double[gradient.length];
      double[] unused = new double[gradient.length];
      for (int i = 0; i < slopes.length; i++) {
        double h = 1e-3;
        double[] w = networks.parameters();
        double at = w[i];
        double[] sums = new double[4];
        double[] steps = {-2 * h, -h, h, 2 * h};
        for (int k = 0; k < 4; k++) {
          w[i] = at + steps[k];
          sums[k] = Arrays.stream(networks.loss(batch, goal, unused)).sum();
        }
        w[i] = at;
        slopes[i] = (sums[0] - 8 * sums[1] + 8 * sums[2] - sums[3]) / (12 * h);
      }
      assertTrue(off(gradient, slopes) < 1e-8, () -> shape + " off by " + off(gradient, slopes));
    }
  }

  @Test
  void plainEngineAgreesWithTheReferenceLayerByLayer() {
    for (Shape shape : SHAPES) {
      for (int rows : List.of(1, 2, 50, 300)) {
        int groups = 3;
        float[] parameters = Batches.parameters(shape, groups);
        Networks plain = Engine.plain().create(shape, groups, parameters);
        Networks reference = new ReferenceEngine().create(shape, groups, parameters);
        Batch batch = Batches.batch(shape, groups, rows, 16);
        Networks.Goal goal = Batches.goal(shape, groups, rows);
        float[] found = new float[parameters.length];
        float[] expected = new float[parameters.length];
        double[] losses = plain.gradients(batch, goal, found, Tasks.here(), Progress.silent());
        double[] wantedLosses =
            reference.gradients(batch, goal, expected, Tasks.here(), Progress.silent());
        assertTrue(off(losses, wantedLosses) < 1e-5);
        int[] lengths = shape.rowLengths();
        int at = 0;
        for (int l = 0; l <= shape.layers(); l++) {
          int end = l < shape.layers() ? shape.firstRow(l + 1) : shape.rows();
          int length = Arrays.stream(lengths, shape.firstRow(l), end).sum();
          double[] layer = doubles(Arrays.copyOfRange(found, at, at + length));
          double[] wanted = doubles(Arrays.copyOfRange(expected, at, at + length));
          assertTrue(off(layer, wanted) < 1e-4, () -> shape + " off by " + off(layer, wanted));
          at += length;
        }
        compare(plain, reference, batch);
      }
    }
  }

  private static void compare(Networks plain, Networks reference, Batch batch) {
    Shape shape = plain.shape();
    int rows = plain.groups() * batch.rows();
    float[] out = new float[rows * shape.outputs()];
    float[] wanted = new float[out.length];
    plain.outputs(batch, out);
    reference.outputs(batch, wanted);
    assertTrue(off(doubles(out), doubles(wanted)) < 1e-5);
    float[] along = Batches.normals("along", rows * shape.inputs(), 1);
    plain.tangents(batch, along, out);
    reference.tangents(batch, along, wanted);
    assertTrue(off(doubles(out), doubles(wanted)) < 1e-5);
    float[] pull = Batches.normals("pull", rows * shape.outputs(), 1);
    float[] back = new float[rows * shape.inputs()];
    float[] wantedBack = new float[back.length];
    plain.cotangents(batch, pull, back);
    reference.cotangents(batch, pull, wantedBack);
    assertTrue(off(doubles(back), doubles(wantedBack)) < 1e-5);
    // Adjointness row by row: uᵀ(J·t) = (Jᵀ·u)ᵀt.
    for (int i = 0; i < rows; i++) {
      double left = 0;
      double right = 0;
      double size = 0;
      for (int o = 0; o < shape.outputs(); o++) {
        int at = i * shape.outputs() + o;
        left += (double) out[at] * pull[at];
        size += Math.abs((double) out[at] * pull[at]);
      }
      for (int k = 0; k < shape.inputs(); k++) {
        int at = i * shape.inputs() + k;
        right += (double) back[at] * along[at];
        size += Math.abs((double) back[at] * along[at]);
      }
      assertEquals(left, right, 1e-5 * size);
    }
  }

  @Test
  void stepsFollowTheReference() {
    Shape shape = SHAPES.get(1);
    int groups = 2;
    float[] parameters = Batches.parameters(shape, groups);
    Networks plain = Engine.plain().create(shape, groups, parameters);
    Networks reference = new ReferenceEngine().create(shape, groups, parameters);
    Networks.Goal goal = Batches.goal(shape, groups, 20);
    Batch batch = Batches.batch(shape, groups, 20, 4);
    for (int step = 1; step <= 30; step++) {
      Networks.Update update = new Networks.Update(step, 0.01, 0.1, 0.3, 0.2);
      plain.step(batch, goal, update, Tasks.here(), Progress.silent());
      reference.step(batch, goal, update, Tasks.here(), Progress.silent());
    }
    for (Networks.State each : Networks.State.values()) {
      double off = off(doubles(plain.state(each)), doubles(reference.state(each)));
      assertTrue(off < 1e-3, () -> each + " off by " + off);
    }
  }

  @Test
  void rowsDoNotDependOnTheirBatchNorStepsOnThreads() {
    Shape shape = new Shape(5, 3, List.of(48, 48), 4);
    float[] parameters = Batches.parameters(shape, 1);
    Networks networks = Engine.plain().create(shape, 1, parameters);
    int rows = 700;
    Batch batch = Batches.batch(shape, 1, rows, rows);
    float[] all = new float[rows * 4];
    networks.outputs(batch, all);
    for (int i : List.of(0, 1, 255, 256, 511, 699)) {
      float[] one = new float[4];
      networks.outputs(
          new Batch(1, 1, Arrays.copyOfRange(batch.inputs(), 5 * i, 5 * i + 5), batch.features()),
          one);
      assertArrayEquals(one, Arrays.copyOfRange(all, 4 * i, 4 * i + 4));
    }
    Shape wide = new Shape(6, 3, List.of(96, 96), 6);
    Networks.Goal goal = Batches.goal(wide, 1, 1024);
    Batch big = Batches.batch(wide, 1, 1024, 16);
    float[] expected = new float[0];
    for (int threads : List.of(1, 2, 3, 8)) {
      Networks trained = Engine.plain().create(wide, 1, Batches.parameters(wide, 1));
      for (int step = 1; step <= 3; step++) {
        trained.step(
            big,
            goal,
            new Networks.Update(step, 0.01, 0, 1, 0.1),
            Tasks.threads(threads),
            Progress.silent());
      }
      float[] found = trained.state(Networks.State.PARAMETERS);
      expected = expected.length == 0 ? found : expected;
      assertArrayEquals(expected, found);
    }
  }

  @Test
  void lengthsAreChecked() {
    Shape shape = SHAPES.get(0);
    assertThrows(
        IllegalArgumentException.class, () -> Engine.plain().create(shape, 1, new float[2]));
    Networks networks = Engine.plain().create(shape, 1, Batches.parameters(shape, 1));
    Batch short1 = new Batch(2, 1, new float[1], new float[0]);
    assertThrows(IllegalArgumentException.class, () -> networks.outputs(short1, new float[2]));
  }
}
