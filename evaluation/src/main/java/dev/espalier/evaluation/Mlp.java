package dev.espalier.evaluation;

import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Size;
import dev.espalier.api.Streams;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A small neural network: two hidden layers of rectified units, trained by Adam at rate 1e-3.
 *
 * <p>Batches are a sixteenth of the rows, from 16 to 200. Training stops when a tenth of the rows,
 * held out, has not improved for 10 epochs, and goes back to its best epoch.
 *
 * <p>One epoch costs about 6·n·(d·w + w²) operations.
 *
 * @param width units in each hidden layer; {@code auto} is 10 a column, from 16 to 100
 * @param epochs the most passes over the rows, at least 1
 */
public record Mlp(Size width, int epochs) implements Learner {

  private static final int BATCHES = 16;
  private static final int PATIENCE = 10;
  private static final double RATE = 1e-3;
  private static final double DECAY = 1e-4;

  /** Checks the ranges. */
  public Mlp {
    if (!(epochs >= 1 && (width.equals(Size.AUTO) || width.fixed() && width.low() >= 1))) {
      throw new IllegalArgumentException(
          "need a width of auto or at least 1 and at least 1 epoch, got "
              + width
              + " and "
              + epochs);
    }
  }

  /** Automatic width, at most 200 epochs. */
  public static Mlp standard() {
    return new Mlp(Size.AUTO, 200);
  }

  @Override
  public Classifier fit(Samples zero, Samples one, long seed, Progress progress) {
    Rows.requirePair(zero, one, 1);
    int d = zero.columns();
    int units = width.fixed() ? width.low() : Math.max(16, Math.min(100, 10 * d));
    Network network = new Network(d, units, new Streams(seed).stream("weights", 0));
    train(network, zero, one, new Streams(seed), progress);
    return network::chance;
  }

  private void train(
      Network network, Samples zero, Samples one, Streams streams, Progress progress) {
    int n = zero.count() + one.count();
    double[][] rows = new double[n][];
    for (int i = 0; i < n; i++) {
      rows[i] = i < zero.count() ? zero.row(i) : one.row(i - zero.count());
    }
    int[] split = Rows.permutation(n, streams.stream("split", 0));
    int held = n / 10;
    int[] order = new int[n - held];
    System.arraycopy(split, held, order, 0, order.length);
    int batch = Math.max(16, Math.min(200, order.length / BATCHES));
    double[] best = network.parameters.clone();
    double least = Double.POSITIVE_INFINITY;
    int since = 0;
    for (int epoch = 0; epoch < epochs && since < PATIENCE; epoch++) {
      progress.check();
      Rows.shuffle(order, streams.stream("epoch", epoch));
      for (int from = 0; from < order.length; from += batch) {
        int to = Math.min(order.length, from + batch);
        for (int i = from; i < to; i++) {
          network.learn(rows[order[i]], order[i] < zero.count() ? 0 : 1, 1.0 / (to - from));
        }
        network.step();
      }
      double loss = 0;
      for (int i = 0; i < held; i++) {
        double chance = network.chance(rows[split[i]]);
        double right = split[i] < zero.count() ? 1 - chance : chance;
        loss -= StrictMath.log(Math.max(right, 1e-12));
      }
      since++;
      if (held == 0 || loss < least) {
        least = loss;
        since = 0;
        System.arraycopy(network.parameters, 0, best, 0, best.length);
      }
    }
    System.arraycopy(best, 0, network.parameters, 0, best.length);
  }

  /** Weights in one array: layer by layer, each the matrix by rows and then the offsets. */
  private static final class Network {
    private final int[] sizes;
    private final int[] starts;
    private final double[] parameters;
    private final double[] gradient;
    private final double[] first;
    private final double[] second;
    private final double[][] values;
    private final double[][] slopes;
    private double firstPower = 1;
    private double secondPower = 1;

    Network(int d, int units, RandomGenerator random) {
      sizes = new int[] {d, units, units, 1};
      starts = new int[sizes.length];
      for (int l = 0; l < sizes.length - 1; l++) {
        starts[l + 1] = starts[l] + sizes[l + 1] * (sizes[l] + 1);
      }
      int count = starts[sizes.length - 1];
      parameters = new double[count];
      gradient = new double[count];
      first = new double[count];
      second = new double[count];
      values = new double[sizes.length][];
      slopes = new double[sizes.length][];
      for (int l = 0; l < sizes.length; l++) {
        values[l] = new double[sizes[l]];
        slopes[l] = new double[sizes[l]];
      }
      for (int l = 0; l < sizes.length - 1; l++) {
        double scale = Math.sqrt(2.0 / sizes[l]);
        for (int k = 0; k < sizes[l] * sizes[l + 1]; k++) {
          parameters[starts[l] + k] = scale * random.nextGaussian();
        }
      }
    }

    double chance(double[] row) {
      double[][] own = new double[sizes.length][];
      own[0] = row;
      for (int l = 1; l < sizes.length; l++) {
        own[l] = new double[sizes[l]];
      }
      forward(own);
      return Logistic.sigmoid(own[sizes.length - 1][0]);
    }

    private void forward(double[][] layers) {
      int last = sizes.length - 1;
      for (int l = 0; l < last; l++) {
        double[] in = layers[l];
        double[] out = layers[l + 1];
        int offsets = starts[l] + sizes[l] * sizes[l + 1];
        for (int o = 0; o < out.length; o++) {
          double sum = parameters[offsets + o];
          int at = starts[l] + o * in.length;
          for (int i = 0; i < in.length; i++) {
            sum += parameters[at + i] * in[i];
          }
          out[o] = l < last - 1 ? Math.max(0, sum) : sum;
        }
      }
    }

    /** Adds the gradient of the cross entropy of one row. */
    void learn(double[] row, int label, double weight) {
      int last = sizes.length - 1;
      System.arraycopy(row, 0, values[0], 0, row.length);
      forward(values);
      slopes[last][0] = weight * (Logistic.sigmoid(values[last][0]) - label);
      for (int l = last - 1; l >= 0; l--) {
        double[] in = values[l];
        double[] back = slopes[l];
        int offsets = starts[l] + sizes[l] * sizes[l + 1];
        Arrays.fill(back, 0);
        for (int o = 0; o < sizes[l + 1]; o++) {
          double slope = slopes[l + 1][o];
          if (slope != 0) {
            int at = starts[l] + o * in.length;
            gradient[offsets + o] += slope;
            for (int i = 0; i < in.length; i++) {
              gradient[at + i] += slope * in[i];
              back[i] += slope * parameters[at + i];
            }
          }
        }
        for (int i = 0; i < in.length; i++) {
          back[i] = in[i] > 0 ? back[i] : 0;
        }
      }
    }

    /** One step of Adam (Kingma and Ba 2015) with weight decay; clears the gradient. */
    void step() {
      firstPower *= 0.9;
      secondPower *= 0.999;
      for (int k = 0; k < parameters.length; k++) {
        double slope = gradient[k] + DECAY * parameters[k];
        first[k] = 0.9 * first[k] + 0.1 * slope;
        second[k] = 0.999 * second[k] + 0.001 * slope * slope;
        double mean = first[k] / (1 - firstPower);
        double spread = Math.sqrt(second[k] / (1 - secondPower)) + 1e-8;
        parameters[k] -= RATE * mean / spread;
        gradient[k] = 0;
      }
    }
  }
}
