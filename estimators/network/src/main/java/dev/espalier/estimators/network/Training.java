package dev.espalier.estimators.network;

import dev.espalier.api.CancelledException;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Progress;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.api.TrainingTarget;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * The training of some windows of one shape, from the first step to the last.
 *
 * <p>Whatever a step does is a function of the request, the window and the step's number, and the
 * state between steps can be kept; so a training that is taken up again ends with the same bits.
 */
final class Training implements Kept.Content {
  private static final int BANDS = 8;
  private static final int PASSES = 8;
  private static final double DIVERGED = 1e4;
  private static final long REPORT_NANOS = 200_000_000L;
  private static final long KEEP_NANOS = 15_000_000_000L;

  private final Network settings;
  private final Plan plan;
  private final Engine engine;
  private final NoiseRange range;
  private final List<WindowData> data;
  private final List<Streams> seeds;
  private final Kept kept;
  private final Shape shape;
  private final int size;
  private final int[][] orders;
  private final long[] epochs;
  private final HeldOut heldOut;
  private final Networks networks;
  private final WindowData.Place place;

  private int step;
  private int checked = -1;
  private final float[][] best;
  private final double[] bestLoss;
  private final int[] bestStep;
  private final int[] worse;
  private final int[] stopped;
  private final boolean[] diverged;
  private final float[][] frozen;
  private double smooth = Double.NaN;

  Training(
      Network settings,
      Plan plan,
      Engine engine,
      NoiseRange range,
      List<WindowData> data,
      List<WindowData> checks,
      List<Streams> seeds,
      Kept kept) {
    int groups = data.size();
    WindowData one = data.get(0);
    this.settings = settings;
    this.plan = plan;
    this.engine = engine;
    this.range = range;
    this.data = data;
    this.seeds = seeds;
    this.kept = kept;
    this.shape = new Shape(one.inputs(), LevelFeatures.COUNT, plan.hidden(), one.outputs().length);
    this.size = Math.toIntExact(shape.parameters());
    this.orders = new int[groups][];
    this.epochs = new long[groups];
    this.heldOut = HeldOut.of(checks, seeds, settings, range, shape);
    float[] start = new float[groups * size];
    for (int g = 0; g < groups; g++) {
      initialise(seeds.get(g), start, g * size);
    }
    this.networks = engine.create(shape, groups, start);
    this.place = place(groups, plan.batch());
    this.best = new float[groups][];
    this.bestLoss = new double[groups];
    this.bestStep = new int[groups];
    this.worse = new int[groups];
    this.stopped = new int[groups];
    this.diverged = new boolean[groups];
    this.frozen = new float[groups][];
    for (int g = 0; g < groups; g++) {
      best[g] = Arrays.copyOfRange(start, g * size, (g + 1) * size);
      bestLoss[g] = Double.POSITIVE_INFINITY;
      frozen[g] = new float[0];
    }
  }

  private WindowData.Place place(int groups, int rows) {
    int cells = groups * rows;
    return new WindowData.Place(
        new float[cells * shape.inputs()],
        new float[cells / Plan.RUN * LevelFeatures.COUNT],
        new float[cells * shape.outputs()],
        new float[cells * shape.outputs()]);
  }

  /** Weights normal with variance 1/fan-in, shifts zero; outputs zero, so the start is the base. */
  private void initialise(Streams streams, float[] out, int at) {
    RandomGenerator random = streams.stream("weights", 0);
    int position = at;
    for (int l = 0; l < shape.layers(); l++) {
      double terms = shape.fanIn(l);
      position = normals(random, out, position, shape.fanIn(l) * shape.width(l), terms);
      position =
          normals(random, out, position, shape.features() * shape.width(l), 2 * shape.features());
      position += shape.width(l);
    }
  }

  private static int normals(
      RandomGenerator random, float[] out, int at, int count, double variance) {
    double deviation = 1 / Math.sqrt(variance);
    for (int i = 0; i < count; i++) {
      out[at + i] = (float) (deviation * random.nextGaussian());
    }
    return at + count;
  }

