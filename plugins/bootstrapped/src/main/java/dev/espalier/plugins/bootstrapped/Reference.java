package dev.espalier.plugins.bootstrapped;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Samples;
import dev.espalier.api.Setting;
import dev.espalier.api.Streams;
import dev.espalier.api.TrainingTarget;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The posterior mean over a batch of clean rows: the row's own and others of the training data.
 *
 * <p>The stable target field of Xu, Tong and Jaakkola (arXiv 2302.00670): weights {@code ∝ exp(−‖x
 * − a·c‖²/2b)} over the clean rows c of the batch. Its variance falls with the size of the batch,
 * its bias as well; with all training rows it is the score of the rows themselves, which memorises.
 * The others of a row's batch are drawn from a stream that the noisy row itself names, so a target
 * depends on its row and not on the batch of the trainer.
 *
 * @param rows clean rows beside the row's own, at least 1; all training rows where there are no
 *     more
 */
public record Reference(
    @Setting(value = "64", help = "clean rows in a batch beside the row's own, at least 1")
        int rows)
    implements TrainingTarget {

  /** Checks the range. */
  public Reference {
    if (!(rows >= 1)) {
      throw new IllegalArgumentException("need at least 1 row of reference, got " + rows);
    }
  }

  @Override
  public void write(Batch batch, double[] out) {
    int d = batch.columns();
    NoiseLevel level = batch.level();
    Samples all = batch.reference();
    if (level.b() == 0) {
      System.arraycopy(batch.clean(), 0, out, 0, out.length);
      return;
    }
    int others = Math.min(rows, all.count());
    double[][] near = new double[others + 1][d];
    double[] logs = new double[others + 1];
    for (int at = 0; at < out.length; at += d) {
      near[0] = Arrays.copyOfRange(batch.clean(), at, at + d);
      int count = 1;
      RandomGenerator random = stream(batch.noisy(), at, d);
      for (int k = 0; k < others; k++) {
        double[] row = all.row(others == all.count() ? k : random.nextInt(all.count()));
        if (!Arrays.equals(row, near[0])) {
          near[count++] = row;
        }
      }
      double greatest = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < count; k++) {
        logs[k] = logWeight(level, batch.noisy(), at, near[k]);
        greatest = Math.max(greatest, logs[k]);
      }
      double sum = 0;
      Arrays.fill(out, at, at + d, 0);
      for (int k = 0; k < count; k++) {
        double weight = StrictMath.exp(logs[k] - greatest);
        sum += weight;
        for (int j = 0; j < d; j++) {
          out[at + j] += weight * near[k][j];
        }
      }
      for (int j = at; j < at + d; j++) {
        out[j] /= sum;
      }
    }
  }

  /** {@code −‖x − a·c‖²/2b}. */
  private static double logWeight(NoiseLevel level, double[] x, int at, double[] c) {
    double sum = 0;
    for (int j = 0; j < c.length; j++) {
      double gap = x[at + j] - level.a() * c[j];
      sum += gap * gap;
    }
    return -0.5 * sum / level.b();
  }

  private static RandomGenerator stream(double[] noisy, int at, int d) {
    long name = 17;
    for (int j = at; j < at + d; j++) {
      name = 31 * name + Double.doubleToLongBits(noisy[j]);
    }
    return new Streams(name).stream("reference", 0);
  }
}
