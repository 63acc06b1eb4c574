package dev.espalier.estimators.network;

import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;

/**
 * Networks of one shape in an engine: computed, differentiated and trained together.
 *
 * <p>The first three methods may be called from several threads at once while nothing is trained;
 * row i of what they write depends on row i of the batch alone, bit for bit.
 */
public interface Networks {

  /**
   * How many multiply-adds may pass at most before a training asks its progress whether to go on: a
   * few hundredths of a second of plain Java. A single row may be more.
   */
  long BETWEEN_QUESTIONS = 1L << 27;

  /** The shape of each. */
  Shape shape();

  /** How many there are. */
  int groups();

  /** Writes the outputs of every row: groups × rows × outputs. */
  void outputs(Batch batch, float[] out);

  /**
   * Writes the derivative of the outputs along a direction in the inputs, row by row.
   *
   * @param directions in the layout of the inputs
   * @param out in the layout of the outputs
   */
  void tangents(Batch batch, float[] directions, float[] out);

  /**
   * Writes the gradient in the inputs of the outputs weighed by {@code directions}, row by row.
   *
   * @param directions in the layout of the outputs
   * @param out in the layout of the inputs
   */
  void cotangents(Batch batch, float[] directions, float[] out);

  /**
   * Writes the gradient of the loss in the parameters and returns the loss, a group each.
   *
   * @param out groups × parameters
   */
  double[] gradients(Batch batch, Goal goal, float[] out, Tasks tasks, Progress progress);

  /**
   * Makes one step of training and returns the loss before it, a group each.
   *
   * <p>For every group alone: the gradient is shortened to the greatest length allowed; Adam's
   * moments (0.9, 0.999), corrected for their start, move the parameters by the rate; weights, not
   * shifts, shrink by rate × decay; and the average moves towards the parameters. A group whose
   * gradient is not finite stays as it is and has loss NaN. A step that is cancelled has changed
   * nothing; the progress is asked at least every {@link #BETWEEN_QUESTIONS} until one has moved.
   */
  double[] step(Batch batch, Goal goal, Update update, Tasks tasks, Progress progress);

  /** A copy of part of the state, groups × parameters. */
  float[] state(State which);

  /** Replaces part of the state. */
  void restore(State which, float[] values);

  /** The parts of the state, each as long as the parameters of all groups. */
  enum State {
    /** The parameters in training. */
    PARAMETERS,
    /** Their running average; at first the parameters themselves. */
    AVERAGE,
    /** Adam's first moment; at first zero. */
    FIRST_MOMENT,
    /** Adam's second moment; at first zero. */
    SECOND_MOMENT
  }

  /**
   * One step's numbers.
   *
   * @param step counted from 1
   * @param rate the learning rate
   * @param decay the weight decay
   * @param clip the greatest length of a gradient
   * @param share how far the average moves towards the parameters, from 0 to 1
   */
  record Update(long step, double rate, double decay, double clip, double share) {}

  /**
   * What the outputs are to be: the loss is {@code Σ weight·(output − target)²}.
   *
   * <p>The arrays are not copied and not to be changed; all groups × rows × outputs long.
   */
  final class Goal implements java.io.Serializable {
    private static final long serialVersionUID = 1;

    private final float[] targets;
    private final float[] weights;

    /** Targets with their weights. */
    public Goal(float[] targets, float[] weights) {
      if (targets.length != weights.length) {
        throw new IllegalArgumentException(
            "need a weight for each of " + targets.length + " targets, got " + weights.length);
      }
      this.targets = targets;
      this.weights = weights;
    }

    /** What each output is to be. */
    public float[] targets() {
      return targets;
    }

    /** How much it matters; 0 where it is not known. */
    public float[] weights() {
      return weights;
    }
  }
}