  /** Trains and returns a score a window. */
  List<NetworkScore> run(Tasks tasks, Progress progress) {
    List<String> end = new ArrayList<>();
    if (data.stream().allMatch(each -> each.frame().constant())) {
      return scores(List.of("every column is constant, so nothing was learned"));
    }
    kept.load(this);
    long started = System.nanoTime();
    long reported = started;
    long saved = started;
    int first = step;
    while (step < plan.steps() && !allStopped()) {
      if (progress.enough()) {
        end.add("told at step " + step + " of " + plan.steps() + " that it was enough");
        break;
      }
      try {
        progress.check();
        if (step % plan.check() == 0 && checked < step) {
          check(progress);
        } else {
          advance(tasks, progress);
        }
      } catch (CancelledException e) {
        kept.save(this);
        throw kept.name()
            .map(name -> new CancelledException("cancelled; the state is kept in " + name))
            .orElse(e);
      }
      long now = System.nanoTime();
      if (now - reported > REPORT_NANOS) {
        double rows = (double) (step - first) * plan.batch() * data.size();
        progress.report(stage(rows * 1e9 / (now - started)), (double) step / plan.steps());
        reported = now;
      }
      if (kept.wanted() && now - saved > KEEP_NANOS) {
        kept.save(this);
        saved = now;
      }
    }
    if (checked < step && end.isEmpty()) {
      check(Progress.silent());
    }
    kept.save(this);
    progress.report("trained", 1);
    return scores(end);
  }

  private String stage(double rowsPerSecond) {
    String held =
        heldOut.present() && bestLoss[0] < Double.POSITIVE_INFINITY
            ? String.format(Locale.ROOT, ", held out %.4f", bestLoss[0])
            : "";
    return String.format(
        Locale.ROOT, "training: loss %.4f%s, %.0f rows/s", smooth, held, rowsPerSecond);
  }

  private boolean allStopped() {
    for (int each : stopped) {
      if (each == 0) {
        return false;
      }
    }
    return true;
  }

  /** One step, and the look at the held-out rows after it where one is due. */
  private void advance(Tasks tasks, Progress progress) {
    int next = step + 1;
    for (int g = 0; g < data.size(); g++) {
      fill(g, next);
    }
    Batch batch = new Batch(plan.batch(), Plan.RUN, place.inputs(), place.features());
    Networks.Goal goal = new Networks.Goal(place.targets(), place.weights());
    double keep = Math.min(settings.average(), (1.0 + next) / (10.0 + next));
    Networks.Update update =
        new Networks.Update(next, rate(next), settings.decay(), settings.clip(), 1 - keep);
    double[] losses = networks.step(batch, goal, update, tasks, progress);
    step = next;
    double mean = 0;
    for (int g = 0; g < losses.length; g++) {
      if (stopped[g] == 0 && !(losses[g] < DIVERGED)) {
        stopped[g] = step;
        diverged[g] = true;
      }
      mean += losses[g] / losses.length;
    }
    if (mean < Double.POSITIVE_INFINITY) {
      smooth = Double.isNaN(smooth) ? mean : 0.98 * smooth + 0.02 * mean;
    }
    if (settings.target().bootstraps() && step % Math.max(1, plan.steps() / 4) == 0) {
      float[] average = networks.state(Networks.State.AVERAGE);
      for (int g = 0; g < data.size(); g++) {
        frozen[g] = Arrays.copyOfRange(average, g * size, (g + 1) * size);
      }
    }
  }

  private double rate(int next) {
    double rising = settings.warmup() * plan.steps();
    if (next <= rising) {
      return settings.rate() * next / rising;
    }
    double done = (next - rising) / Math.max(1, plan.steps() - rising);
    return settings.rate() * Math.max(1e-3, 0.5 * (1 + StrictMath.cos(StrictMath.PI * done)));
  }

