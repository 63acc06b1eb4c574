package dev.espalier.estimators.network;

import dev.espalier.api.CancelledException;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Progress;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The training of some windows of one shape, from the first step to the last.
 *
 * <p>Whatever a step does is a function of the request, the window and the step's number, and the
 * state between steps can be kept; so a training that is taken up again ends with the same bits.
 */
final class Training implements Kept.Content {
  /** How often the score that targets ask is replaced by the averaged one. */
  private static final int REFRESHES = 64;

  /** How many times the loss of the first step, or 1, a loss must be to count as diverged. */
  private static final double DIVERGED = 1e4;

  private static final long REPORT_NANOS = 200_000_000L;

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
  private final HeldOutRows heldOut;
  private final Networks networks;
  private final WindowData.Place place;

  private int step;
  private int checked = -1;
  private final float[][] best;
  private final HeldOutRows.@Nullable Loss[] bestLoss;
  private final double[] limit;
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
      Kept kept,
      Progress progress) {
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
    this.heldOut = HeldOutRows.of(checks, seeds, settings, range, shape, progress);
    float[] start = new float[groups * size];
    for (int g = 0; g < groups; g++) {
      System.arraycopy(start(shape, seeds.get(g)), 0, start, g * size, size);
    }
    this.networks = engine.create(shape, groups, start);
    this.place = place(groups, plan.batch());
    this.best = new float[groups][];
    this.bestLoss = new HeldOutRows.Loss[groups];
    this.limit = new double[groups];
    this.bestStep = new int[groups];
    this.worse = new int[groups];
    this.stopped = new int[groups];
    this.diverged = new boolean[groups];
    this.frozen = new float[groups][];
    for (int g = 0; g < groups; g++) {
      best[g] = Arrays.copyOfRange(start, g * size, (g + 1) * size);
      limit[g] = DIVERGED;
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
  static float[] start(Shape shape, Streams streams) {
    float[] out = new float[Math.toIntExact(shape.parameters())];
    RandomGenerator random = streams.stream("weights", 0);
    int position = 0;
    for (int l = 0; l < shape.layers(); l++) {
      double terms = shape.fanIn(l);
      position = normals(random, out, position, shape.fanIn(l) * shape.width(l), terms);
      position =
          normals(random, out, position, shape.features() * shape.width(l), 2 * shape.features());
      position += shape.width(l);
    }
    return out;
  }

  private static int normals(
      RandomGenerator random, float[] out, int at, int count, double variance) {
    double deviation = 1 / Math.sqrt(variance);
    for (int i = 0; i < count; i++) {
      out[at + i] = (float) (deviation * random.nextGaussian());
    }
    return at + count;
  }

  /**
   * Trains and returns a score a window.
   *
   * @param alone whether this is all there is to train, so that its time left is the time left
   */
  List<NetworkScore> run(Tasks tasks, Progress progress, boolean alone) {
    if (data.stream().allMatch(each -> each.frame().constant())) {
      return scores(List.of("every column is constant, so nothing was learned"));
    }
    boolean again = kept.load(this);
    progress.report(
        (again ? "taken up at step " : "training from step ") + step + " of " + plan.steps(),
        (double) step / plan.steps());
    List<String> end;
    try {
      end = train(tasks, progress, alone);
    } catch (CancelledException e) {
      kept.save(this);
      throw kept.name().map(this::cancelled).orElse(e);
    }
    kept.save(this);
    progress.report("trained", 1);
    return scores(end);
  }

  private CancelledException cancelled(String file) {
    return new CancelledException(
        "cancelled at step " + step + " of " + plan.steps() + "; the state is kept in " + file);
  }

  /** Makes the steps that are left and returns what is to be said of the end. */
  private List<String> train(Tasks tasks, Progress progress, boolean alone) {
    Pace pace = new Pace(step);
    long reported = System.nanoTime();
    while (step < plan.steps() && !allStopped()) {
      progress.check();
      if (progress.enough()) {
        return List.of("told at step " + step + " of " + plan.steps() + " that it was enough");
      }
      if (step % plan.check() == 0 && checked < step) {
        check(progress);
      } else {
        advance(tasks, progress);
      }
      long now = System.nanoTime();
      if (now - reported > REPORT_NANOS) {
        progress.report(stage(pace, alone), (double) step / plan.steps());
        reported = now;
      }
      if (kept.due(now)) {
        kept.save(this);
      }
    }
    if (checked < step) {
      check(progress);
    }
    return List.of();
  }

  /** The loss, the least held-out loss, rows a second, and the time left if all steps are made. */
  private String stage(Pace pace, boolean alone) {
    HeldOutRows.Loss held = bestLoss[0];
    double rate = pace.steps(step);
    StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "loss %.4f", smooth));
    if (held != null) {
      text.append(String.format(Locale.ROOT, ", held out %.4f", held.all()));
    }
    if (rate > 0) {
      text.append(String.format(Locale.ROOT, ", %.0f rows/s", rate * plan.batch() * data.size()));
    }
    if (rate > 0 && alone) {
      long left = (long) Math.ceil((plan.steps() - step) / rate);
      text.append(String.format(Locale.ROOT, ", %d:%02d left", left / 60, left % 60));
    }
    return text.toString();
  }

  /** How fast steps are made since this training was started or taken up. */
  private record Pace(int first, long since) {
    Pace(int first) {
      this(first, System.nanoTime());
    }

    double steps(int now) {
      return (now - first) * 1e9 / (System.nanoTime() - since);
    }
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
      fill(g, next, progress);
    }
    Batch batch = new Batch(plan.batch(), Plan.RUN, place.inputs(), place.features());
    Networks.Goal goal = new Networks.Goal(place.targets(), place.weights());
    double keep = Math.min(settings.average(), (1.0 + next) / (10.0 + next));
    Networks.Update update =
        new Networks.Update(
            next, rate(settings, plan, next), settings.decay(), settings.clip(), 1 - keep);
    double[] losses = networks.step(batch, goal, update, tasks, progress);
    step = next;
    double mean = 0;
    for (int g = 0; g < losses.length; g++) {
      if (step == 1 && losses[g] < Double.POSITIVE_INFINITY) {
        limit[g] = DIVERGED * Math.max(1, losses[g]);
      }
      if (stopped[g] == 0 && !(losses[g] < limit[g])) {
        stopped[g] = step;
        diverged[g] = true;
      }
      mean += losses[g] / losses.length;
    }
    if (mean < Double.POSITIVE_INFINITY) {
      smooth = Double.isNaN(smooth) ? mean : 0.98 * smooth + 0.02 * mean;
    }
    if (settings.target().bootstraps() && refreshes()) {
      float[] average = networks.state(Networks.State.AVERAGE);
      for (int g = 0; g < data.size(); g++) {
        frozen[g] = Arrays.copyOfRange(average, g * size, (g + 1) * size);
      }
    }
  }

  /** Whether a new copy is frozen now: never in the first quarter, then at even distances. */
  private boolean refreshes() {
    return step >= plan.steps() / 4 && step % Math.max(1, plan.steps() / REFRESHES) == 0;
  }

  /** The learning rate of a step: rising, then falling as a cosine. */
  static double rate(Network settings, Plan plan, int next) {
    double rising = settings.warmup() * plan.steps();
    if (next <= rising) {
      return settings.rate() * next / rising;
    }
    double done = (next - rising) / Math.max(1, plan.steps() - rising);
    return settings.rate() * Math.max(1e-3, 0.5 * (1 + StrictMath.cos(StrictMath.PI * done)));
  }

  /** Makes the noisy rows of one step for one window. */
  private void fill(int group, int next, Progress progress) {
    WindowData rows = data.get(group);
    Streams streams = seeds.get(group);
    int runs = plan.batch() / Plan.RUN;
    double shift = streams.stream("levels", next).nextDouble();
    double scale = 1.0 / ((double) plan.batch() * shape.outputs());
    NetworkScore fixed = frozen[group].length == 0 ? null : score(group, frozen[group], List.of());
    NoisePath noises = new NoisePath(range, settings.paths(), streams);
    int[] chosen = new int[Plan.RUN];
    int[] copies = new int[Plan.RUN];
    for (int r = 0; r < runs; r++) {
      progress.check();
      long run = (long) (next - 1) * runs + r;
      for (int i = 0; i < chosen.length; i++) {
        long position = run * Plan.RUN + i;
        chosen[i] = rowAt(group, position);
        copies[i] = (int) (position % settings.copies());
      }
      double share = shift + (double) r / runs;
      rows.write(
          chosen,
          copies,
          noises,
          noises.known(settings.levels().logSnr(range, share >= 1 ? share - 1 : share)),
          streams.stream("noise", run),
          place,
          group * plan.batch() + r * Plan.RUN,
          group * runs + r,
          scale,
          rows.target(),
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
    HeldOutRows.Loss[] losses =
        heldOut.losses(engine.create(shape, data.size(), average), progress);
    heldOut.measured(losses, step, progress);
    for (int g = 0; g < data.size(); g++) {
      if (stopped[g] > 0) {
        continue;
      }
      HeldOutRows.Loss least = bestLoss[g];
      if (losses[g].all() < (least == null ? Double.POSITIVE_INFINITY : least.all())) {
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
      Frame frame = data.get(g).frame();
      if (frame.constants() > 0 && !frame.constant()) {
        notes.add("constant columns stay constant: " + frame.constants() + " of them");
      }
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
      HeldOutRows.Loss loss = bestLoss[g];
      if (loss != null) {
        notes.add(heldOut.words(g, loss));
      }
      if (!engine.equals(Engine.plain())) {
        notes.add(
            "trained by the engine " + engine.name() + ", whose numbers may depend on the machine");
      }
      scores.add(score(g, best[g], notes));
    }
    return scores;
  }

  private NetworkScore score(int group, float[] parameters, List<String> notes) {
    WindowData rows = data.get(group);
    return new NetworkScore(
        rows.frame(),
        rows.outputs(),
        rows.extras(),
        settings.parametrisation(),
        range,
        shape,
        parameters,
        Engine.plain(),
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
      out.writeDouble(limit[g]);
      HeldOutRows.Loss loss = bestLoss[g];
      out.writeBoolean(loss != null);
      if (loss != null) {
        out.writeDouble(loss.all());
        for (double band : loss.bands()) {
          out.writeDouble(band);
        }
      }
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

  private static HeldOutRows.Loss loss(DataInputStream in) throws IOException {
    double all = in.readDouble();
    List<Double> bands = new ArrayList<>();
    for (int band = 0; band < HeldOutRows.BANDS; band++) {
      bands.add(in.readDouble());
    }
    return new HeldOutRows.Loss(all, bands);
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
      limit[g] = in.readDouble();
      bestLoss[g] = in.readBoolean() ? loss(in) : null;
      bestStep[g] = in.readInt();
      worse[g] = in.readInt();
      stopped[g] = in.readInt();
      diverged[g] = in.readBoolean();
      frozen[g] = in.readBoolean() ? Kept.read(in, size) : new float[0];
    }
    step = kept;
    smooth = loss;
  }
}
