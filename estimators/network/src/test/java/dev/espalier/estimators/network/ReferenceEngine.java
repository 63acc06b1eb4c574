package dev.espalier.estimators.network;

import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** A second engine, in double precision and row by row, that steps all groups together. */
record ReferenceEngine() implements Engine {

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public int lot(Shape shape, int groups) {
    return groups;
  }

  @Override
  public long bytes(Shape shape, int groups) {
    return groups * shape.parameters() * 8 * 5;
  }

  @Override
  public Reference create(Shape shape, int groups, float[] parameters) {
    return new Reference(shape, groups, parameters);
  }

  /** The networks of this engine. */
  static final class Reference implements Networks {
    private final Shape shape;
    private final int groups;
    private final int size;
    private final Map<State, double[]> state = new EnumMap<>(State.class);

    Reference(Shape shape, int groups, float[] parameters) {
      this.shape = shape;
      this.groups = groups;
      this.size = (int) shape.parameters();
      for (State each : State.values()) {
        state.put(each, new double[groups * size]);
      }
      restore(State.PARAMETERS, parameters);
      restore(State.AVERAGE, parameters);
    }

    @Override
    public Shape shape() {
      return shape;
    }

    @Override
    public int groups() {
      return groups;
    }

    double[] parameters() {
      return state.get(State.PARAMETERS);
    }

    /** One row on its way up, with what the way down needs. */
    private final class Row {
      final int at;
      final double[] in;
      final float[] features;
      final int featuresAt;
      final double[][] value = new double[shape.layers()][];
      final double[][] slope = new double[shape.layers()][];
      final double[] out = new double[shape.outputs()];

      Row(Batch batch, int group, int row) {
        at = group * size;
        in = new double[shape.inputs()];
        for (int i = 0; i < in.length; i++) {
          in[i] = batch.inputs()[(group * batch.rows() + row) * in.length + i];
        }
        features = batch.features();
        featuresAt = (group * batch.runs() + row / batch.run()) * shape.features();
        double[] w = parameters();
        double[] below = in;
        int p = at;
        for (int l = 0; l < shape.layers(); l++) {
          int width = shape.width(l);
          value[l] = new double[width];
          slope[l] = new double[width];
          for (int u = 0; u < width; u++) {
            double z = w[p + (below.length + shape.features()) * width + u];
            for (int i = 0; i < below.length; i++) {
              z += w[p + i * width + u] * below[i];
            }
            for (int e = 0; e < shape.features(); e++) {
              z += w[p + (below.length + e) * width + u] * features[featuresAt + e];
            }
            double s = 1 / (1 + Math.exp(-z));
            value[l][u] = z * s + (shape.residual(l) ? below[u] : 0);
            slope[l][u] = s + z * s * (1 - s);
          }
          p += (below.length + shape.features() + 1) * width;
          below = value[l];
        }
        for (int o = 0; o < out.length; o++) {
          out[o] = w[p + out.length * below.length + o];
          for (int i = 0; i < below.length; i++) {
            out[o] += w[p + o * below.length + i] * below[i];
          }
        }
      }

      /** Adds gradients in the parameters; returns those in the inputs. */
      double[] down(double[] pull, double[] gradient) {
        double[] w = parameters();
        int layers = shape.layers();
        int p = at + size - shape.outputs() * (shape.last() + 1);
        double[] above = new double[shape.last()];
        for (int o = 0; o < pull.length; o++) {
          for (int i = 0; i < above.length; i++) {
            above[i] += w[p + o * above.length + i] * pull[o];
            gradient[p + o * above.length + i] += value[layers - 1][i] * pull[o];
          }
          gradient[p + pull.length * above.length + o] += pull[o];
        }
        for (int l = layers - 1; l >= 0; l--) {
          double[] source = l == 0 ? in : value[l - 1];
          int width = shape.width(l);
          p -= (source.length + shape.features() + 1) * width;
          double[] below = shape.residual(l) ? above.clone() : new double[source.length];
          for (int u = 0; u < width; u++) {
            double z = above[u] * slope[l][u];
            for (int i = 0; i < source.length; i++) {
              below[i] += w[p + i * width + u] * z;
              gradient[p + i * width + u] += source[i] * z;
            }
            for (int e = 0; e < shape.features(); e++) {
              gradient[p + (source.length + e) * width + u] += features[featuresAt + e] * z;
            }
            gradient[p + (source.length + shape.features()) * width + u] += z;
          }
          above = below;
        }
        return above;
      }
    }

    @Override
    public void outputs(Batch batch, float[] out) {
      for (int i = 0; i < groups * batch.rows(); i++) {
        double[] found = new Row(batch, i / batch.rows(), i % batch.rows()).out;
        for (int o = 0; o < found.length; o++) {
          out[i * found.length + o] = (float) found[o];
        }
      }
    }