  /** Makes the noisy rows of one step for one window. */
  private void fill(int group, int next) {
    WindowData rows = data.get(group);
    Streams streams = seeds.get(group);
    int runs = plan.batch() / Plan.RUN;
    double shift = streams.stream("levels", next).nextDouble();
    double scale = 1.0 / ((double) plan.batch() * shape.outputs());
    NetworkScore fixed = frozen[group].length == 0 ? null : score(group, frozen[group], List.of());
    int[] chosen = new int[Plan.RUN];
    for (int r = 0; r < runs; r++) {
      long run = (long) (next - 1) * runs + r;
      for (int i = 0; i < chosen.length; i++) {
        chosen[i] = rowAt(group, run * Plan.RUN + i);
      }
      double share = shift + (double) r / runs;
      rows.write(
          chosen,
          settings.levels().logSnr(range, share >= 1 ? share - 1 : share),
          streams.stream("noise", run),
          place,
          group * plan.batch() + r * Plan.RUN,
          group * runs + r,
          scale,
          settings.target(),
          fixed);
    }
  }

  /** The row at a place of the endless sequence of epochs, every one in an order of its own. */
  private int rowAt(int group, long position) {
    int count = data.get(group).count();
    long source = position / settings.copies();
    long epoch = source / count;
    if (orders[group] == null || epochs[group] != epoch) {
      orders[group] = Shuffle.order(count, seeds.get(group).stream("order", epoch));
      epochs[group] = epoch;
    }
    return orders[group][(int) (source % count)];
  }

  /** Looks at the held-out loss of the averaged weights and keeps the best. */
  private void check(Progress progress) {
    float[] average = networks.state(Networks.State.AVERAGE);
    if (!heldOut.present()) {
      for (int g = 0; g < data.size(); g++) {
        if (stopped[g] == 0) {
          best[g] = Arrays.copyOfRange(average, g * size, (g + 1) * size);
          bestStep[g] = step;
        }
      }
      checked = step;
      return;
    }
    double[] losses = heldOut.losses(engine.create(shape, data.size(), average), progress);
    for (int g = 0; g < data.size(); g++) {
      if (stopped[g] > 0) {
        continue;
      }
      if (losses[g] < bestLoss[g]) {
        bestLoss[g] = losses[g];
        bestStep[g] = step;
        worse[g] = 0;
        best[g] = Arrays.copyOfRange(average, g * size, (g + 1) * size);
      } else if (++worse[g] >= settings.patience()) {
        stopped[g] = step;
      }
    }
    checked = step;
  }

  private List<NetworkScore> scores(List<String> ends) {
    List<NetworkScore> scores = new ArrayList<>();
    for (int g = 0; g < data.size(); g++) {
      List<String> notes = new ArrayList<>(ends);
      if (diverged[g]) {
        notes.add(
            "training diverged at step "
                + stopped[g]
                + " at the rate "
                + settings.rate()
                + "; the weights of step "
                + bestStep[g]
                + " were kept, try a lower rate");
      } else if (bestStep[g] > 0 || stopped[g] > 0) {
        notes.add("weights of step " + bestStep[g] + " of " + plan.steps());
      }
      notes.addAll(heldOut.notes(engine.create(shape, 1, best[g]), g));
      scores.add(score(g, best[g], notes));
    }
    return scores;
  }

  private NetworkScore score(int group, float[] parameters, List<String> notes) {
    WindowData rows = data.get(group);
    return new NetworkScore(
        rows.frame(),
        rows.outputs(),
        rows.masks(),
        settings.parametrisation(),
        range,
        shape,
        parameters,
        engine,
        notes);
  }

  @Override
  public void write(DataOutputStream out) throws IOException {
    out.writeInt(step);
    out.writeInt(checked);
    out.writeDouble(smooth);
    for (Networks.State each : Networks.State.values()) {
      Kept.write(out, networks.state(each));
    }
    for (int g = 0; g < data.size(); g++) {
      Kept.write(out, best[g]);
      out.writeDouble(bestLoss[g]);
      out.writeInt(bestStep[g]);
      out.writeInt(worse[g]);
      out.writeInt(stopped[g]);
      out.writeBoolean(diverged[g]);
      out.writeBoolean(frozen[g].length > 0);
      if (frozen[g].length > 0) {
        Kept.write(out, frozen[g]);
      }
    }
  }

