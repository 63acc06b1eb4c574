package dev.espalier.estimators.tribuo;

import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.api.TrainingTarget;
import dev.espalier.api.Window;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/**
 * The regressions of one window: which rows, levels and columns, and how each is trained.
 *
 * <p>The noise of a row is a function of (row, copy, level), so a level is made of nothing but the
 * rows whenever and wherever it is needed, and features and targets always see the same noise.
 */
final class Regressions implements Serializable {
  private static final long serialVersionUID = 1;

  private final TribuoRegression settings;
  private final TrainingTarget target;
  private final Samples rows;
  private final double[] weights;
  private final Streams streams;
  private final List<NoiseLevel> levels;
  private final Units units;
  private final Features features;

  /** The columns that are learned, in groups of one model each. */
  private final List<int[]> groups;

  private Regressions(
      TribuoRegression settings,
      Samples rows,
      double[] weights,
      Streams streams,
      List<NoiseLevel> levels,
      Window window) {
    this.settings = settings;
    this.target = settings.target().readyFor(rows);
    this.rows = rows;
    this.weights = weights;
    this.streams = streams;
    this.levels = levels;
    this.units = Units.of(rows, weights);
    int d = rows.columns();
    int[] seen = new int[d];
    boolean[] gaps = new boolean[d];
    boolean[] flagged = new boolean[d];
    boolean complete = true;
    int count = 0;
    for (int j = 0; j < d; j++) {
      if (units.varies(j)) {
        gaps[count] = hasGaps(rows, j);
        complete &= !gaps[count];
        flagged[count] = gaps[count] && settings.trainer().gaps() == RegressionTrainer.Gaps.FLAGGED;
        seen[count++] = j;
      }
    }
    if (!complete && settings.trainer().gaps() == RegressionTrainer.Gaps.REFUSED) {
      throw new InvalidDataException(
          "need complete rows for the trainer "
              + settings.trainer()
              + ", got missing cells. Fill them first, or use xgboost(), cart() or forest()");
    }
    this.features =
        new Features(Arrays.copyOf(seen, count), Arrays.copyOf(flagged, count), settings.joint());
    int[] outputs =
        Arrays.stream(features.columns())
            .filter(j -> window.outputs().contains(window.columns().get(j)))
            .toArray();
    boolean apart = !complete || settings.trainer().separable();
    this.groups = new ArrayList<>();
    if (apart) {
      Arrays.stream(outputs).forEach(j -> groups.add(new int[] {j}));
    } else if (outputs.length > 0) {
      groups.add(outputs);
    }
  }

  private static boolean hasGaps(Samples rows, int column) {
    for (int i = 0; i < rows.count(); i++) {
      if (Double.isNaN(rows.get(i, column))) {
        return true;
      }
    }
    return false;
  }

  /** The regressions of a window of a request's rows. */
  static Regressions of(
      TribuoRegression settings, FitRequest request, List<NoiseLevel> levels, Window window) {
    Samples rows = request.rows().columns(window.columnArray());
    double[] weights = new double[rows.count()];
    double unit = rows.count() / request.totalWeight();
    for (int i = 0; i < weights.length; i++) {
      weights[i] = request.weight(i) * unit;
    }
    return new Regressions(settings, rows, weights, request.streams(), levels, window);
  }

  /** The score of the models that were learned, level by level. */
  TribuoScore score(List<List<KeptModel>> models) {
    double[] logSnrs = levels.stream().mapToDouble(NoiseLevel::logSnr).toArray();
    double[] kept =
        settings.joint() ? new double[] {logSnrs[0], logSnrs[logSnrs.length - 1]} : logSnrs;
    return new TribuoScore(
        units, settings.prediction(), features, kept, groups.isEmpty() ? List.of() : models);
  }

  /** The models of all levels, each learned by itself; the target looks at no other level. */
  List<KeptModel> level(int k, Progress progress) {
    return learn(at(k, null), Tasks.here(), progress);
  }

  /** The models of all levels, each after the one that is less noisy. */
  List<List<KeptModel>> sweep(Tasks tasks, Progress progress) {
    List<List<KeptModel>> all = new ArrayList<>();
    TribuoScore frozen = null;
    for (int k = 0; k < levels.size(); k++) {
      double done = k / (double) levels.size();
      progress.report("training", done);
      Progress part = progress.part(done, (k + 1.0) / levels.size());
      List<KeptModel> found = learn(at(k, frozen), tasks, part);
      double[] here = {levels.get(k).logSnr()};
      frozen = new TribuoScore(units, settings.prediction(), features, here, List.of(found));
      all.add(found);
    }
    return all;
  }

  /** The models of all levels at once: every copy of a row is at a level of its own. */
  List<KeptModel> together(Tasks tasks, Progress progress) {
    int copies = settings.copies();
    int size = Math.multiplyExact(rows.count(), copies);
    Lot all = new Lot(size, features.columns().length, rows.columns());
    for (int k = 0; k < levels.size(); k++) {
      progress.check();
      Lot level = at(k, null);
      for (int i = 0; i < size; i++) {
        long place = (long) (i / rows.count()) * levels.size() / copies + i % rows.count();
        if (place % levels.size() == k) {
          all.take(level, i);
        }
      }
    }
    all.source =
        "levels from "
            + Provenances.at(levels.get(0))
            + " to "
            + Provenances.at(levels.get(levels.size() - 1));
    return learn(all, tasks, progress);
  }

