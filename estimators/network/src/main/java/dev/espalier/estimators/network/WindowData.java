package dev.espalier.estimators.network;

import dev.espalier.api.Labels;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.api.TrainingTarget;
import dev.espalier.api.Window;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The rows of one window and how noisy inputs, targets and weights are made of them. */
final class WindowData {
  private final Network settings;
  private final NoiseRange range;
  private final Samples rows;
  private final double[] weights;
  private final Frame frame;
  private final int[] outputs;
  private final int[] masked;
  private final double[] clean;
  private final TrainingTarget target;

  /** The categories that the network is told of, if any. */
  private final @Nullable Labels told;

  private WindowData(
      Network settings,
      NoiseRange range,
      Samples rows,
      double[] weights,
      Frame frame,
      int[] outputs,
      int[] masked,
      Progress progress) {
    this.settings = settings;
    this.range = range;
    this.rows = rows;
    this.weights = weights;
    this.frame = frame;
    this.outputs = outputs;
    this.masked = masked;
    this.target = settings.target().readyFor(rows);
    this.told = rows.labels().isEmpty() ? null : rows.labels().get(0);
    int d = rows.columns();
    this.clean = new double[Math.multiplyExact(rows.count(), d)];
    double[] row = new double[d];
    double[] turned = new double[d];
    for (int i = 0; i < rows.count(); i++) {
      if (i % Plan.RUN == 0) {
        progress.check();
      }
      rows.copyRows(i, i + 1, row, 0);
      frame.turn(row, turned);
      System.arraycopy(turned, 0, clean, i * d, d);
    }
  }

  /**
   * The training rows of a window; of their labels, if there are any, the network is told the
   * first.
   *
   * @param checking rows held out, which may miss cells in other columns
   * @param weights of the training rows, with mean 1
   * @param progress asked after a bounded piece of work
   */
  static WindowData of(
      Network settings,
      NoiseRange range,
      Samples rows,
      Samples checking,
      double[] weights,
      Window window,
      Progress progress) {
    int d = window.columns().size();
    int[] outputs = new int[window.outputs().size()];
    for (int o = 0; o < outputs.length; o++) {
      outputs[o] = window.columns().indexOf(window.outputs().get(o));
    }
    int[] masked = new int[d];
    int masks = 0;
    for (int j = 0; j < d; j++) {
      if (missing(rows, j) || missing(checking, j)) {
        masked[masks++] = j;
      }
    }
    masked = Arrays.copyOf(masked, masks);
    Frame frame = Frame.of(rows, weights, settings.turned() && masks == 0, progress);
    return new WindowData(settings, range, rows, weights, frame, outputs, masked, progress);
  }

  private static boolean missing(Samples rows, int column) {
    for (int i = 0; i < rows.count(); i++) {
      if (Double.isNaN(rows.get(i, column))) {
        return true;
      }
    }
    return false;
  }

  /** Other rows of the same window, seen in the same frame, all of weight 1. */
  WindowData others(Samples others, Progress progress) {
    double[] ones = new double[others.count()];
    Arrays.fill(ones, 1);
    return others(others, ones, progress);
  }

  /** Other rows of the same window, seen in the same frame. */
  WindowData others(Samples others, double[] weights, Progress progress) {
    return new WindowData(settings, range, others, weights, frame, outputs, masked, progress);
  }

  Frame frame() {
    return frame;
  }

  int[] outputs() {
    return outputs;
  }

  /** How many inputs come after the columns: which cells are missing, and which category. */
  int extras() {
    return masked.length + (told == null ? 0 : told.categories().size());
  }

  int inputs() {
    return rows.columns() + extras();
  }

  int count() {
    return rows.count();
  }

  /** Where a batch is written: the arrays of all groups and the place of one run in them. */
  record Place(float[] inputs, float[] features, float[] targets, float[] weights) {}

  /** What noisy rows are regressed on, ready for these rows. */
  TrainingTarget target() {
    return target;
  }

  /** Writes one run of rows that share a level, with fresh noise. */
  void write(
      int[] chosen,
      double logSnr,
      RandomGenerator random,
      Place place,
      int row,
      int run,
      double scale,
      TrainingTarget target,
      @Nullable NetworkScore frozen) {
    NoisePath fresh = new NoisePath(range, Paths.FRESH, new Streams(0));
    int[] copies = new int[chosen.length];
    write(chosen, copies, fresh, logSnr, random, place, row, run, scale, target, frozen);
  }