  @Override
  public void read(DataInputStream in) throws IOException {
    int kept = in.readInt();
    checked = in.readInt();
    double loss = in.readDouble();
    if (kept < 0 || kept > plan.steps()) {
      throw new IOException("step " + kept);
    }
    for (Networks.State each : Networks.State.values()) {
      networks.restore(each, Kept.read(in, data.size() * size));
    }
    for (int g = 0; g < data.size(); g++) {
      best[g] = Kept.read(in, size);
      bestLoss[g] = in.readDouble();
      bestStep[g] = in.readInt();
      worse[g] = in.readInt();
      stopped[g] = in.readInt();
      diverged[g] = in.readBoolean();
      frozen[g] = in.readBoolean() ? Kept.read(in, size) : new float[0];
    }
    step = kept;
    smooth = loss;
  }

  /** Noisy held-out rows that stay the same through a training. */
  private static final class HeldOut {
    private static final int RUNS = 32;

    private final Batch batch;
    private final Networks.Goal goal;
    private final Shape shape;
    private final int groups;
    private final double[] logSnr;
    private final NoiseRange range;

    private HeldOut(
        Batch batch,
        Networks.Goal goal,
        Shape shape,
        int groups,
        double[] logSnr,
        NoiseRange range) {
      this.batch = batch;
      this.goal = goal;
      this.shape = shape;
      this.groups = groups;
      this.logSnr = logSnr;
      this.range = range;
    }

    static HeldOut of(
        List<WindowData> checks,
        List<Streams> seeds,
        Network settings,
        NoiseRange range,
        Shape shape) {
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
      double[] logSnr = new double[runs];
      int[] chosen = new int[Plan.RUN];
      for (int r = 0; r < runs; r++) {
        logSnr[r] = settings.levels().logSnr(range, (r * 0.6180339887498949 + 0.5) % 1);
        for (int i = 0; i < chosen.length; i++) {
          chosen[i] = (r * Plan.RUN + i) % count;
        }
        for (int g = 0; g < groups; g++) {
          checks
              .get(g)
              .write(
                  chosen,
                  logSnr[r],
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
      return new HeldOut(batch, goal, shape, groups, logSnr, range);
    }

    boolean present() {
      return batch.rows() > 0;
    }

    /** The loss of every group, a few runs at a time so that it can be cancelled. */
    double[] losses(Networks networks, Progress progress) {
      double[] losses = new double[groups];
      int rows = batch.rows();
      for (int from = 0; from < batch.runs(); from += RUNS) {
        progress.check();
        int count = Math.min(RUNS, batch.runs() - from);
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
        int length = some * shape.outputs();
        for (int g = 0; g < groups; g++) {
          losses[g] += loss(out, g * length, (g * rows + first) * shape.outputs(), length);
        }
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

    /** The held-out loss of one group by bands of log SNR, relative to outputs of zero. */
    List<String> notes(Networks network, int group) {
      if (!present()) {
        return List.of();
      }
      int length = batch.rows() * shape.outputs();
      int inputs = batch.rows() * shape.inputs();
      int features = batch.runs() * shape.features();
      float[] out = new float[length];
      network.outputs(
          new Batch(
              batch.rows(),
              Plan.RUN,
              Arrays.copyOfRange(batch.inputs(), group * inputs, (group + 1) * inputs),
              Arrays.copyOfRange(batch.features(), group * features, (group + 1) * features)),
          out);
      double[] losses = new double[BANDS];
      double[] zeros = new double[BANDS];
      float[] none = new float[length];
      int run = Plan.RUN * shape.outputs();
      for (int r = 0; r < batch.runs(); r++) {
        int band = band(logSnr[r]);
        losses[band] += loss(out, r * run, group * length + r * run, run);
        zeros[band] += loss(none, r * run, group * length + r * run, run);
      }
      StringBuilder text = new StringBuilder("held-out loss from noisy to clean, base = 1:");
      for (int band = 0; band < BANDS; band++) {
        if (zeros[band] > 0) {
          text.append(String.format(Locale.ROOT, " %.3f", losses[band] / zeros[band]));
        }
      }
      return List.of(text.toString());
    }

    private int band(double value) {
      double share = (value - range.noisiest()) / (range.cleanest() - range.noisiest());
      return Math.max(0, Math.min(BANDS - 1, (int) (BANDS * share)));
    }
  }
}
