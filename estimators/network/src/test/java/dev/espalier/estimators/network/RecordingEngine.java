package dev.espalier.estimators.network;

import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The plain engine, which remembers what it was given to learn and breaks at a step if told so.
 *
 * @param seen every step's batch and goal, in order
 * @param most the greatest number of multiply-adds of one call that cannot be cancelled
 * @param broken the step whose losses are no numbers, or 0
 */
record RecordingEngine(List<Seen> seen, List<Long> most, int broken) implements Engine {

  RecordingEngine() {
    this(new ArrayList<>(), new ArrayList<>(), 0);
  }

  /** One step. */
  record Seen(Batch batch, Networks.Goal goal) {

    private static float[] row(float[] all, int row, int rows) {
      int width = all.length / rows;
      return Arrays.copyOfRange(all, row * width, (row + 1) * width);
    }

    List<Float> inputs(int row) {
      return boxed(row(batch.inputs(), row, batch.rows()));
    }

    List<Float> targets(int row) {
      return boxed(row(goal.targets(), row, batch.rows()));
    }

    List<Float> weights(int row) {
      return boxed(row(goal.weights(), row, batch.rows()));
    }

    private static List<Float> boxed(float[] values) {
      List<Float> list = new ArrayList<>();
      for (float value : values) {
        list.add(value);
      }
      return list;
    }
  }

  @Override
  public String name() {
    return "recording";
  }

  @Override
  public int lot(Shape shape, int groups) {
    return 1;
  }

  @Override
  public long bytes(Shape shape, int groups) {
    return Engine.plain().bytes(shape, groups);
  }

  @Override
  public Networks create(Shape shape, int groups, float[] parameters) {
    Networks plain = Engine.plain().create(shape, groups, parameters);
    return new Networks() {
      @Override
      public Shape shape() {
        return shape;
      }

      @Override
      public int groups() {
        return groups;
      }

      @Override
      public void outputs(Batch batch, float[] out) {
        most.add(batch.rows() * shape.parameters());
        plain.outputs(batch, out);
      }

      @Override
      public void tangents(Batch batch, float[] directions, float[] out) {
        plain.tangents(batch, directions, out);
      }

      @Override
      public void cotangents(Batch batch, float[] directions, float[] out) {
        plain.cotangents(batch, directions, out);
      }

      @Override
      public double[] gradients(
          Batch batch, Goal goal, float[] out, Tasks tasks, Progress progress) {
        return plain.gradients(batch, goal, out, tasks, progress);
      }

      @Override
      public double[] step(Batch batch, Goal goal, Update update, Tasks tasks, Progress progress) {
        seen.add(
            new Seen(
                new Batch(
                    batch.rows(), batch.run(), batch.inputs().clone(), batch.features().clone()),
                new Goal(goal.targets().clone(), goal.weights().clone())));
        double[] losses = plain.step(batch, goal, update, tasks, progress);
        if (update.step() == broken) {
          Arrays.fill(losses, Double.NaN);
        }
        return losses;
      }

      @Override
      public float[] state(State which) {
        return plain.state(which);
      }

      @Override
      public void restore(State which, float[] values) {
        plain.restore(which, values);
      }
    };
  }
}
