package dev.espalier.estimators.network;

import dev.espalier.api.NoiseRange;
import dev.espalier.api.Progress;
import dev.espalier.api.Streams;
import dev.espalier.api.TrainingTarget;
import java.util.List;
import java.util.Locale;

/** Noisy held-out rows that stay the same through a training, and the loss on them. */
final class HeldOutRows {

  /** How many bands of log SNR the loss is told by. */
  static final int BANDS = 8;

  private static final int PASSES = 8;
  private static final int RUNS = 32;

  private final Batch batch;
  private final Networks.Goal goal;
  private final Shape shape;
  private final int groups;
  private final int[] bands;
  private final double[][] zeros;
  private final NoiseRange range;

  private HeldOutRows(
      Batch batch, Networks.Goal goal, Shape shape, int groups, int[] bands, NoiseRange range) {
    this.batch = batch;
    this.goal = goal;
    this.shape = shape;
    this.groups = groups;
    this.bands = bands;
    this.range = range;
    this.zeros = new double[groups][BANDS];
    int run = Plan.RUN * shape.outputs();
    float[] none = new float[run];
    for (int g = 0; g < groups; g++) {
      for (int r = 0; r < bands.length; r++) {
        zeros[g][bands[r]] += loss(none, 0, (g * bands.length + r) * run, run);
      }
    }
  }

  /**
   * Noisy rows made of some rows of every group.
   *
   * @param progress asked after every run
   */
  static HeldOutRows of(
      List<WindowData> checks,
      List<Streams> seeds,
      Network settings,
      NoiseRange range,
      Shape shape,
      Progress progress) {
    int count = checks.get(0).count();
    int groups = checks.size();
    int runs = (PASSES * count + Plan.RUN - 1) / Plan.RUN;
    int rows = runs * Plan.RUN;
    WindowData.Place place =
        new WindowData.Place(
            new float[groups * rows * shape.inputs()],
            new float[groups * runs * LevelFeatures.COUNT],
            new float[groups * rows * shape.outputs()],
            new float[groups * rows * shape.outputs()]);
    int[] bands = new int[runs];
    int[] chosen = new int[Plan.RUN];
    for (int r = 0; r < runs; r++) {
      double logSnr = settings.levels().logSnr(range, (r * 0.6180339887498949 + 0.5) % 1);
      bands[r] = band(range, logSnr);
      for (int i = 0; i < chosen.length; i++) {
        chosen[i] = (r * Plan.RUN + i) % count;
      }
      for (int g = 0; g < groups; g++) {
        progress.check();
        checks
            .get(g)
            .write(
                chosen,
                logSnr,
                seeds.get(g).stream("held-out noise", r),
                place,
                g * rows + r * Plan.RUN,
                g * runs + r,
                1.0 / ((double) rows * shape.outputs()),
                TrainingTarget.denoising(),
                null);
      }
    }
    Batch batch = new Batch(rows, Plan.RUN, place.inputs(), place.features());
    Networks.Goal goal = new Networks.Goal(place.targets(), place.weights());
    return new HeldOutRows(batch, goal, shape, groups, bands, range);
  }

  private static int band(NoiseRange range, double logSnr) {
    double share = (logSnr - range.noisiest()) / (range.cleanest() - range.noisiest());
    return Math.max(0, Math.min(BANDS - 1, (int) (BANDS * share)));
  }

  boolean present() {
    return batch.rows() > 0;
  }

  /** The loss of a group: in all, and by bands. */
  record Loss(double all, List<Double> bands) {}

  /** The loss of every group, a few runs at a time so that it can be cancelled. */
  Loss[] losses(Networks networks, Progress progress) {
    double[] all = new double[groups];
    double[][] byBand = new double[groups][BANDS];
    int rows = batch.rows();
    long bounded = Networks.BETWEEN_QUESTIONS / (groups * shape.parameters() * Plan.RUN);
    int most = (int) Math.max(1, Math.min(RUNS, bounded));
    for (int from = 0; from < batch.runs(); from += most) {
      progress.check();
      int count = Math.min(most, batch.runs() - from);
      int some = count * Plan.RUN;
      int first = from * Plan.RUN;
      float[] out = new float[groups * some * shape.outputs()];
      networks.outputs(
          new Batch(
              some,
              Plan.RUN,
              part(batch.inputs(), rows, first, some, shape.inputs()),
              part(batch.features(), batch.runs(), from, count, shape.features())),
          out);
      int run = Plan.RUN * shape.outputs();
      for (int g = 0; g < groups; g++) {
        for (int r = 0; r < count; r++) {
          double loss =
              loss(out, (g * count + r) * run, (g * rows + first) * shape.outputs() + r * run, run);
          all[g] += loss;
          byBand[g][bands[from + r]] += loss;
        }
      }
    }
    Loss[] losses = new Loss[groups];
    for (int g = 0; g < groups; g++) {
      Double[] boxed = new Double[BANDS];
      for (int band = 0; band < BANDS; band++) {
        boxed[band] = byBand[g][band];
      }
      losses[g] = new Loss(all[g], List.of(boxed));
    }
    return losses;
  }

  /** Some rows of every group. */
  private float[] part(float[] all, int rows, int from, int count, int width) {
    float[] some = new float[groups * count * width];
    for (int g = 0; g < groups; g++) {
      System.arraycopy(all, (g * rows + from) * width, some, g * count * width, count * width);
    }
    return some;
  }

  private double loss(float[] out, int at, int goalAt, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double miss = out[at + i] - goal.targets()[goalAt + i];
      sum += goal.weights()[goalAt + i] * miss * miss;
    }
    return sum;
  }

  /** Says the losses by bands of log SNR, relative to outputs of zero, averaged over the groups. */
  void measured(Loss[] losses, int step, Progress progress) {
    double wide = (range.cleanest() - range.noisiest()) / BANDS;
    for (int band = 0; band < BANDS; band++) {
      double sum = 0;
      int known = 0;
      for (int g = 0; g < groups; g++) {
        if (zeros[g][band] > 0) {
          sum += losses[g].bands().get(band) / zeros[g][band];
          known++;
        }
      }
      if (known > 0) {
        double from = range.noisiest() + band * wide;
        String name = "log SNR " + shown(from) + " to " + shown(from + wide);
        progress.measured(name, step, sum / known);
      }
    }
  }

  /** A loss of one group by bands of log SNR, relative to outputs of zero. */
  String words(int group, Loss loss) {
    StringBuilder text = new StringBuilder();
    text.append("held-out loss in ").append(BANDS).append(" bands of log SNR from ");
    text.append(shown(range.noisiest())).append(" to ").append(shown(range.cleanest()));
    text.append(", base = 1:");
    for (int band = 0; band < BANDS; band++) {
      double zero = zeros[group][band];
      text.append(' ');
      text.append(
          zero > 0 ? String.format(Locale.ROOT, "%.3f", loss.bands().get(band) / zero) : "-");
    }
    return text.toString();
  }

  private static String shown(double value) {
    return String.format(Locale.ROOT, "%.4g", value).replaceAll("\\.?0+$", "");
  }
}