  /**
   * Writes one run of rows that share a level.
   *
   * @param chosen the rows
   * @param copies which noisy copy of its row each is
   * @param noises what noise they have
   * @param random of this run alone
   * @param row the place of the run's first row among all rows of the batch
   * @param run the place of the run among all runs
   * @param scale multiplies every weight
   * @param frozen the score fixed for targets that ask for one, if any yet
   */
  void write(
      int[] chosen,
      int[] copies,
      NoisePath noises,
      double logSnr,
      RandomGenerator random,
      Place place,
      int row,
      int run,
      double scale,
      TrainingTarget target,
      @Nullable NetworkScore frozen) {
    int d = rows.columns();
    int width = inputs();
    NoiseLevel level = LevelSampling.level(logSnr);
    LevelFeatures.write(level, range, place.features, run * LevelFeatures.COUNT);
    Frame.At at = frame.at(level);
    double[] unit = new double[outputs.length];
    double[] cell = new double[outputs.length];
    for (int o = 0; o < outputs.length; o++) {
      double s = frame.deviation(outputs[o]);
      unit[o] = at.unit(settings.parametrisation(), outputs[o]);
      boolean known = s > 0 && unit[o] != 0;
      cell[o] = known ? scale * settings.weighting().weight(unit[o], s, level.a(), level.b()) : 0;
    }
    Path path =
        target instanceof TrainingTarget.Denoising ? null : new Path(level, chosen.length, frozen);
    double before = frozen == null || path == null ? logSnr : noises.before(logSnr, random);
    NoiseLevel early = before > logSnr ? LevelSampling.level(before) : null;
    double[] noise = new double[d];
    double[] earlyNoise = new double[d];
    double[] along = new double[d];
    double[] values = new double[d];
    double[] work = new double[d];
    double[] aim = new double[outputs.length];
    double root = Math.sqrt(level.b());
    for (int i = 0; i < chosen.length; i++) {
      int source = chosen[i];
      System.arraycopy(clean, source * d, along, 0, d);
      rows.copyRows(source, source + 1, values, 0);
      long which = (long) source * settings.copies() + copies[i];
      noises.draw(which, logSnr, before, random, noise, earlyNoise);
      if (path != null) {
        path.keep(early, along, values, noise, earlyNoise, i);
      }
      int to = (row + i) * width;
      for (int k = 0; k < d; k++) {
        place.inputs[to + k] = (float) ((level.a() * along[k] + root * noise[k]) * at.scale[k]);
      }
      for (int m = 0; m < masked.length; m++) {
        boolean missing = Double.isNaN(values[masked[m]]);
        place.inputs[to + d + m] = missing ? 1 : 0;
        if (missing) {
          place.inputs[to + masked[m]] = 0;
        }
      }
      if (told != null) {
        boolean dropped = random.nextDouble() < Labelled.DROPPED;
        for (int k = 0; k < told.categories().size(); k++) {
          boolean here = !dropped && k == told.code(source);
          place.inputs[to + d + masked.length + k] = here ? 1 : 0;
        }
      }
      frame.targets(at, settings.parametrisation(), along, noise, outputs, unit, values, work, aim);
      int from = (row + i) * outputs.length;
      for (int o = 0; o < outputs.length; o++) {
        boolean known = !Double.isNaN(values[outputs[o]]);
        place.targets[from + o] = known ? (float) aim[o] : 0;
        place.weights[from + o] = known ? (float) (cell[o] * weights[source]) : 0;
      }
    }
    if (path != null) {
      List<NoiseLevel> through = early == null ? List.of() : noises.through(before);
      path.moveTargets(target, through, place, row, unit);
    }
  }

  /**
   * The rows of one run on their way through the levels, for targets that look at more than one.
   */
  private final class Path {
    private final NoiseLevel level;
    private final @Nullable NetworkScore frozen;
    private final double[] noisy;
    private final double[] given;
    private final double[] before;

    Path(NoiseLevel level, int count, @Nullable NetworkScore frozen) {
      int d = rows.columns();
      this.level = level;
      this.frozen = frozen;
      this.noisy = new double[count * d];
      this.given = new double[count * d];
      this.before = new double[count * d];
    }

    /** Keeps row {@code i} at the level and, if there is one, at the level before. */
    void keep(
        @Nullable NoiseLevel early,
        double[] along,
        double[] values,
        double[] noise,
        double[] earlyNoise,
        int i) {
      put(level, along, noise, noisy, i);
      if (early != null) {
        put(early, along, earlyNoise, before, i);
      }
      System.arraycopy(values, 0, given, i * values.length, values.length);
    }

    private void put(NoiseLevel at, double[] along, double[] noise, double[] out, int i) {
      int d = along.length;
      double root = Math.sqrt(at.b());
      double[] point = new double[d];
      for (int k = 0; k < d; k++) {
        point[k] = at.a() * along[k] + root * noise[k];
      }
      frame.turnBack(point, out, i * d);
      for (int j = 0; j < d; j++) {
        out[i * d + j] += at.a() * frame.mean(j);
      }
    }

    /** Moves the targets from the clean row to what the training target says. */
    void moveTargets(
        TrainingTarget target, List<NoiseLevel> through, Place place, int row, double[] unit) {
      int d = rows.columns();
      double[] wanted = new double[given.length];
      TrainingTarget.Earlier known =
          frozen == null || through.isEmpty()
              ? null
              : TrainingTarget.Earlier.of(through, before, frozen);
      target.write(TrainingTarget.Batch.of(level, noisy, given, rows, known), wanted);
      for (int i = 0; i < given.length / d; i++) {
        int from = (row + i) * outputs.length;
        for (int o = 0; o < outputs.length; o++) {
          double moved = (wanted[i * d + outputs[o]] - given[i * d + outputs[o]]) / unit[o];
          if (place.weights[from + o] > 0) {
            place.targets[from + o] += (float) moved;
          }
        }
      }
    }
  }
}
