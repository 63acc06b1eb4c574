package dev.espalier.estimators.network;

import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.api.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One piece of a fit with all that it takes and nothing more; any index means it. */
final class Lot implements Tasks.Piece<List<NetworkScore>> {
  private static final long serialVersionUID = 1;

  private final Network settings;
  private final Plan plan;
  private final Engine engine;
  private final Samples rows;
  private final int[] columns;
  private final double[] weights;
  private final @Nullable Samples validation;
  private final NoiseRange range;
  private final long seed;
  private final List<Window> windows;
  private final String folder;
  private final String digest;

  /**
   * A lot of a fit.
   *
   * @param columns those that the rows and the validation rows have, rising
   * @param folder where states are kept, or empty for nowhere
   * @param digest of rows, weights and validation rows, where states are kept
   */
  Lot(
      Network settings,
      Plan plan,
      Engine engine,
      Samples rows,
      int[] columns,
      double[] weights,
      @Nullable Samples validation,
      NoiseRange range,
      long seed,
      List<Window> windows,
      String folder,
      String digest) {
    this.settings = settings;
    this.plan = plan;
    this.engine = engine;
    this.rows = rows;
    this.columns = columns;
    this.weights = weights;
    this.validation = validation;
    this.range = range;
    this.seed = seed;
    this.windows = windows;
    this.folder = folder;
    this.digest = digest;
  }

  @Override
  public List<NetworkScore> run(int index, Progress progress) {
    return train(Tasks.here(), progress, false);
  }

  /**
   * Trains the windows, with the engine's own pieces run by {@code tasks}.
   *
   * @param alone whether this is all there is to train
   */
  List<NetworkScore> train(Tasks tasks, Progress progress, boolean alone) {
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
    List<WindowData> data = new ArrayList<>();
    List<WindowData> checks = new ArrayList<>();
    List<Streams> seeds = new ArrayList<>();
    for (Window window : windows) {
      int[] own = positions(window);
      progress.check();
      Samples others = checking.columns(own);
      WindowData each =
          WindowData.of(
              settings, range, training.columns(own), others, weightsOf(kept), window, progress);
      data.add(each);
      checks.add(each.others(others, progress));
      seeds.add(new Streams(streams.seed("network " + window, 0)));
    }
    String key = folder.isEmpty() ? "" : key();
    Kept state = new Kept(folder, key);
    return new Training(settings, plan, engine, range, data, checks, seeds, state, progress)
        .run(tasks, progress, alone);
  }

  /** Where the window's columns are among those of the rows. */
  private int[] positions(Window window) {
    return Arrays.stream(window.columnArray())
        .map(column -> Arrays.binarySearch(columns, column))
        .toArray();
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
  private String key() {
    Digest key = new Digest();
    key.add(settings + " " + plan + " " + engine.name() + " " + range + " " + seed);
    key.add(windows.toString());
    key.add(digest);
    return key.text();
  }
}
