package dev.espalier.estimators.tribuo;

import dev.espalier.api.Cost;
import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.NoiseSchedule;
import dev.espalier.api.Progress;
import dev.espalier.api.Score;
import dev.espalier.api.Setting;
import dev.espalier.api.Tasks;
import dev.espalier.api.TrainingTarget;
import dev.espalier.api.Window;
import dev.espalier.api.WindowedEstimator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A regression of the training target on the noisy row by a trainer of Tribuo: one a noise level,
 * or a single one with the level as a feature.
 *
 * <p>With boosted trees, the straight flow and velocities this is what ForestDiffusion
 * (Jolicoeur-Martineau et al., arXiv 2309.09968) calls ForestFlow, with {@code schedule=vplinear()}
 * and {@code prediction=noise} its Forest-VP; a structure such as {@code stratified} around it
 * learns one law a category. Levels stand at even times of the schedule within the range of the
 * request. Every row is noised {@code copies} times a level; the noise is a function of (row, copy,
 * level). Between two levels the answers of both are averaged linearly in the time of the straight
 * flow.
 *
 * <p>Columns enter in units of their deviation. Missing cells are kept where the trainer copes with
 * them ({@link RegressionTrainer#gaps}): each column is then learned by a model of its own, from
 * the rows in which it is there. Where a target bootstraps, levels are learned one after the other
 * from the least noisy on.
 *
 * <p>Work is levels × copies × rows × columns² for boosted trees. The noisy rows of one level are
 * in memory at a time, for every piece that runs: copies × rows × columns numbers some five times
 * as plain arrays and once as Tribuo's examples, about {@value #BYTES} bytes a number in all. A
 * single regression for all levels sees every copy at one level only, so it has as many rows as one
 * level.
 *
 * @param trainer makes what learns the regressors
 * @param target what a noisy row is regressed on
 * @param copies noisy copies of a row at a level
 * @param levels the number of noise levels, at least 2
 * @param joint whether one regression learns all levels
 * @param schedule says where the levels stand
 * @param prediction what a regressor answers
 */
public record TribuoRegression(
    @Setting(value = "xgboost()", help = "the Tribuo trainer that learns the regressors")
        RegressionTrainer trainer,
    @Setting(value = "denoising()", help = "what a noisy row is regressed on")
        TrainingTarget target,
    @Setting(value = "20", help = "noisy copies of a row at a level, at least 1") int copies,
    @Setting(value = "50", help = "number of noise levels, at least 2") int levels,
    @Setting(value = "false", help = "whether one regression learns all levels") boolean joint,
    @Setting(value = "flow()", help = "levels stand at even times of this schedule")
        NoiseSchedule schedule,
    @Setting(
            value = "velocity",
            help = "what a regressor answers: velocity, noise, clean or residual")
        Prediction prediction)
    implements WindowedEstimator {

  /** Bytes of memory for a number of the noisy rows of a level. */
  static final int BYTES = 160;

  /** Bytes of memory for an example beside its numbers. */
  private static final int EXAMPLE = 250;

  /** A regression of velocities at 50 levels on 20 copies of a row, at even times of a schedule. */
  public static TribuoRegression by(RegressionTrainer trainer, NoiseSchedule schedule) {
    return new TribuoRegression(
        trainer, TrainingTarget.denoising(), 20, 50, false, schedule, Prediction.VELOCITY);
  }

  /** Checks the ranges. */
  public TribuoRegression {
    if (!(copies >= 1 && levels >= 2)) {
      throw new IllegalArgumentException(
          "need copies >= 1 and levels >= 2, got copies=" + copies + ", levels=" + levels);
    }
    if (joint && target.bootstraps()) {
      throw new IllegalArgumentException(
          "need one regression a level for a target that looks at the level before, got joint=true"
              + " and target="
              + target);
    }
  }

  /** This regression of another target. */
  public TribuoRegression withTarget(TrainingTarget target) {
    return new TribuoRegression(trainer, target, copies, levels, joint, schedule, prediction);
  }

  /** This regression on as many noisy copies of a row. */
  public TribuoRegression withCopies(int copies) {
    return new TribuoRegression(trainer, target, copies, levels, joint, schedule, prediction);
  }

  /** This regression at as many levels. */
  public TribuoRegression withLevels(int levels) {
    return new TribuoRegression(trainer, target, copies, levels, joint, schedule, prediction);
  }

  /** This regression with or without a single one for all levels. */
  public TribuoRegression withJoint(boolean joint) {
    return new TribuoRegression(trainer, target, copies, levels, joint, schedule, prediction);
  }

  /** This regression of another answer. */
  public TribuoRegression withPrediction(Prediction prediction) {
    return new TribuoRegression(trainer, target, copies, levels, joint, schedule, prediction);
  }

  /**
   * Learns all levels.
   *
   * @throws InvalidDataException if there are no rows, a column has no cell that is not missing, or
   *     cells are missing that the trainer needs
   * @throws IllegalArgumentException if the range of the request is not finite, or the schedule
   *     does not reach two levels of it
   * @throws IllegalStateException if a native library of the trainer does not load here
   */
  @Override
  public Score fit(FitRequest request) {
    return fitWindows(request, List.of(everything(request))).get(0);
  }

  private static Window everything(FitRequest request) {
    return Window.of(IntStream.range(0, request.rows().columns()).boxed().toList());
  }

  @Override
  public List<Score> fitWindows(FitRequest request, List<Window> windows) {
    if (request.rows().count() == 0) {
      throw new InvalidDataException("need rows to learn from, got none");
    }
    List<NoiseLevel> at = at(request.range());
    List<Regressions> all = new ArrayList<>();
    for (Window window : windows) {
      request.progress().check();
      all.add(Regressions.of(this, request, at, window));
    }
    List<List<List<KeptModel>>> models = models(request, all);
    List<Score> scores = new ArrayList<>();
    for (int w = 0; w < all.size(); w++) {
      scores.add(all.get(w).score(models.get(w)));
    }
    return scores;
  }

  private List<List<List<KeptModel>>> models(FitRequest request, List<Regressions> all) {
    Tasks tasks = request.tasks();
    Progress progress = request.progress();
    List<List<List<KeptModel>>> models = new ArrayList<>();
    if (all.size() == 1 && joint) {
      models.add(List.of(all.get(0).together(tasks, progress)));
    } else if (all.size() == 1 && target.bootstraps()) {
      models.add(all.get(0).sweep(tasks, progress));
    } else if (joint || target.bootstraps()) {
      models.addAll(tasks.map(all.size(), new Whole(List.copyOf(all), joint), progress));
    } else {
      List<List<KeptModel>> each =
          tasks.map(
              Math.multiplyExact(all.size(), levels),
              new Single(List.copyOf(all), levels),
              progress);
      for (int w = 0; w < all.size(); w++) {
        models.add(each.subList(w * levels, (w + 1) * levels));
      }
    }
    return models;
  }

  /** A window as a piece. */
  private record Whole(List<Regressions> windows, boolean joint)
      implements Tasks.Piece<List<List<KeptModel>>> {
    @Override
    public List<List<KeptModel>> run(int index, Progress progress) {
      return run(windows.get(index), joint, progress);
    }

    @Override
    public Tasks.Piece<List<List<KeptModel>>> only(int index) {
      Regressions window = windows.get(index);
      boolean together = joint;
      return (same, progress) -> run(window, together, progress);
    }

    private static List<List<KeptModel>> run(Regressions window, boolean joint, Progress progress) {
      return joint
          ? List.of(window.together(Tasks.here(), progress))
          : window.sweep(Tasks.here(), progress);
    }
  }

  /** A level of a window as a piece. */
  private record Single(List<Regressions> windows, int levels)
      implements Tasks.Piece<List<KeptModel>> {
    @Override
    public List<KeptModel> run(int index, Progress progress) {
      return windows.get(index / levels).level(index % levels, progress);
    }

    /** All levels of a single window share its rows. */
    @Override
    public Tasks.Piece<List<KeptModel>> only(int index) {
      if (windows.size() == 1) {
        return this;
      }
      Regressions window = windows.get(index / levels);
      int level = index % levels;
      return (same, progress) -> window.level(level, progress);
    }
  }

  /** The levels, from the least noisy on. */
  private List<NoiseLevel> at(NoiseRange range) {
    if (!(Double.isFinite(range.noisiest()) && Double.isFinite(range.cleanest()))) {
      throw new IllegalArgumentException(
          "need a finite range of levels to learn, got "
              + range.noisiest()
              + " to "
              + range.cleanest());
    }
    double from = schedule.timeOf(range.cleanest());
    double to = schedule.timeOf(range.noisiest());
    List<NoiseLevel> at = new ArrayList<>();
    for (int k = 0; k < levels; k++) {
      double share = k / (levels - 1.0);
      NoiseLevel level = schedule.at(from * (1 - share) + to * share);
      boolean noisier = k == 0 || level.logSnr() < at.get(k - 1).logSnr();
      if (!(noisier && level.a() > 0 && level.b() > 0)) {
        throw new IllegalArgumentException(
            "need a schedule with "
                + levels
                + " levels of finite log SNR from "
                + range.cleanest()
                + " down to "
                + range.noisiest()
                + ", got "
                + schedule);
      }
      at.add(level);
    }
    return at;
  }

  @Override
  public Cost cost(FitRequest request) {
    return cost(request, List.of(everything(request)));
  }

  /** Expects as many pieces at once as there are processors. */
  @Override
  public Cost cost(FitRequest request, List<Window> windows) {
    double size = (double) request.rows().count() * copies;
    double seconds = 0;
    double largest = 0;
    int trainings = joint ? 1 : levels;
    for (Window window : windows) {
      int d = window.columns().size();
      seconds += trainings * (trainer.seconds(size, d, window.outputs().size()) + 1e-6 * size * d);
      largest = Math.max(largest, size * (EXAMPLE + (double) BYTES * d));
    }
    int pieces = joint ? windows.size() : windows.size() * levels;
    int running = Math.min(pieces, Runtime.getRuntime().availableProcessors());
    return new Cost(seconds, (long) (running * largest));
  }
}