  /** Noisy rows ready for a trainer: features and answers in their units, copy after copy. */
  private static final class Lot implements Serializable {
    private static final long serialVersionUID = 1;

    private final int inputs;
    private final int columns;
    private final double[] seen;
    private final double[] wanted;
    private final double[] times;
    private String source = "";

    Lot(int size, int inputs, int columns) {
      this.inputs = inputs;
      this.columns = columns;
      this.seen = new double[Math.multiplyExact(size, inputs)];
      this.wanted = new double[Math.multiplyExact(size, columns)];
      this.times = new double[size];
    }

    /** Copies a row of another lot to the same place. */
    void take(Lot other, int i) {
      System.arraycopy(other.seen, i * inputs, seen, i * inputs, inputs);
      System.arraycopy(other.wanted, i * columns, wanted, i * columns, columns);
      times[i] = other.times[i];
    }
  }

  /** The noisy rows of a level. */
  private Lot at(int k, @Nullable TribuoScore frozen) {
    NoiseLevel level = levels.get(k);
    int d = rows.columns();
    int size = Math.multiplyExact(rows.count(), settings.copies());
    double[] clean = new double[Math.multiplyExact(size, d)];
    for (int copy = 0; copy < settings.copies(); copy++) {
      rows.copyRows(0, rows.count(), clean, copy * rows.count() * d);
    }
    TrainingTarget.Earlier earlier = null;
    double[] noisy;
    if (frozen == null) {
      noisy = noise("noise", k).noised(level, clean, d);
    } else {
      NoiseLevel before = levels.get(k - 1);
      double[] less = noise("earlier", k).noised(before, clean, d);
      noisy = noise("noise", k).noised(before.to(level), less, d);
      earlier = TrainingTarget.Earlier.of(levels.subList(0, k), less, frozen);
    }
    double[] wanted = new double[clean.length];
    target.write(TrainingTarget.Batch.of(level, noisy, clean, rows, earlier), wanted);
    Lot lot = new Lot(size, features.columns().length, d);
    lot.source = Provenances.at(level);
    Arrays.fill(lot.times, TribuoScore.time(level.logSnr()));
    convert(level, noisy, wanted, lot);
    return lot;
  }

  private Streams noise(String name, int k) {
    return new Streams(streams.seed("tribuo " + name, k));
  }

  private void convert(NoiseLevel level, double[] noisy, double[] wanted, Lot lot) {
    int d = rows.columns();
    int[] columns = features.columns();
    for (int j = 0; j < d; j++) {
      double slope = units.slope(settings.prediction(), level, j);
      double scale = units.scale(settings.prediction(), level, j);
      double mean = units.mean(j);
      for (int at = j; at < wanted.length; at += d) {
        double above = noisy[at] - level.a() * mean;
        lot.wanted[at] = (wanted[at] - mean - slope * above) / scale;
      }
    }
    for (int f = 0; f < columns.length; f++) {
      for (int i = 0; i < lot.times.length; i++) {
        lot.seen[i * columns.length + f] = units.unit(level, columns[f], noisy[i * d + columns[f]]);
      }
    }
  }

  private List<KeptModel> learn(Lot lot, Tasks tasks, Progress progress) {
    return tasks.map(groups.size(), new Group(this, lot), progress);
  }

  /** The groups of a lot as independent pieces. */
  private record Group(Regressions all, Lot lot) implements Tasks.Piece<KeptModel> {
    @Override
    public KeptModel run(int index, Progress progress) {
      progress.check();
      KeptModel model = all.train(lot, all.groups.get(index));
      progress.report("training", 1);
      return model;
    }
  }

  private KeptModel train(Lot lot, int[] group) {
    MutableDataset<Regressor> data =
        new MutableDataset<>(
            Provenances.noisy(rows.count(), settings.copies(), lot.source, streams.seed()),
            new RegressionFactory());
    String[] names = Arrays.stream(group).mapToObj(Features::column).toArray(String[]::new);
    double[] seen = new double[lot.inputs];
    for (int i = 0; i < lot.times.length; i++) {
      double[] wanted = new double[group.length];
      boolean known = true;
      for (int o = 0; o < group.length; o++) {
        wanted[o] = lot.wanted[i * lot.columns + group[o]];
        known &= !Double.isNaN(wanted[o]);
      }
      System.arraycopy(lot.seen, i * lot.inputs, seen, 0, lot.inputs);
      float weight = (float) weights[i % weights.length];
      Example<Regressor> example =
          known ? features.example(new Regressor(names, wanted), weight, seen, lot.times[i]) : null;
      if (example != null) {
        data.add(example);
      }
    }
    if (data.size() == 0) {
      throw new InvalidDataException(
          "need a row whose target is known in column " + group[0] + ", got none");
    }
    long seed = streams.seed("tribuo trainer " + lot.source, group[0]);
    return KeptModel.of(Trained.by(settings.trainer().trainer(seed), data));
  }
}
