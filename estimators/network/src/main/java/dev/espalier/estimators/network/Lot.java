package dev.espalier.estimators.network;

import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.api.Window;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pieces of a fit, each training some windows of one shape; travels to where they run. */
final class Lot implements Tasks.Piece<List<NetworkScore>>, Serializable {
  private static final long serialVersionUID = 1;

  private final Network settings;
  private final Plan plan;
  private final Engine engine;
  private final Samples rows;
  private final double[] weights;
  private final @Nullable Samples validation;
  private final NoiseRange range;
  private final long seed;
  private final List<List<Window>> lots;
  private final String folder;
  private final String digest;

  /**
   * The lots of a fit.
   *
   * @param folder where states are kept, or empty for nowhere
   * @param digest of rows, weights and validation rows, where states are kept
   */
  Lot(
      Network settings,
      Plan plan,
      Engine engine,
      Samples rows,
      double[] weights,
      @Nullable Samples validation,
      NoiseRange range,
      long seed,
      List<List<Window>> lots,
      String folder,
      String digest) {
    this.settings = settings;
    this.plan = plan;
    this.engine = engine;
    this.rows = rows;
    this.weights = weights;
    this.validation = validation;
    this.range = range;
    this.seed = seed;
    this.lots = lots;
    this.folder = folder;
    this.digest = digest;
  }

  @Override
  public List<NetworkScore> run(int index, Progress progress) {
    return train(index, Tasks.here(), progress);
  }

  /** Trains the windows of one lot, with the engine's own pieces run by {@code tasks}. */
  List<NetworkScore> train(int index, Tasks tasks, Progress progress) {
    progress.check();
    if (rows.count() == 0) {
      throw new InvalidDataException("need at least one row to fit a network, got none");
    }
    Streams streams = new Streams(seed);
    int[] order = Shuffle.order(rows.count(), streams.stream("network held out", 0));
    int held = validation != null || rows.count() < 20 ? 0 : heldOut();
    int[] kept = Arrays.copyOfRange(order, held, order.length);
    Arrays.sort(kept);
    int[] out = Arrays.copyOf(order, held);
    Samples training = held == 0 ? rows : rows.rows(kept);
    Samples checking = validation != null ? validation : rows.rows(out);
    List<Window> windows = lots.get(index);
    List<WindowData> data = new ArrayList<>();
    List<WindowData> checks = new ArrayList<>();
    List<Streams> seeds = new ArrayList<>();
    for (Window window : windows) {
      int[] columns = window.columnArray();
      progress.check();
      Samples others = checking.columns(columns);
      WindowData each =
          WindowData.of(
              settings,
              range,
              training.columns(columns),
              others,
              weightsOf(kept),
              window,
              progress);
      data.add(each);
      checks.add(each.others(others, progress));
      seeds.add(new Streams(streams.seed("network " + window, 0)));
    }
    String key = folder.isEmpty() ? "" : key(windows);
    Kept state = new Kept(folder, key);
    return new Training(settings, plan, engine, range, data, checks, seeds, state, progress)
        .run(tasks, progress, lots.size() == 1);
  }

  private int heldOut() {
    return (int) Math.min(2_000, Math.floor(settings.validation() * rows.count()));
  }

  private double[] weightsOf(int[] kept) {
    double sum = 0;
    for (int i : kept) {
      sum += weights[i];
    }
    double[] chosen = new double[kept.length];
    for (int i = 0; i < kept.length; i++) {
      chosen[i] = weights[kept[i]] * kept.length / sum;
    }
    return chosen;
  }

  /** A digest of all that decides the result. */
  private String key(List<Window> windows) {
    Digest key = new Digest();
    key.add(settings + " " + plan + " " + engine.name() + " " + range + " " + seed);
    key.add(windows.toString());
    key.add(digest);
    return key.text();
  }
}