    @Override
    public void tangents(Batch batch, float[] directions, float[] out) {
      float[] pull = new float[groups * batch.rows() * shape.outputs()];
      float[] back = new float[groups * batch.rows() * shape.inputs()];
      for (int o = 0; o < shape.outputs(); o++) {
        Arrays.fill(pull, 0);
        for (int i = o; i < pull.length; i += shape.outputs()) {
          pull[i] = 1;
        }
        cotangents(batch, pull, back);
        for (int i = 0; i < groups * batch.rows(); i++) {
          double sum = 0;
          for (int k = 0; k < shape.inputs(); k++) {
            sum += (double) back[i * shape.inputs() + k] * directions[i * shape.inputs() + k];
          }
          out[i * shape.outputs() + o] = (float) sum;
        }
      }
    }

    @Override
    public void cotangents(Batch batch, float[] directions, float[] out) {
      double[] unused = new double[groups * size];
      double[] pull = new double[shape.outputs()];
      for (int i = 0; i < groups * batch.rows(); i++) {
        for (int o = 0; o < pull.length; o++) {
          pull[o] = directions[i * pull.length + o];
        }
        double[] down = new Row(batch, i / batch.rows(), i % batch.rows()).down(pull, unused);
        for (int k = 0; k < down.length; k++) {
          out[i * down.length + k] = (float) down[k];
        }
      }
    }

    double[] loss(Batch batch, Goal goal, double[] gradient) {
      double[] losses = new double[groups];
      double[] pull = new double[shape.outputs()];
      for (int i = 0; i < groups * batch.rows(); i++) {
        Row row = new Row(batch, i / batch.rows(), i % batch.rows());
        for (int o = 0; o < pull.length; o++) {
          int at = i * pull.length + o;
          double miss = row.out[o] - goal.targets()[at];
          losses[i / batch.rows()] += goal.weights()[at] * miss * miss;
          pull[o] = 2 * goal.weights()[at] * miss;
        }
        row.down(pull, gradient);
      }
      return losses;
    }

    @Override
    public double[] gradients(Batch batch, Goal goal, float[] out, Tasks tasks, Progress progress) {
      double[] gradient = new double[groups * size];
      double[] losses = loss(batch, goal, gradient);
      for (int i = 0; i < out.length; i++) {
        out[i] = (float) gradient[i];
      }
      return losses;
    }

    @Override
    public double[] step(Batch batch, Goal goal, Update update, Tasks tasks, Progress progress) {
      progress.check();
      double[] gradient = new double[groups * size];
      double[] losses = loss(batch, goal, gradient);
      double[] w = parameters();
      double[] average = state.get(State.AVERAGE);
      double[] first = state.get(State.FIRST_MOMENT);
      double[] second = state.get(State.SECOND_MOMENT);
      boolean[] decays = decays();
      for (int g = 0; g < groups; g++) {
        double squares = 0;
        for (int i = g * size; i < (g + 1) * size; i++) {
          squares += gradient[i] * gradient[i];
        }
        if (!Double.isFinite(squares)) {
          losses[g] = Double.NaN;
          continue;
        }
        double shorten = Math.min(1, update.clip() / Math.sqrt(squares));
        for (int i = g * size; i < (g + 1) * size; i++) {
          double slope = shorten * gradient[i];
          first[i] = 0.9 * first[i] + 0.1 * slope;
          second[i] = 0.999 * second[i] + 0.001 * slope * slope;
          double m = first[i] / (1 - Math.pow(0.9, update.step()));
          double v = second[i] / (1 - Math.pow(0.999, update.step()));
          w[i] *= decays[i - g * size] ? 1 - update.rate() * update.decay() : 1;
          w[i] -= update.rate() * m / (Math.sqrt(v) + 1e-8);
          average[i] += update.share() * (w[i] - average[i]);
        }
      }
      return losses;
    }

    private boolean[] decays() {
      boolean[] decays = new boolean[size];
      int[] lengths = shape.rowLengths();
      int at = 0;
      for (int row = 0; row < lengths.length; row++) {
        Arrays.fill(decays, at, at + lengths[row], shape.weights(row));
        at += lengths[row];
      }
      return decays;
    }

    @Override
    public float[] state(State which) {
      double[] from = state.get(which);
      float[] out = new float[from.length];
      for (int i = 0; i < out.length; i++) {
        out[i] = (float) from[i];
      }
      return out;
    }

    @Override
    public void restore(State which, float[] values) {
      for (int i = 0; i < values.length; i++) {
        state.get(which)[i] = values[i];
      }
    }
  }
}
