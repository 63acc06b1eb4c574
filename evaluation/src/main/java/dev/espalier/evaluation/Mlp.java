package dev.espalier.evaluation;

import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Setting;
import dev.espalier.api.Size;
import dev.espalier.api.Streams;
import java.util.random.RandomGenerator;

/**
 * A small neural network: two hidden layers of rectified units, trained by Adam at rate 1e-3.
 *
 * <p>Batches are a sixteenth of the rows, from 16 to 200. Training stops when a tenth of the rows,
 * held out, has not improved for 10 epochs, and goes back to its best epoch.
 *
 * <p>One epoch costs about 6·n·(d·w + w²) operations.
 *
 * @param width units in each hidden layer; {@code auto} is 10 a column, from 16 to 64
 * @param epochs the most passes over the rows, at least 1
 */
public record Mlp(
    @Setting(
            value = "auto",
            help = "units in each of two hidden layers; auto is 10 a column, from 16 to 64")
        Size width,
    @Setting(value = "200", help = "the most passes over the rows, at least 1") int epochs)
    implements Learner {

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
    int units = width.fixed() ? width.low() : Math.max(16, Math.min(64, 10 * d));
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

  /**
   * Weights in one array: layer by layer, for every input those of all outputs, then the offsets.
   */
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
        System.arraycopy(parameters, starts[l] + in.length * out.length, out, 0, out.length);
        for (int i = 0; i < in.length; i++) {
          if (in[i] != 0) {
            add(in[i], parameters, starts[l] + i * out.length, out, 0, out.length);
          }
        }
        for (int o = 0; l < last - 1 && o < out.length; o++) {
          out[o] = Math.max(0, out[o]);
        }
      }
    }

    private static void add(double factor, double[] x, int at, double[] to, int from, int count) {
      for (int k = 0; k < count; k++) {
        to[from + k] += factor * x[at + k];
      }
    }

    /** The sum of products in four interleaved parts, always the same ones. */
    private static double dot(double[] x, double[] y, int at) {
      double a = 0;
      double b = 0;
      double c = 0;
      double d = 0;
      int k = 0;
      for (; k + 3 < x.length; k += 4) {
        a += x[k] * y[at + k];
        b += x[k + 1] * y[at + k + 1];
        c += x[k + 2] * y[at + k + 2];
        d += x[k + 3] * y[at + k + 3];
      }
      for (; k < x.length; k++) {
        a += x[k] * y[at + k];
      }
      return (a + b) + (c + d);
    }

    /** Adds the gradient of the cross entropy of one row; hidden units at 0 pass nothing on. */
    void learn(double[] row, int label, double weight) {
      int last = sizes.length - 1;
      System.arraycopy(row, 0, values[0], 0, row.length);
      forward(values);
      slopes[last][0] = weight * (Logistic.sigmoid(values[last][0]) - label);
      for (int l = last - 1; l >= 0; l--) {
        double[] in = values[l];
        double[] slope = slopes[l + 1];
        add(1, slope, 0, gradient, starts[l] + in.length * slope.length, slope.length);
        for (int i = 0; i < in.length; i++) {
          if (in[i] != 0) {
            add(in[i], slope, 0, gradient, starts[l] + i * slope.length, slope.length);
          }
          slopes[l][i] = in[i] > 0 ? dot(slope, parameters, starts[l] + i * slope.length) : 0;
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
